import numpy as np
import pytest

from newsdedup.tuning.fit import Model
from newsdedup.tuning.labels import Labels
from newsdedup.tuning.validate import folds, held_out, threshold_for


def labels(archive, unit, one_story=None, sure=None):
    n = len(archive)
    return Labels(
        names=tuple(f"archive {i}" for i in range(max(archive) + 1)),
        missing=(0,) * (max(archive) + 1),
        archive=np.array(archive),
        features=np.arange(n, dtype=float)[:, None],
        one_story=np.array(one_story if one_story is not None else [True] * n),
        sure=np.array(sure if sure is not None else [True] * n),
        unit=np.array(unit),
    )


def test_no_unit_stands_in_two_folds():
    given = labels([0] * 200 + [1] * 100, [*np.random.default_rng(1).integers(60, size=200), *range(60, 160)])
    fold = folds(given)
    assert {len(set(fold[given.unit == unit])) for unit in set(given.unit)} == {1}


def test_every_archive_is_spread_evenly_over_the_folds():
    given = labels([0] * 40 + [1] * 25, range(65))
    fold = folds(given, 5)
    assert np.bincount(fold[:40]).tolist() == [8] * 5
    assert np.bincount(fold[40:]).tolist() == [5] * 5


def test_a_unit_larger_than_a_fold_stays_whole_and_the_others_fill_up():
    fold = folds(labels([0] * 12, [0] * 6 + [1, 2, 3, 4, 5, 6]), 3)
    assert sorted(np.bincount(fold).tolist()) == [3, 3, 6]


def test_a_pair_is_judged_only_by_a_model_that_has_not_seen_its_group():
    given = labels([0, 0, 1, 1, 2], range(5))
    seen = []

    def fit(part):
        seen.append(set(part.features[:, 0]))
        return Model(float(len(part)), np.zeros(1))

    chance = held_out(given, given.archive, fit)
    assert seen == [{2, 3, 4}, {0, 1, 4}, {0, 1, 2, 3}]
    odds = np.log(chance / (1 - chance))
    np.testing.assert_allclose(odds, [3, 3, 3, 3, 4])


def test_the_threshold_is_the_least_that_reaches_the_precision():
    given = labels([0] * 5, range(5), [True, True, False, True, False])
    chance = np.array([0.9, 0.8, 0.7, 0.6, 0.1])
    assert threshold_for(chance, given, 1.0) == pytest.approx(0.701)
    assert threshold_for(chance, given, 0.75) == pytest.approx(0.101)
    assert threshold_for(chance, given, 0.5) == pytest.approx(0.001)


def test_a_pair_at_the_threshold_counts():
    assert threshold_for(np.array([0.5, 0.499]), labels([0, 0], [0, 1], [True, False]), 1.0) == 0.5


def test_a_precision_that_nothing_reaches_has_no_threshold():
    assert threshold_for(np.array([0.6, 0.9]), labels([0, 0], [0, 1], [True, False]), 0.9) is None


def test_archives_weigh_the_same_and_unsure_pairs_half():
    given = labels([0] * 6 + [1] * 2, range(8), sure=[True] * 4 + [False] * 2 + [True, False])
    importance = given.importance
    assert importance[:6].sum() == pytest.approx(importance[6:].sum())
    assert importance[4] == pytest.approx(importance[0] / 2)
    assert importance[7] == pytest.approx(importance[6] / 2)
    assert importance.sum() == pytest.approx(6.5)
    one = given.take(given.archive == 1)
    assert one.importance.tolist() == [1.0, 0.5]
