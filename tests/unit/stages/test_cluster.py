import itertools
import random

import numpy as np
import pytest

from newsdedup.model.match import RELATIONS, Evidence, MatchTable, Relation
from newsdedup.model.report import Cluster
from newsdedup.stages.cluster import cluster_matches, unheld

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


def stories(matches, rank_of):
    return cluster_matches(matches, rank_of)[0]


def by_place(place):
    return (False, place)


def members(clusters):
    return sorted(cluster.members for cluster in clusters)


def test_articles_that_all_match_are_one_story_with_the_best_ranked_as_canonical():
    (cluster,) = stories(table(itertools.combinations(range(4), 2)), lambda place: (False, -place))
    assert cluster.members == ("a00", "a01", "a02", "a03")
    assert cluster.canonical == "a03"


def test_a_barred_article_is_no_centre_however_well_connected_unless_all_are_barred():
    star = table([(0, 1), (0, 2), (0, 3), (1, 2)])
    (cluster, *_) = stories(star, lambda place: (place == 0, place))
    assert cluster.canonical == "a01"
    assert {c.canonical for c in stories(star, lambda place: (True, place))} == {"a00"}


def test_a_bridge_between_two_stories_is_cut():
    first, second = itertools.combinations(range(4), 2), itertools.combinations(range(4, 8), 2)
    clusters = stories(table([*first, *second, (3, 4)]), by_place)
    assert members(clusters) == [("a00", "a01", "a02", "a03"), ("a04", "a05", "a06", "a07")]


def test_a_round_up_that_holds_two_briefs_does_not_merge_them_though_it_ranks_best():
    first, second = itertools.combinations((1, 2, 3), 2), itertools.combinations((4, 5, 6), 2)
    clusters = stories(table([*first, *second, (0, 1), (0, 4)]), by_place)
    assert not any({"a01", "a04"} <= set(cluster.members) for cluster in clusters)


def test_every_member_matches_the_canonical_article():
    rng = random.Random(5)
    edges = {tuple(sorted(rng.sample(range(20), 2))) for _ in range(45)}
    for cluster in stories(table(sorted(edges)), by_place):
        for member in set(cluster.members) - {cluster.canonical}:
            assert tuple(sorted((int(member[1:]), int(cluster.canonical[1:])))) in edges


def test_clusters_are_apart_and_do_not_depend_on_the_order_of_matches():
    rng = random.Random(6)
    edges = sorted({tuple(sorted(rng.sample(range(20), 2))) for _ in range(25)})
    expected = stories(table(edges), by_place)
    seen = [member for cluster in expected for member in cluster.members]
    assert len(seen) == len(set(seen))
    for _ in range(10):
        rng.shuffle(edges)
        assert stories(table(edges), by_place) == expected


@pytest.mark.parametrize("relation", [r for r in Relation if not r.joins])
def test_links_do_not_join(relation):
    assert stories(table([(0, 1)], relation=relation), by_place) == ()


def test_members_not_yet_compared_with_the_centre_are_named():
    assert unheld(table([(0, 1), (1, 2), (0, 2), (0, 3)]), by_place) == [(1, 3), (2, 3)]


@pytest.mark.parametrize(
    ("canonical", "group"), [("a", ("a",)), ("c", ("a", "b")), ("a", ("b", "a")), ("a", ("a", "a"))]
)
def test_a_cluster_checks_itself(canonical, group):
    with pytest.raises(ValueError, match="cluster x"):
        Cluster("x", canonical, group)


def test_an_article_backed_by_most_of_a_story_stays_though_it_only_nearly_matches_the_canonical_one():
    sure = table([*itertools.combinations(range(4), 2), (1, 4), (2, 4), (3, 4)])
    near = table([(0, 4)], relation=Relation.EXCERPT)
    clusters, settled = cluster_matches(joined(sure, near, probability=0.3), by_place)
    assert members(clusters) == [("a00", "a01", "a02", "a03", "a04")]
    assert [m.relation for m in settled if (m.a, m.b) == ("a00", "a04")] == [Relation.REVISION]


def test_an_article_that_only_one_of_a_story_matches_does_not_stay():
    sure = table([*itertools.combinations(range(4), 2), (3, 4)])
    near = table([(0, 4)], relation=Relation.EXCERPT)
    clusters, settled = cluster_matches(joined(sure, near, probability=0.3), by_place)
    assert members(clusters) == [("a00", "a01", "a02", "a03")]
    assert [m.relation for m in settled if (m.a, m.b) == ("a00", "a04")] == [Relation.EXCERPT]


def joined(sure, near, *, probability):
    return MatchTable(
        sure.ids,
        *(np.concatenate([getattr(sure, name), getattr(near, name)]) for name in ("left", "right", "relation")),
        np.concatenate([sure.probability, np.full(len(near), probability, np.float32)]),
        *(np.concatenate([getattr(sure, name), getattr(near, name)]) for name in ("evidence", "tests")),
    )
