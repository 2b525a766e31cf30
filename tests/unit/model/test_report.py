import itertools

import numpy as np
import pytest

from newsdedup.model.match import COLUMN, MatchTable
from newsdedup.model.report import Cluster, memberships_of


def test_a_cluster_of_sorted_members_with_one_of_them_canonical_is_fine():
    assert Cluster("x", "b", ("a", "b", "c")).canonical == "b"


@pytest.mark.parametrize(
    ("canonical", "members", "complaint"),
    [
        ("a", ("a",), "at least two members"),
        ("a", ("b", "a"), "sorted and unique"),
        ("a", ("a", "a"), "sorted and unique"),
        ("c", ("a", "b"), "c is not a member"),
    ],
)
def test_a_cluster_that_cannot_be_says_what_is_wrong(canonical, members, complaint):
    with pytest.raises(ValueError, match=f"cluster x: .*{complaint}"):
        Cluster("x", canonical, members)


IDS = tuple("abcdefgh")
PLACES = {own: place for place, own in enumerate(IDS)}
CLUSTERS = (Cluster("1", "b", ("a", "b", "d")), Cluster("2", "h", ("c", "h")))


def matches(*pairs):
    n = len(pairs)
    left, right = np.array([[IDS.index(own) for own in pair] for pair in pairs], np.int32).reshape(-1, 2).T
    return MatchTable(
        IDS, left, right, np.zeros(n, np.uint8), np.ones(n, np.float32), np.zeros((n, len(COLUMN)), np.float32),
        np.zeros(n, np.uint8),
    )  # fmt: skip


def test_each_article_of_a_story_belongs_to_it_by_its_match_with_the_canonical_one():
    table = matches(*itertools.combinations(IDS, 2))
    found = memberships_of(PLACES, CLUSTERS, table)
    assert found.cluster.tolist() == [0, 0, 1, 0, -1, -1, -1, 1]
    by = {own: f"{table[row].a}{table[row].b}" for own, row in zip(IDS, found.row.tolist(), strict=True) if row >= 0}
    assert by == {"a": "ab", "d": "bd", "c": "ch"}


def test_without_stories_every_article_is_on_its_own():
    found = memberships_of(PLACES, (), matches("ab"))
    assert set(found.cluster.tolist()) == set(found.row.tolist()) == {-1}


@pytest.mark.parametrize("pairs", [[], ["ab", "bd"], ["ab", "ad", "ch"]])
def test_a_member_without_a_match_with_its_canonical_article_is_told(pairs):
    with pytest.raises(ValueError, match="no match with its canonical"):
        memberships_of(PLACES, CLUSTERS, matches(*pairs))


def test_a_member_that_is_not_in_the_corpus_is_told():
    with pytest.raises(KeyError):
        memberships_of(PLACES, [Cluster("1", "b", ("b", "z"))], matches())
