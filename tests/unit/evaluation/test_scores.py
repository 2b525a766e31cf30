import math

import numpy as np
import pytest

from newsdedup.evaluation.scores import JudgedPair, Share, agreement, score_pairs
from newsdedup.evaluation.truth import LabelledPair


def judged(label, relation, *, probability=0.5, proposed=True, together=False, a="x", b="y", sure=True):
    return JudgedPair(LabelledPair(a, b, label, sure), relation, probability, proposed, together)


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_of_shares_are_those_published_for_wilsons_method(hits, total, low, high):
    assert Share(hits, total).interval == pytest.approx((low, high), abs=5e-5)


def test_a_share_of_nothing_is_not_a_number():
    assert math.isnan(Share(0, 0).value)
    assert all(map(math.isnan, Share(0, 0).interval))


def test_precision_recall_and_f1_count_what_agrees():
    truth = np.array([1, 1, 1, 0, 0], np.bool_)
    said = np.array([1, 1, 0, 1, 0], np.bool_)
    found = agreement(truth, said, np.arange(5))
    assert (found.precision, found.recall) == (Share(2, 3), Share(2, 3))
    assert found.f1 == pytest.approx(2 / 3)
    low, high = found.f1_interval
    assert 0 <= low < found.f1 < high <= 1


def test_the_interval_of_f1_is_the_same_each_time_and_1_where_nothing_is_wrong():
    truth = np.array([1, 0, 1, 0], np.bool_)
    assert agreement(truth, truth, np.arange(4)).f1_interval == (1.0, 1.0)
    other = ~truth | np.array([1, 0, 0, 0], np.bool_)
    assert agreement(truth, other, np.arange(4)) == agreement(truth, other, np.arange(4))


def test_pairs_that_hang_together_widen_the_interval_of_f1():
    rng = np.random.default_rng(7)
    truth = np.repeat(rng.random(60) < 0.5, 10)
    said = truth ^ np.repeat(rng.random(60) < 0.2, 10)
    (a, b), (c, d) = (
        agreement(truth, said, units).f1_interval for units in (np.arange(600), np.repeat(np.arange(60), 10))
    )
    assert d - c > 2 * (b - a)


def test_f1_of_nothing_is_not_a_number():
    nothing = np.zeros(3, np.bool_)
    found = agreement(nothing, nothing, np.arange(3))
    assert math.isnan(found.f1)
    assert math.isnan(found.f1_interval[0])


def test_one_story_is_scored_by_the_verdict_and_by_the_clusters():
    scores = score_pairs(
        [
            judged("copy", "revision", together=True),
            judged("revision", "excerpt", together=True),
            judged("template", "revision"),
        ]
    )
    assert (scores.own_verdict.precision, scores.own_verdict.recall) == (Share(1, 2), Share(1, 2))
    assert (scores.clustered.precision, scores.clustered.recall) == (Share(2, 2), Share(2, 2))


def test_relations_are_scored_each_on_its_own_and_an_exact_repeat_counts_as_a_copy():
    scores = score_pairs([judged("copy", "exact"), judged("exact", "copy"), judged("revision", "copy")])
    assert scores.relations["copy"].precision == Share(2, 3)
    assert scores.relations["copy"].recall == Share(2, 2)
    assert scores.relations["revision"].recall == Share(0, 1)


def test_candidate_recall_counts_only_pairs_of_one_story():
    scores = score_pairs(
        [judged("copy", "copy"), judged("revision", "revision", proposed=False), judged("different", "different")]
    )
    assert scores.proposed == Share(1, 2)


def test_look_alikes_in_one_cluster_are_counted_and_excerpts_are_not_look_alikes():
    scores = score_pairs(
        [
            judged("template", "template", together=True),
            judged("different", "different"),
            judged("excerpt", "excerpt", together=True),
        ]
    )
    assert scores.look_alikes_joined == Share(1, 2)
