"""Which pairs are compared first, against sorted lists and Counter."""

from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdedup.model.match import Candidates, Test
from newsdedup.stages import order
from newsdedup.stages.kernels.choose import strongest_of_each
from newsdedup.stages.order import (
    OTHER_STORIES,
    PER_ARTICLE,
    PER_ARTICLE_A_DAY,
    PER_STORIES,
    STRONG,
    first_pairs,
    pairs_between,
    strongest_first,
)

N = 16
UNDATED = np.full(N, -1, np.int64)
pairs_of = st.dictionaries(
    st.tuples(st.integers(0, N - 1), st.integers(0, N - 1)).filter(lambda pair: pair[0] < pair[1]),
    st.tuples(st.sampled_from([Test.FINGERPRINT, Test.BANDS, Test.SAMPLE]), st.sampled_from([0.1, 0.25, 0.5, 1.0])),
    max_size=70,
)
stories_of = st.lists(st.integers(0, 5), min_size=N, max_size=N)


def table(rows):
    pairs = sorted(rows)
    left, right = np.array(pairs, np.int32).reshape(-1, 2).T.copy()
    tests = np.array([rows[pair][0] for pair in pairs], np.uint8)
    return pairs, Candidates(left, right, tests, np.array([rows[pair][1] for pair in pairs], np.float32))


def chosen_of(pairs, chosen):
    return {pair for pair, yes in zip(pairs, chosen.tolist(), strict=True) if yes}


def quota(ordered, of, count, chosen=()):
    """Those of the ordered pairs of which one side has not had so many yet."""
    taken, chosen = Counter(), set(chosen)
    for pair in ordered:
        a, b = of[pair[0]], of[pair[1]]
        if min(taken[a], taken[b]) < count:
            taken.update((a, b))
            chosen.add(pair)
    return chosen


@given(pairs_of, st.integers(1, 4), st.randoms(use_true_random=False))
def test_a_pair_is_chosen_if_one_of_its_articles_has_not_had_so_many_yet(rows, count, random):
    pairs, candidates = table(rows)
    order = list(range(len(pairs)))
    random.shuffle(order)
    chosen = np.zeros(len(pairs), np.bool_)
    left, right = candidates.left[order], candidates.right[order]
    strongest_of_each(np.array(order, np.int32), left, right, count, np.zeros(N, np.int32), chosen)
    assert chosen_of(pairs, chosen) == quota([pairs[row] for row in order], range(N), count)


@given(pairs_of, st.lists(st.integers(-1, 2), min_size=N, max_size=N))
def test_the_strongest_pairs_of_each_article_come_first_and_all_of_equal_articles_and_the_strongest_of_a_day(
    rows, days
):
    pairs, candidates = table(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(order, "FEW_PAIRS", 0)
        first = first_pairs(candidates, strongest_first(candidates), np.array(days, np.int64))
    equal = [pair for pair in pairs if rows[pair] == (Test.FINGERPRINT, 1.0)]
    strongest = sorted(pairs, key=lambda pair: (-rows[pair][1], pair))
    of_a_day = [(a, b) for a, b in strongest if days[a] == days[b] >= 0]
    expected = quota(strongest, range(N), PER_ARTICLE, equal) | quota(of_a_day, range(N), PER_ARTICLE_A_DAY)
    assert chosen_of(pairs, first) == expected


@given(pairs_of)
def test_a_few_pairs_are_all_compared(rows):
    candidates = table(rows)[1]
    assert first_pairs(candidates, strongest_first(candidates), UNDATED).all()


@given(pairs_of)
def test_every_article_with_a_candidate_is_compared_at_once(rows):
    pairs, candidates = table(rows)
    first = chosen_of(pairs, first_pairs(candidates, strongest_first(candidates), UNDATED))
    assert {article for pair in first for article in pair} == {article for pair in pairs for article in pair}


@given(pairs_of, stories_of, st.sets(st.integers(0, 69)))
def test_between_stories_the_strongest_pairs_are_compared_until_there_are_enough(rows, stories, compared):
    pairs, candidates = table(rows)
    done = [row in compared for row in range(len(pairs))]
    rank = {pair: (not done[row], -rows[pair][1], pair) for row, pair in enumerate(pairs)}
    of_two = defaultdict(list)
    for pair in sorted(pairs, key=rank.__getitem__):
        a, b = sorted((stories[pair[0]], stories[pair[1]]))
        if a != b:
            of_two[a, b].append(pair)
    told = [pair for two in of_two.values() for pair in two[:PER_STORIES]]
    ordered = sorted(told, key=rank.__getitem__)
    strong = [pair for pair in told if rows[pair][1] >= STRONG]
    expected = quota(ordered, stories, OTHER_STORIES, strong)
    found = chosen_of(
        pairs,
        pairs_between(strongest_first(candidates), np.array(stories, np.int32), np.array(done, np.bool_)),
    )
    assert found == {pair for pair in expected if not done[pairs.index(pair)]}


@given(pairs_of, stories_of)
def test_what_is_within_a_story_or_compared_already_is_not_compared_again(rows, stories):
    pairs, candidates = table(rows)
    labels = np.array(stories, np.int32)
    found = chosen_of(pairs, pairs_between(strongest_first(candidates), labels, np.zeros(len(pairs), np.bool_)))
    assert all(stories[a] != stories[b] for a, b in found)
    assert not pairs_between(strongest_first(candidates), labels, np.ones(len(pairs), np.bool_)).any()


@given(pairs_of, stories_of)
def test_asking_again_and_again_for_the_same_stories_comes_to_an_end(rows, stories):
    pairs, candidates = table(rows)
    done = np.zeros(len(pairs), np.bool_)
    for _ in range(len(pairs) + 1):
        more = pairs_between(strongest_first(candidates), np.array(stories, np.int32), done)
        if not more.any():
            return
        done |= more
    raise AssertionError
