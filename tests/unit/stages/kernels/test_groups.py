"""Pairs from groups, and who holds what, against itertools, Counter and sets."""

import itertools
from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdedup.stages.kernels.groups import (
    LANDMARK_BITS,
    MAX_ARTICLES,
    MAX_WEIGHT,
    copy_counts,
    count_holders,
    count_pairs,
    fill_pairs,
    group_sizes,
    keep_pairs,
    key_samples,
    pack,
    sum_weights,
)

groups_of_members = st.lists(st.sets(st.integers(0, 200), min_size=1, max_size=12), max_size=8)
weights_by_size = st.lists(st.integers(0, MAX_WEIGHT), min_size=2, max_size=14)
ONES = np.ones(2, np.uint8)


BITS = 14
MOST = 401
"""Articles."""


def joined(groups):
    """Sorted keys, for groups of which the k-th shares what is called k."""
    return np.sort(np.array([name << BITS | own for name, group in enumerate(groups) for own in group], np.uint64))


def packed_pairs(groups, cap, weights=ONES):
    """What the kernels write for groups, sorted; and how many were larger than `cap`."""
    keys = joined(groups)
    counts = np.zeros(max((member for group in groups for member in group), default=0) + 1, np.int64)
    capped = count_pairs(keys, BITS, cap, counts)
    pairs = np.zeros(int(counts.sum()), np.uint64)
    fill_pairs(keys, BITS, cap, np.array(weights, np.uint8), 0, len(counts), pairs)
    return np.sort(pairs), capped


def unpacked(pairs):
    """Article, article and weight of each packed pair."""
    return [(pair >> 35, pair >> 6 & MAX_ARTICLES - 1, pair & MAX_WEIGHT) for pair in pairs.tolist()]


def pairs_of(groups, cap):
    pairs, capped = packed_pairs(groups, cap)
    return [(a, b) for a, b, _ in unpacked(pairs)], capped


def kept_of(pairs, sizes, sums, in_full, min_shared=1, min_overlap=0.0):
    """The strength of each pair that is kept."""
    kept, strength = np.zeros(len(pairs), np.uint64), np.zeros(len(pairs), np.float32)
    sizes, sums, in_full = np.array(sizes, np.int64), np.array(sums, np.int32), np.array(in_full, np.int32)
    n = keep_pairs(pairs, sizes, sums, in_full, min_shared, min_overlap, kept, strength)
    found = [(pair >> 32, pair & 0xFFFFFFFF) for pair in kept[:n].tolist()]
    assert found == sorted(set(found))
    return dict(zip(found, strength[:n].tolist(), strict=True))


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


@given(groups_of_members, st.integers(2, 6), st.lists(st.integers(0, 201), max_size=4))
def test_pairs_may_be_written_in_parts_by_the_lower_article(groups, cap, cuts):
    keys = joined(groups)
    counts = np.zeros(201, np.int64)
    count_pairs(keys, BITS, cap, counts)
    whole, _ = packed_pairs(groups, cap, weights := [3, 1, 2])
    parts = []
    for first, last in itertools.pairwise([0, *sorted(cuts), 201]):
        part = np.zeros(int(counts[first:last].sum()), np.uint64)
        fill_pairs(keys, BITS, cap, np.array(weights, np.uint8), first, last, part)
        parts.append(np.sort(part))
    assert np.concatenate(parts).tolist() == whole.tolist()


def test_pairs_of_a_hot_group_grow_as_its_members_do():
    pairs, capped = packed_pairs([range(10_000)], cap=100)
    assert (len(pairs), capped) == (2 * 10_000 - 3, 1)


@given(groups_of_members, weights_by_size)
def test_a_pair_weighs_what_it_shares_weighs_by_how_many_hold_it(groups, weights):
    expected = [
        (*pair, weights[min(len(group), len(weights) - 1)])
        for group in groups
        for pair in itertools.combinations(sorted(group), 2)
    ]
    assert unpacked(packed_pairs(groups, 100, weights)[0]) == sorted(expected)


@given(
    groups_of_members, weights_by_size, st.integers(2, 12), st.integers(1, 4), st.sampled_from([0.0, 0.25, 0.5, 1.0])
)
def test_pairs_are_kept_that_share_enough_and_are_as_strong_as_the_weight_of_what_they_share(
    groups, weights, cap, min_shared, min_overlap
):
    held = [{name for name, group in enumerate(groups) if article in group} for article in range(201)]
    weight = [weights[min(len(group), len(weights) - 1)] for group in groups]
    sizes, sums = [len(names) for names in held], [sum(weight[name] for name in names) for names in held]
    small = {name for name, group in enumerate(groups) if len(group) <= cap}
    in_full = [sum(weight[name] for name in names & small) for names in held]
    paired = defaultdict(list)
    for name, group in enumerate(map(sorted, groups)):
        star = [(group[0], member) for member in group[1:]] + list(itertools.pairwise(group[1:]))
        for pair in itertools.combinations(group, 2) if name in small else star:
            paired[pair].append(name)
    expected = {}
    for (a, b), shared in paired.items():
        smaller = min(sizes[a], sizes[b])
        if len(shared) >= min(min_shared, smaller) and len(shared) >= min_overlap * smaller:
            whole = sum(weight[name] for name in shared) / max(min(sums[a], sums[b]), 1)
            fully = sum(weight[name] for name in shared if name in small) / max(min(in_full[a], in_full[b]), 1)
            expected[a, b] = min(max(whole, fully), 1.0)
    pairs, _ = packed_pairs(groups, cap, weights)
    assert kept_of(pairs, sizes, sums, in_full, min_shared, min_overlap) == pytest.approx(expected)


def test_the_last_two_of_as_many_articles_as_there_may_be_are_told_apart_at_any_weight():
    last = MAX_ARTICLES - 1
    rows = [(0, 1, MAX_WEIGHT), (0, last, 0), (last - 1, last, 1), (last - 1, last, MAX_WEIGHT)]
    pairs = np.array([pack(np.uint64(a), np.uint64(b), np.uint8(w)) for a, b, w in rows], np.uint64)
    assert pairs.tolist() == sorted(pairs.tolist())
    assert unpacked(pairs) == rows


@given(groups_of_members, st.integers(2, 12))
def test_groups_are_counted_by_size_and_all_larger_ones_together(groups, largest):
    sizes = np.zeros(largest + 1, np.int64)
    group_sizes(joined(groups), BITS, sizes)
    counted = Counter(min(len(group), largest) for group in groups)
    assert sizes.tolist() == [counted[size] for size in range(largest + 1)]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 255)), max_size=40), st.integers(0, 255))
def test_an_article_weighs_what_all_it_holds_weighs(held, cap):
    weights = np.arange(255, -1, -1, dtype=np.uint8)
    expected, in_full = Counter(), Counter()
    for owner, holders in held:
        expected[owner] += int(weights[holders])
        in_full[owner] += int(weights[holders]) if holders <= cap else 0
    owners, holders = np.array(sorted(held), np.int64).reshape(-1, 2).T
    offsets = np.searchsorted(owners, np.arange(11))
    sums, sums_in_full = np.zeros((2, 10), np.int32)
    sum_weights(offsets, holders.astype(np.uint8), weights, cap, sums, sums_in_full)
    assert sums.tolist() == [expected[owner] for owner in range(10)]
    assert sums_in_full.tolist() == [in_full[owner] for owner in range(10)]


def landmarks_of(offsets):
    """The article that has each place that is a landmark."""
    owners = np.repeat(np.arange(len(offsets) - 1, dtype=np.int32), np.diff(offsets))
    return owners[:: 1 << LANDMARK_BITS].copy()


def days_of(days):
    """The days of as many articles as there may be."""
    return np.array([*days, *[-1] * (MOST - len(days))], np.int64)


def holders_of(groups, days):
    """By member and name of what it holds: how many hold it, and on how many days."""
    held = sorted((member, name) for name, group in enumerate(groups) for member in group)
    keys = np.sort(np.array([name << BITS | place for place, (_, name) in enumerate(held)], np.uint64))
    articles, on_days = np.zeros((2, len(held)), np.uint8)
    offsets = np.searchsorted([member for member, _ in held], np.arange(MOST + 1))
    count_holders(keys, BITS, offsets, landmarks_of(offsets), days_of(days), articles, on_days)
    assert keys.tolist() == joined(groups).tolist()
    return dict(zip(held, zip(articles.tolist(), on_days.tolist(), strict=True), strict=True))


@given(groups_of_members, st.lists(st.integers(-1, 4), min_size=201, max_size=201))
def test_what_a_group_shares_is_held_by_as_many_articles_and_on_as_many_days_as_its_members_have(groups, days):
    expected = {
        (member, name): (len(group), len({days[other] for other in group} - {-1}))
        for name, group in enumerate(groups)
        for member in group
    }
    assert holders_of(groups, days) == expected


def test_holders_and_days_are_counted_up_to_255():
    assert set(holders_of([range(255)], range(255)).values()) == {(255, 255)}
    assert set(holders_of([range(400)], range(400)).values()) == {(255, 255)}
    assert set(holders_of([range(400)], [7] * 400).values()) == {(255, 1)}


@given(st.lists(st.tuples(st.lists(st.integers(0, 2**64 - 1), max_size=5), st.booleans()), max_size=9))
def test_the_samples_of_live_articles_have_a_key_each_that_is_equal_above_their_place_where_they_are(articles):
    samples = [shingle for held, _ in articles for shingle in held]
    offsets = np.cumsum([0, *(len(held) for held, _ in articles)])
    keys = np.zeros(len(samples), np.uint64)
    live = np.array([live for _, live in articles], np.bool_)
    n = key_samples(np.array(samples, np.uint64), offsets, live, 6, keys)
    found = [(key & 63, key >> 6) for key in keys[:n].tolist()]
    expected = [place for i in np.flatnonzero(live) for place in range(offsets[i], offsets[i + 1])]
    assert [place for place, _ in found] == expected
    assert len({key for _, key in found}) == len({samples[place] for place in expected})


def test_places_that_no_key_names_are_left_as_they_are():
    articles, on_days = np.zeros((2, 3), np.uint8)
    keys, offsets = np.array([1, 2], np.uint64), np.arange(4)
    count_holders(keys, 8, offsets, landmarks_of(offsets), np.zeros(3, np.int64), articles, on_days)
    assert (articles.tolist(), on_days.tolist()) == ([0, 2, 2], [0, 1, 1])


def test_what_is_said_of_the_places_of_an_article_is_said_of_those_equal_to_it_if_it_is_live():
    first, live = np.array([0, 0, 2, 2], np.int32), np.array([True, False, False, False])
    articles, on_days = np.array([5, 6, 0, 0, 1, 0], np.uint8), np.array([3, 4, 0, 0, 1, 0], np.uint8)
    copy_counts(first, live, np.array([0, 2, 4, 5, 6]), articles, on_days)
    assert (articles.tolist(), on_days.tolist()) == ([5, 6, 5, 6, 1, 0], [3, 4, 3, 4, 1, 0])
