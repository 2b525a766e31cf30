"""Parts of the alignment of two texts, against lists."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newsdedup.stages.kernels.align import count_bits, drop_lone_characters, longest_increasing
from newsdedup.stages.kernels.tokenise import SINGLE_FLAG


@given(st.integers(0, 2**32 - 1))
def test_bits_are_counted(bits):
    assert count_bits(np.uint32(bits)) == bits.bit_count()


@given(st.lists(st.integers(0, 30), max_size=40))
def test_a_chain_of_anchors_is_a_longest_increasing_one(values):
    chain = np.zeros(len(values), np.int64)
    size = longest_increasing(np.array(values, np.int64), chain)
    found = [values[place] for place in chain[:size]]
    assert found == sorted(set(found))
    assert chain[:size].tolist() == sorted(chain[:size].tolist())
    best = [0] * len(values)
    for i, value in enumerate(values):
        best[i] = 1 + max((best[j] for j in range(i) if values[j] < value), default=0)
    assert size == max(best, default=0)


@given(st.lists(st.tuples(st.booleans(), st.none() | st.integers(1, 3)), max_size=30))
def test_a_single_character_that_aligns_alone_is_parted_and_nothing_else(rows):
    partners, at = [], -1
    for _, step in rows:
        at += step or 0
        partners.append(-1 if step is None else at)
    aligned = {(i, at) for i, at in enumerate(partners) if at >= 0}
    lone = {
        (i, at) for i, at in aligned if rows[i][0] and (i - 1, at - 1) not in aligned and (i + 1, at + 1) not in aligned
    }
    partner, near = np.array(partners, np.int32), np.ones(len(rows), np.uint8)
    drop_lone_characters(np.array([SINGLE_FLAG * single for single, _ in rows], np.uint8), partner, near)
    assert {(i, at) for i, at in enumerate(partner.tolist()) if at >= 0} == aligned - lone
    assert {i for i, own in enumerate(near.tolist()) if not own} == {i for i, _ in lone}
