"""What is long, in files."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdedup.model.sketch import SketchParams
from newsdedup.spool import Spool, TokenSpool, leave, offsets_of
from newsdedup.stages.sketch import sketch

parts_of = st.lists(st.tuples(st.lists(st.integers(0, 255)), st.lists(st.integers(0, 2**64 - 1))), max_size=5)
texts_of = st.lists(st.lists(st.text("abcdef 1.", max_size=30), max_size=4), max_size=5)


@given(parts_of, st.booleans())
def test_what_was_appended_or_left_comes_back_in_its_order(tmp_path_factory, parts, left):
    folder = tmp_path_factory.mktemp("left")
    spool = Spool(np.uint8, np.uint64)
    for small, large in parts:
        arrays = np.array(small, np.uint8), np.array(large, np.uint64)
        spool.append(leave(arrays, str(folder)) if left else arrays)
    small, large = spool.finish()
    assert small.dtype == np.uint8
    assert small.tolist() == [value for part, _ in parts for value in part]
    assert large.tolist() == [value for _, part in parts for value in part]
    assert list(folder.iterdir()) == []


@given(texts_of)
def test_tokens_come_back_in_their_order(parts):
    spool = TokenSpool()
    for texts in parts:
        spool.append(sketch(texts, SketchParams())[1])
    found, expected = spool.finish(), sketch([text for texts in parts for text in texts], SketchParams())[1]
    for name in ("hashes", "letters", "flags", "offsets"):
        assert np.array_equal(getattr(found, name), getattr(expected, name))


@pytest.mark.parametrize(
    ("start", "stop"), [(None, None), (0, 0), (None, 700), (1, 2), (300, 1200), (1990, 5000), (9, 3)]
)
def test_tokens_of_texts_that_were_let_go_can_be_looked_at_again(start, stop):
    expected = sketch([f"word{i} " * (i % 40) for i in range(2000)], SketchParams())[1]
    spool = TokenSpool()
    spool.append(expected)
    found = spool.finish()
    assert int(found.hashes.sum()) == int(expected.hashes.sum())
    found.let_go(slice(start, stop))
    for name in ("hashes", "letters", "flags"):
        assert np.array_equal(getattr(found, name), getattr(expected, name))


def test_offsets_begin_at_zero_and_end_with_the_sum():
    assert offsets_of([]).tolist() == [0]
    assert offsets_of([np.array([2, 0]), np.array([3])]).tolist() == [0, 2, 2, 5]
