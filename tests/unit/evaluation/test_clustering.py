from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdedup.evaluation.clustering import score_clusters

IDS = "abcdefgh"
names = st.lists(st.sampled_from(["1", "2", "3", None]), min_size=len(IDS), max_size=len(IDS))


def test_figures_are_those_worked_out_by_hand():
    truth = {"a": "1", "b": "1", "c": "1", "d": "2", "e": "2", "f": None}
    found = {"a": "p", "b": "p", "c": "q", "d": "q", "e": "q"}
    scores = score_clusters(truth, found)
    assert (scores.true_pairs, scores.found_pairs) == (4, 4)
    assert (scores.true_clusters, scores.found_clusters, scores.largest) == (2, 2, 3)
    assert (scores.precision, scores.recall, scores.f1) == (0.5, 0.5, 0.5)
    assert scores.b3_precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3 + 1) / 6)
    assert scores.b3_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1 + 1) / 6)
    assert scores.ari == pytest.approx((2 - 16 / 15) / (4 - 16 / 15))


def test_a_cluster_of_articles_of_which_the_truth_knows_nothing_is_left_out():
    assert score_clusters({"a": "1", "b": "1"}, {"a": "p", "b": "p", "x": "q", "y": "q"}).found_clusters == 1


def test_articles_that_are_alone_share_no_cluster():
    scores = score_clusters({"a": None, "b": None}, {})
    assert (scores.true_pairs, scores.found_pairs, scores.largest, scores.f1, scores.ari) == (0, 0, 1, 1.0, 1.0)


def test_no_articles_cannot_be_scored():
    with pytest.raises(ValueError, match="no articles"):
        score_clusters({}, {"a": "p"})


@given(names)
def test_clusters_like_the_true_ones_have_no_mistake(clusters):
    truth = dict(zip(IDS, clusters, strict=True))
    scores = score_clusters(truth, {own: f"other {name}" for own, name in truth.items() if name})
    assert (scores.precision, scores.recall, scores.b3_f1, scores.ari) == pytest.approx((1, 1, 1, 1))


@given(names, names)
def test_figures_are_those_of_counting_pair_by_pair(true, said):
    truth, found = dict(zip(IDS, true, strict=True)), dict(zip(IDS, said, strict=True))
    scores = score_clusters(truth, {own: name for own, name in found.items() if name})

    def together(clusters):
        return {(x, y) for x, y in combinations(IDS, 2) if clusters[x] is not None and clusters[x] == clusters[y]}

    def b3(of, by):
        groups = [{y for y in IDS if x == y or (of[x] is not None and of[x] == of[y])} for x in IDS]
        others = [{y for y in IDS if x == y or (by[x] is not None and by[x] == by[y])} for x in IDS]
        return sum(len(g & o) / len(g) for g, o in zip(groups, others, strict=True)) / len(IDS)

    so, said_so = together(truth), together(found)
    assert scores.precision == (len(so & said_so) / len(said_so) if said_so else 1)
    assert scores.recall == (len(so & said_so) / len(so) if so else 1)
    assert scores.b3_precision == pytest.approx(b3(found, truth))
    assert scores.b3_recall == pytest.approx(b3(truth, found))
    assert scores.largest == max([1, *Counter(name for name in said if name).values()])
