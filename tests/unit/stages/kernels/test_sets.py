"""What a text holds, against dicts and Counter."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsdedup.model.sketch import SketchParams
from newsdedup.stages.kernels.sets import (
    FEW,
    FIGURE,
    NAME,
    WORD,
    distinct,
    find,
    kinds_of,
    number,
    shingles_of,
    table_size,
)
from newsdedup.stages.sketch import sketch
from newsdedup.stages.text.tokens import word_hash

uint32s = st.integers(0, 2**32 - 1)


def tokens_of(text):
    return sketch([text], SketchParams())[1]


def shingles(text, size=3):
    tokens = tokens_of(text)
    found = np.zeros(len(tokens.hashes), np.uint32)
    return found[: shingles_of(tokens.hashes, tokens.flags, size, found)].tolist()


class Numbered:
    """Items numbered by the kernel, in a table that held something else before."""

    def __init__(self, items):
        n = len(items)
        self.table = np.full(table_size(n), 2**64 - 1, np.uint64)
        own, first, counts = np.full((3, n + 1), -7, np.int32)
        distinct = number(np.array(items, np.uint32), n, self.table, own, first, counts)
        self.own = own[:n].tolist()
        self.first, self.counts = first[:distinct].tolist(), counts[:distinct].tolist()
        self.mask = table_size(n) - 1

    def find(self, item):
        return find(np.uint32(item), self.mask, self.table)


@given(st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 9), max_size=2 * FEW))
@example([7] * FEW)
@example([*range(FEW + 1, 0, -1), 5])
def test_different_values_come_first_and_sorted(values):
    found = np.array(values, np.uint64)
    assert found[: distinct(found)].tolist() == sorted(set(values))


def kinds(text):
    """What each word of a text is, by the hash of the word."""
    tokens = tokens_of(text)
    items = tokens.hashes.tolist()
    own = list(dict.fromkeys(items))
    found = np.full(len(items), 9, np.uint8)
    kinds_of(tokens.flags, np.array([own.index(item) for item in items], np.int32), found, len(own))
    return dict(zip(own, found.tolist(), strict=False))


@pytest.mark.parametrize("n", range(0, 5000, 97))
def test_at_most_half_of_a_table_is_taken_and_its_size_is_a_power_of_two(n):
    assert table_size(n) >= max(2 * n, 1)
    assert table_size(n).bit_count() == 1


def test_a_shingle_is_three_words_or_six_characters_and_none_is_broken():
    for text, whole in (("one two three four", 2), ("東京都知事選", 1), ("東京 one two", 1), ("one two", 0), ("", 0)):
        assert len(shingles(text)) == whole


def test_equal_shingles_have_equal_hashes_wherever_they_stand():
    found, others = shingles("one two three four"), shingles("zero ONE, two three four five")
    assert found == others[1:3]
    assert len(set(others)) == 4


def test_a_shingle_says_which_words_it_has_and_in_which_order():
    texts = ("one two three", "three two one", "one three two", "one two four", "two two three")
    assert len({shingle for text in texts for shingle in shingles(text)}) == len(texts)


@given(st.lists(st.one_of(st.integers(0, 5), uint32s, st.integers(0, 9).map(lambda i: i << 20)), max_size=60))
@example([])
@example([0, 0, 0])
@example([i << 24 for i in range(30)])
def test_items_are_numbered_in_the_order_in_which_they_first_stand(items):
    numbers = {item: i for i, item in enumerate(dict.fromkeys(items))}
    counted = Counter(items)
    found = Numbered(items)
    assert found.own == [numbers[item] for item in items]
    assert found.first == [items.index(item) for item in numbers]
    assert found.counts == [counted[item] for item in numbers]


@given(st.lists(st.one_of(st.integers(0, 5), uint32s), max_size=40), st.lists(uint32s, max_size=20))
def test_an_item_is_found_by_its_number_and_nothing_else_is_found(items, others):
    numbers = {item: i for i, item in enumerate(dict.fromkeys(items))}
    found = Numbered(items)
    for item in (*items, *others, 0, 1, 2**32 - 1):
        assert found.find(item) == numbers.get(item, -1)


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
    assert kinds(text)[word_hash(word)] == kind
