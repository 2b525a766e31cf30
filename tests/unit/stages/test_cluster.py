"""Stories, against their rules told one by one."""

import itertools
import math
import random
from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdedup.model.match import RELATIONS, Evidence, MatchTable, Relation
from newsdedup.model.report import Cluster
from newsdedup.stages.cluster import (
    CONTENDERS,
    DOUBT,
    FULL_UP_TO,
    SURE,
    cluster_matches,
    tell_stories,
    unheld,
)

COLUMNS = len(Evidence.__dataclass_fields__)


def table(edges, n=20, relation=Relation.COPY):
    edges = [(min(e), max(e)) for e in edges]
    rows = len(edges)
    return MatchTable(
        tuple(f"a{i:02}" for i in range(n)),
        np.array([a for a, _ in edges], np.int32),
        np.array([b for _, b in edges], np.int32),
        np.full(rows, RELATIONS.index(relation), np.uint8),
        np.ones(rows, np.float32),
        np.zeros((rows, COLUMNS), np.float32),
        np.zeros(rows, np.uint8),
    )


def stories(matches, standing=None):
    return cluster_matches(matches, by_place(matches) if standing is None else standing)[0]


def by_place(matches):
    """Every article stands as it is placed."""
    return np.arange(len(matches.ids), dtype=np.int32)


def packed(*pairs):
    return [min(pair) << 32 | max(pair) for pair in pairs]


CHANCES = (0.07, 0.113, 0.217, 0.301, 0.403, 0.557, 0.701, 0.853, 0.991)
"""No sums of their log-odds are alike."""
graphs = st.dictionaries(
    st.tuples(st.integers(0, 19), st.integers(0, 19)).filter(lambda pair: pair[0] < pair[1]),
    st.tuples(st.sampled_from([Relation.COPY, Relation.REVISION, Relation.EXCERPT]), st.sampled_from(CHANCES)),
    max_size=60,
)


def rows_of(rows):
    """A table of pairs to relation and probability."""
    pairs = sorted(rows)
    return replace(
        table(pairs),
        relation=np.array([RELATIONS.index(rows[pair][0]) for pair in pairs], np.uint8),
        probability=np.array([rows[pair][1] for pair in pairs], np.float32),
    )


def members(clusters):
    return sorted(cluster.members for cluster in clusters)


def test_articles_that_all_match_are_one_story_with_the_best_ranked_as_canonical():
    (cluster,) = stories(table(itertools.combinations(range(4), 2)), np.arange(20, dtype=np.int32)[::-1])
    assert cluster.members == ("a00", "a01", "a02", "a03")
    assert cluster.canonical == "a03"


def test_a_barred_article_is_no_centre_however_well_connected_unless_all_are_barred():
    star = table([(0, 1), (0, 2), (0, 3), (1, 2)])
    barred = by_place(star)
    barred[0] += len(star.ids)
    (cluster, *_) = stories(star, barred)
    assert cluster.canonical == "a01"
    assert {c.canonical for c in stories(star, by_place(star) + np.int32(len(star.ids)))} == {"a00"}


def test_a_bridge_between_two_large_stories_is_cut():
    first, second = range(12), range(12, 24)
    edges = [*itertools.combinations(first, 2), *itertools.combinations(second, 2), (11, 12)]
    clusters = stories(table(edges, 24))
    assert members(clusters) == [tuple(f"a{i:02}" for i in story) for story in (first, second)]


def test_a_bridge_between_two_small_stories_does_not_merge_them_but_may_take_its_end_along():
    first, second = itertools.combinations(range(4), 2), itertools.combinations(range(4, 8), 2)
    clusters = stories(table([*first, *second, (3, 4)]))
    assert members(clusters) == [("a00", "a01", "a02", "a03", "a04"), ("a05", "a06", "a07")]


def test_a_round_up_that_holds_two_briefs_does_not_merge_them_though_it_ranks_best():
    first, second = itertools.combinations((1, 2, 3), 2), itertools.combinations((4, 5, 6), 2)
    clusters = stories(table([*first, *second, (0, 1), (0, 4)]))
    assert not any({"a01", "a04"} <= set(cluster.members) for cluster in clusters)


def test_every_member_matches_the_canonical_article():
    rng = random.Random(5)
    edges = {tuple(sorted(rng.sample(range(20), 2))) for _ in range(45)}
    for cluster in stories(table(sorted(edges))):
        for member in set(cluster.members) - {cluster.canonical}:
            assert tuple(sorted((int(member[1:]), int(cluster.canonical[1:])))) in edges


def test_clusters_are_apart_and_do_not_depend_on_the_order_of_matches():
    rng = random.Random(6)
    edges = sorted({tuple(sorted(rng.sample(range(20), 2))) for _ in range(25)})
    expected = stories(table(edges))
    seen = [member for cluster in expected for member in cluster.members]
    assert len(seen) == len(set(seen))
    for _ in range(10):
        rng.shuffle(edges)
        assert stories(table(edges)) == expected


@pytest.mark.parametrize("relation", [r for r in Relation if not r.joins])
def test_links_do_not_join(relation):
    assert stories(table([(0, 1)], relation=relation)) == ()


@given(graphs, st.permutations(range(20)), st.sets(st.integers(0, 19)))
def test_stories_are_those_that_the_rules_give_one_by_one(rows, places, barred):
    """Against the rules told slowly: the centre, who matches it, and whom those vouch for; then the rest again."""
    matches = rows_of(rows)
    standing = np.array([place + 20 * (i in barred) for i, place in enumerate(places)], np.int32)
    found = tell_stories(matches, standing)
    labels, settled = slow_stories(matches, standing)
    assert found.labels.tolist() == labels
    assert {(m.a, m.b) for m, held in zip(matches, found.settled.tolist(), strict=True) if held} == settled


def slow_stories(matches, standing):
    odds, joins, near = {}, defaultdict(set), defaultdict(set)
    for match, left, right in zip(matches, matches.left.tolist(), matches.right.tolist(), strict=True):
        chance = min(max(match.probability, 1 - SURE), SURE)
        for a, b in ((left, right), (right, left)):
            odds[a, b] = math.log(chance / (1 - chance))
            if match.relation.joins:
                joins[a].add(b)
            elif match.probability >= DOUBT:
                near[a].add(b)
    labels, settled = list(range(len(matches.ids))), set()

    def settle(group):
        for part in parts(group, joins):
            if len(part) == 1:
                continue
            eligible = [i for i in part if standing[i] < len(standing)] or part
            degree = {i: len(joins[i] & part) for i in part}
            most = max((degree[i] for i in eligible), default=0) or max(degree.values())
            centre = min((i for i in part if 10 * degree[i] >= 9 * most), key=lambda i: standing[i])
            held = {centre} | joins[centre] & part
            vouched = {
                i for i in (near[centre] & part) - held if sum(odds[i, j] for j in held if (i, j) in odds) > 1e-6
            }
            settled.update((f"a{min(i, centre):02}", f"a{max(i, centre):02}") for i in vouched)
            for i in held | vouched:
                labels[i] = centre
            settle(part - held - vouched)

    settle({i for i in joins if joins[i]})
    return labels, settled


def parts(group, joins):
    """What hangs together within a group."""
    left = set(group)
    while left:
        part, border = set(), {min(left)}
        while border:
            part |= border
            border = {j for i in border for j in joins[i]} & left - part
        left -= part
        yield part


def asked(matches, *known):
    """What is to be compared when the known pairs have been."""
    compared = np.array(packed(*known), np.uint64)
    return unheld(matches, by_place(matches), lambda pairs: np.isin(pairs, compared)).tolist()


def asked_in_turn(matches):
    """What is to be compared first, and all that is in the end, if none of it turns out to match."""
    first = asked(matches)
    known, more = [], first
    while more:
        assert more == sorted(set(more) - set(known))
        known += more
        more = asked(matches, *((pair >> 32, pair & 0xFFFFFFFF) for pair in known))
    return first, sorted(known)


def test_of_a_small_group_the_pairs_of_its_best_member_come_first_and_then_all_that_no_match_joins():
    path = table([(0, 1), (1, 2), (2, 3), (5, 6)])
    assert asked_in_turn(path) == (packed((0, 2), (0, 3)), packed((0, 2), (0, 3), (1, 3)))


@given(
    st.sets(
        st.tuples(st.integers(0, FULL_UP_TO - 1), st.integers(0, FULL_UP_TO - 1)).filter(lambda e: e[0] < e[1]),
        max_size=30,
    )
)
def test_of_groups_that_may_be_compared_in_full_all_other_pairs_are_named_once_if_the_best_does_not_hold_them(edges):
    matches, joins = table(sorted(edges)), defaultdict(set)
    for a, b in edges:
        joins[a].add(b)
        joins[b].add(a)
    open_groups = [part for part in parts(joins, joins) if part - joins[min(part)] != {min(part)}]
    first = {(min(part), other) for part in open_groups for other in part - {min(part)}}
    within = {pair for part in open_groups for pair in itertools.combinations(sorted(part), 2)}
    assert asked_in_turn(matches) == (sorted(packed(*(first - edges))), sorted(packed(*(within - edges))))


def test_of_a_large_group_the_centre_the_best_and_the_best_connected_are_named_with_all_others():
    n = FULL_UP_TO + 16
    hub, second = n - 1, n - 2
    edges = {(i, hub) for i in range(n - 1)} | {(i, second) for i in range(n - 3)}
    matches = table(sorted(edges), n)
    # the two best connected, one of which is the centre, and the two that stand best
    chosen = {hub, second, 0, 1}
    pairs = {(min(one, i), max(one, i)) for one in chosen for i in range(n) if i != one}
    named = asked_in_turn(matches)[1]
    assert set(named) >= set(packed(*(pairs - edges)))
    assert len(named) <= (2 * CONTENDERS + 1) * n
    assert not set(named) & set(packed(*edges))


def test_of_a_large_group_whose_best_member_holds_nine_tenths_only_the_others_are_asked_about():
    n = 10 * FULL_UP_TO
    others = set(range(n - 4, n))
    edges = {(0, i) for i in range(1, n) if i not in others} | {(1, i) for i in others}
    named = asked_in_turn(table(sorted(edges), n))[1]
    assert set(named) >= set(packed(*((0, i) for i in others)))
    assert all({pair >> 32, pair & 0xFFFFFFFF} & others for pair in named)
    assert len(named) <= (2 * CONTENDERS + 1) * len(others)


@given(graphs)
def test_whatever_else_is_compared_in_a_group_that_its_best_member_holds_its_story_is_the_same(rows):
    held = {(0, i): (Relation.COPY, 0.991) for i in range(1, 20)}
    assert stories(rows_of(rows | held)) == stories(rows_of(held))
    assert asked(rows_of(rows | held)) == asked(rows_of(held)) == []


@pytest.mark.parametrize("n", [2, 3, FULL_UP_TO, FULL_UP_TO + 1, 200])
def test_in_a_group_whose_centre_matches_all_nothing_is_left_to_compare(n):
    assert asked(table(itertools.combinations(range(n), 2), n)) == []
    assert asked(table([(0, i) for i in range(1, n)], n)) == []


def test_no_matches_make_no_stories():
    empty = table([])
    assert cluster_matches(empty, by_place(empty))[0] == ()
    assert asked(empty) == []
    assert tell_stories(empty, by_place(empty)).labels.tolist() == list(range(20))


@pytest.mark.parametrize(
    ("canonical", "group"), [("a", ("a",)), ("c", ("a", "b")), ("a", ("b", "a")), ("a", ("a", "a"))]
)
def test_a_cluster_checks_itself(canonical, group):
    with pytest.raises(ValueError, match="cluster x"):
        Cluster("x", canonical, group)


STORY = [*itertools.combinations(range(12), 2)]
"""Twelve articles that all match, so that the best of them is the centre though others match one more."""


def test_an_article_backed_by_most_of_a_story_stays_though_it_only_nearly_matches_the_canonical_one():
    sure = table([*STORY, *((i, 12) for i in range(1, 12))])
    ((cluster,), settled) = settled_of(sure, {(0, 12): 0.3})
    assert (cluster.canonical, len(cluster.members)) == ("a00", 13)
    assert [m.relation for m in settled if (m.a, m.b) == ("a00", "a12")] == [Relation.REVISION]


def test_an_article_that_one_of_a_story_matches_and_the_others_speak_against_does_not_stay():
    near = {(0, 12): 0.3} | {(i, 12): 0.02 for i in range(1, 11)}
    (first, *others), settled = settled_of(table([*STORY, (11, 12)]), near)
    assert (first.canonical, len(first.members), others) == ("a00", 12, [])
    assert [m.relation for m in settled if (m.a, m.b) == ("a00", "a12")] == [Relation.EXCERPT]


def test_an_article_that_is_surely_another_story_than_the_canonical_one_does_not_stay_whoever_vouches_for_it():
    sure = table([*STORY, *((i, 12) for i in range(1, 12))])
    ((cluster,), _) = settled_of(sure, {(0, 12): DOUBT - 0.01})
    assert len(cluster.members) == 12


def settled_of(sure, near):
    """The stories, and the matches settled, of sure ones and of links of such a probability by pair."""
    rows = dict.fromkeys(zip(sure.left.tolist(), sure.right.tolist(), strict=True), (Relation.COPY, 1.0))
    matches = rows_of(rows | {pair: (Relation.EXCERPT, chance) for pair, chance in near.items()})
    return cluster_matches(matches, by_place(matches))
