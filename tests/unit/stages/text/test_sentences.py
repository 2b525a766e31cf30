from itertools import pairwise

import pytest

from newsdedup.stages.text.sentences import sentence_ends


def sentences(text):
    pieces = [text[start:end].strip() for start, end in pairwise((0, *sentence_ends(text)))]
    return [piece for piece in pieces if piece]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("He met Mr. Smith. They spoke.", ["He met Mr. Smith.", "They spoke."]),
        ('"Stop." He left.', ['"Stop."', "He left."]),
        ("It rose 3.5 pct. to 4 pct", ["It rose 3.5 pct. to 4 pct"]),
        ("Headline\n\nText here.", ["Headline", "Text here."]),
        ("第一句。第二句！", ["第一句。", "第二句！"]),
        ("هل تعلم؟ نعم.", ["هل تعلم؟", "نعم."]),
        ("U.S. President J. Doe spoke.", ["U.S. President J. Doe spoke."]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_sentences_are_where_a_reader_sees_them(text, expected):
    assert sentences(text) == expected
