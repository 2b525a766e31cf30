import pytest

from newsdedup.evaluation.calibration import calibration
from newsdedup.evaluation.scores import JudgedPair, Share
from newsdedup.evaluation.truth import LabelledPair


def pairs(*said):
    return [
        JudgedPair(LabelledPair("x", "y", "copy" if so else "different"), "copy", chance, proposed=True, together=True)
        for chance, so in said
    ]


def test_bins_hold_pairs_of_about_one_probability_and_empty_ones_are_left_out():
    low, high = calibration(pairs((0.1, False), (0.19, True), (0.95, True), (1.0, True))).bins
    assert (low.low, low.high, low.one_story) == (0.1, 0.2, Share(1, 2))
    assert low.mean == pytest.approx(0.145)
    assert (high.low, high.one_story) == (0.9, Share(2, 2))


def test_the_curve_has_one_point_for_each_probability_highest_first():
    points = calibration(pairs((0.2, False), (0.9, True), (0.6, True), (0.6, False))).curve
    assert [point.threshold for point in points] == [0.9, 0.6, 0.2]
    assert [point.precision for point in points] == pytest.approx([1, 2 / 3, 1 / 2])
    assert [point.recall for point in points] == [0.5, 1, 1]


def test_errors_are_0_where_every_probability_is_sure_and_right():
    found = calibration(pairs((1.0, True), (0.0, False)))
    assert (found.brier, found.error, found.average_precision) == (0, 0, 1)


def test_errors_measure_how_far_probabilities_are_off():
    found = calibration(pairs((0.8, True), (0.8, False)))
    assert found.brier == pytest.approx((0.04 + 0.64) / 2)
    assert found.error == pytest.approx(0.3)
    assert found.average_precision == pytest.approx(0.5)


def test_there_is_no_curve_where_nothing_is_one_story():
    found = calibration(pairs((0.8, False)))
    assert (found.curve, found.average_precision) == ((), 0)


def test_no_pairs_cannot_be_compared():
    with pytest.raises(ValueError, match="no pairs"):
        calibration([])
