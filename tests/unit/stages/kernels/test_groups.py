"""Pairs from groups, against itertools."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newsdedup.stages.kernels.groups import band_keys, count_pairs, fill_pairs

groups_of_members = st.lists(st.sets(st.integers(0, 200), min_size=1, max_size=12), max_size=8)


def pairs_of(groups, cap):
    """What the kernel makes of groups, the k-th of which shares key k; and how many were larger than `cap`."""
    keys = np.array([key for key, group in enumerate(groups) for _ in group], np.uint64)
    members = np.array([member for group in groups for member in group], np.int32)
    count, capped = count_pairs(keys, cap)
    pairs = np.zeros(count, np.uint64)
    fill_pairs(keys, members, cap, pairs)
    return sorted((int(pair) >> 32, int(pair) & 0xFFFFFFFF) for pair in pairs), capped


@given(groups_of_members)
def test_small_groups_give_every_pair_of_their_members(groups):
    expected = sorted(pair for group in groups for pair in itertools.combinations(sorted(group), 2))
    assert pairs_of(groups, cap=100) == (expected, 0)


@given(groups_of_members, st.integers(2, 6))
def test_a_group_over_the_cap_gives_a_star_around_its_lowest_member_and_a_path(groups, cap):
    expected = []
    for group in map(sorted, groups):
        if len(group) <= cap:
            expected += itertools.combinations(group, 2)
        else:
            expected += [(group[0], member) for member in group[1:]]
            expected += itertools.pairwise(group[1:])
    assert pairs_of(groups, cap) == (sorted(expected), sum(len(group) > cap for group in groups))


def test_pairs_of_a_hot_group_grow_as_its_members_do():
    pairs, capped = pairs_of([range(10_000)], cap=100)
    assert (len(pairs), capped) == (2 * 10_000 - 3, 1)


def test_articles_have_a_band_key_in_common_if_and_only_if_they_agree_in_all_its_rows():
    rng = np.random.default_rng(1)
    signatures = rng.integers(0, 3, (200, 6), dtype=np.uint32)
    keys = np.zeros(200, np.uint64)
    band_keys(signatures, 2, 3, keys)
    for a, b in itertools.combinations(range(200), 2):
        assert (keys[a] == keys[b]) == np.array_equal(signatures[a, 2:5], signatures[b, 2:5])
