"""What holds of the diff of any two texts."""

import random
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdedup.model.article import Article, Origin
from newsdedup.model.report import EditKind
from newsdedup.stages.diff.edits import apply_edits, diff
from newsdedup.stages.text.tokens import tokenize

SEEDS = [path.read_text("utf-8") for path in sorted((Path(__file__).parents[2] / "corpus" / "seeds").glob("*.txt"))]

PIECES = st.sampled_from(
    ["The ", "bank ", "said. ", "He said. ", "5 ", "12.5 mln ", "ADVERTISEMENT\n", "LONDON (Reuters) - ", "Reuters", "“", "”",
     '"', "'", "’", ".", ",", "…", "-", "—", " ", "\n", "\r\n", "\t", "\u00a0", "\u200b", "\u0301", "é", "½", "㍿", "ﬁ", "漢", "字。",
     "ไทย", "كتاب ", "ي", "ى", "ـ", "😀", "\ud800", "١٢٣", "One two three four five six. ", "Seven eight nine ten eleven. "]
)  # fmt: skip
TEXTS = st.one_of(st.text(alphabet=st.characters()), st.lists(PIECES, max_size=40).map("".join))


def article(text: str) -> Article:
    return Article(id="x", text=text, origin=Origin("x.txt"))


def check(canonical: str, variant: str) -> None:
    edits = diff(article(canonical), article(variant))
    assert apply_edits(canonical, edits) == variant
    for edit in edits:
        assert variant[slice(*edit.variant_span)] == edit.text
        assert canonical[slice(*edit.canonical_span)] != edit.text
        assert (edit.move is not None) == (edit.kind is EditKind.MOVED)
    for before, after in pairwise(edits):
        assert before.canonical_span[1] <= after.canonical_span[0]
        assert before.variant_span[1] <= after.variant_span[0]
    moves = sorted(edit.move for edit in edits if edit.move is not None)
    assert moves == sorted(2 * list(range(1, len(moves) // 2 + 1)))
    words_a, words_b = tokenize(canonical), tokenize(variant)
    for edit in edits:
        if edit.kind is EditKind.TYPOGRAPHY:
            in_a, in_b = (
                [token.folded for token in tokens if span[0] < token.end and token.start < span[1]]
                for tokens, span in ((words_a, edit.canonical_span), (words_b, edit.variant_span))
            )
            assert in_a == in_b


@given(TEXTS, TEXTS)
def test_edits_lead_from_any_text_to_any_other(canonical, variant):
    check(canonical, variant)


@given(st.sampled_from(SEEDS), st.data())
def test_edits_lead_from_an_article_to_an_edited_one(seed, data):
    words = seed.split(" ")
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(words)))
        taken = words[start : start + data.draw(st.integers(0, 30))]
        del words[start : start + len(taken)]
        place = data.draw(st.integers(0, len(words)))
        words[place:place] = data.draw(st.sampled_from([[], taken, ["NEW"], [word.upper() for word in taken]]))
    check(seed, " ".join(words))


@pytest.mark.parametrize("a", range(len(SEEDS)))
@pytest.mark.parametrize("b", range(len(SEEDS)))
def test_edits_lead_from_each_seed_to_each_other(a, b):
    check(SEEDS[a], SEEDS[b])


def long_texts() -> dict[str, tuple[str, str]]:
    chance = random.Random(7)
    vocabulary = [f"word{i}" for i in range(5000)]
    common = [1 / (i + 1) for i in range(len(vocabulary))]
    first = chance.choices(vocabulary, common, k=60_000)
    second = chance.choices(vocabulary, common, k=60_000)
    mixed = [word if i % 3 else other for i, (word, other) in enumerate(zip(first, second, strict=True))]
    return {
        "unrelated": (" ".join(first), " ".join(second)),
        "every third word differs": (" ".join(first), " ".join(mixed)),
        "one word over and over": ("a " * 60_000, "b " * 30_000 + "a " * 30_000),
        "the same lines in another order": ("Foo bar baz qux.\n" * 15_000, "Foo qux bar baz.\n" * 12_000),
        "nothing but space": (" \n" * 60_000, "\n " * 50_000),
    }


@pytest.mark.parametrize("case", long_texts())
def test_long_texts_take_seconds_and_not_hours(case):
    canonical, variant = long_texts()[case]
    started = time.perf_counter()
    edits = diff(article(canonical), article(variant))
    assert time.perf_counter() - started < 30
    assert apply_edits(canonical, edits) == variant
