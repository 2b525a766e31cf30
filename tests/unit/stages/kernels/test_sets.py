import numpy as np
import pytest

from newsdedup.model.sketch import SketchParams
from newsdedup.stages.kernels.sets import FIGURE, NAME, WORD, build_sets, shingle_at
from newsdedup.stages.sketch import sketch
from newsdedup.stages.text.tokens import word_hash


def tokens_of(*texts):
    return sketch(texts, SketchParams())[1]


def sets_of(articles, *texts):
    """The shingles and the words of some of the texts, as the kernel builds them."""
    tokens = tokens_of(*texts)
    starts = np.zeros(len(articles) + 1, np.int64)
    np.cumsum(np.diff(tokens.offsets)[articles], out=starts[1:])
    shingles, words = np.zeros(starts[-1], np.uint64), np.zeros(starts[-1], np.uint64)
    shingle_ends, word_ends = np.zeros(len(articles), np.int64), np.zeros(len(articles), np.int64)
    rows = np.array(articles, np.int32)
    build_sets(tokens.hashes, tokens.flags, tokens.offsets, rows, 3, starts, shingles, shingle_ends, words, word_ends)
    return [
        (shingles[start:shingle_end].tolist(), words[start:word_end].tolist())
        for start, shingle_end, word_end in zip(starts, shingle_ends, word_ends, strict=False)
    ]


def kinds(text):
    ((_, words),) = sets_of([0], text)
    return {word >> 32: word & 0xFFFFFFFF for word in words}


def test_a_shingle_is_three_words_or_six_characters_and_0_where_it_is_not_whole():
    for text, whole in (("one two three four", 2), ("東京都知事選", 1), ("東京 one two", 1), ("one two", 0)):
        tokens = tokens_of(text)
        found = [shingle_at(tokens.hashes, tokens.flags, i, len(tokens.hashes), 3) for i in range(len(tokens.hashes))]
        assert np.count_nonzero(found) == whole
        assert all(found[:whole])


def test_equal_shingles_have_equal_hashes_wherever_they_stand():
    ((shingles, _), (others, _)) = sets_of([0, 1], "one two three four", "zero ONE, two three four five")
    assert {s >> 32 for s in shingles} < {s >> 32 for s in others}
    assert {s & 0xFFFFFFFF for s in shingles} == {0, 1}


def test_shingles_are_sorted_with_every_place_and_words_are_there_once():
    ((shingles, words),) = sets_of([0], "to be or to be or to be or")
    assert shingles == sorted(shingles)
    assert sorted(s & 0xFFFFFFFF for s in shingles) == list(range(7))
    assert len({s >> 32 for s in shingles}) == 3
    assert words == sorted(words)
    assert {word >> 32 for word in words} == {word_hash(word) >> 32 for word in ("to", "be", "or")}


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("the rain in Oslo", "oslo", NAME),
        ("Oslo has rain. Yet oslo and Oslo", "oslo", NAME),
        ("Rain fell. Rain fell", "rain", WORD),
        ("rain and 3.5 cm", "3.5", FIGURE),
        ("the B52 flew", "b52", FIGURE),
    ],
)
def test_a_word_is_a_figure_if_it_has_a_digit_and_a_name_if_it_is_ever_capital_within_a_sentence(text, word, kind):
    assert kinds(text)[word_hash(word) >> 32] == kind


def test_only_the_articles_asked_for_are_taken_in_the_order_asked():
    texts = ("one two three", "four five six", "seven eight nine")
    assert sets_of([2, 0], *texts) == [*sets_of([2], *texts), *sets_of([0], *texts)]
