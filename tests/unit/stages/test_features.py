"""What every feature of the model has in common."""

import numpy as np
import pytest

from newsdedup.model.match import COLUMN, Evidence
from newsdedup.model.weights import shipped_weights
from newsdedup.stages.features import FEATURES, Columns, features_of
from newsdedup.stages.kernels.compare import USUALLY_RECURS

COUNTS = [name for name, field in Evidence.__dataclass_fields__.items() if field.type == "int"]
UNKNOWN = ("recurring", "headline", "days_apart", "weekdays_apart")


@pytest.fixture(scope="module")
def evidence():
    """Evidence of any kind, some of it unknown."""
    rng = np.random.default_rng(1)
    rows = rng.random((300, len(COLUMN))).astype(np.float32)
    rows[:, [COLUMN[name] for name in COUNTS]] = rng.integers(0, 60, (300, len(COUNTS)))
    for name in UNKNOWN:
        rows[rng.random(300) < 0.3, COLUMN[name]] = -1.0
    rows[:5] = 0
    return rows


@pytest.mark.parametrize("name", FEATURES)
def test_a_feature_is_a_number_for_every_pair_whatever_is_unknown(evidence, name):
    values = FEATURES[name].measure(Columns(evidence))
    assert values.shape == (len(evidence),)
    assert np.isfinite(values).all()
    assert values.min() >= 0


def test_features_stand_beside_each_other_as_they_are_named(evidence):
    names = ["news", "words", "headline"]
    table = features_of(evidence, names)
    for column, name in enumerate(names):
        assert np.array_equal(table[:, column], FEATURES[name].measure(Columns(evidence)))
    with pytest.raises(KeyError):
        features_of(evidence, ["moon"])


def test_every_feature_is_weighed_and_each_weight_has_the_sign_of_common_sense():
    weights = shipped_weights().weights
    assert list(weights) == list(FEATURES)
    assert {name for name, weight in weights.items() if weight * FEATURES[name].sign < 0} == set()


@pytest.mark.parametrize(
    ("feature", "column"), [("recurring", "recurring"), ("days", "days_apart"), ("headline", "headline")]
)
def test_what_is_not_known_counts_as_neither_the_least_nor_the_most(feature, column):
    rows = np.full((3, len(COLUMN)), 0.5, np.float32)
    rows[:, COLUMN[column]] = (0.0, -1.0, 1.0 if column != "days_apart" else 400.0)
    least, unknown, most = FEATURES[feature].measure(Columns(rows)).tolist()
    assert least < unknown < most


def test_what_is_not_known_to_recur_is_taken_to_as_much_as_few_shingles_are():
    rows = np.full((2, len(COLUMN)), 0.5, np.float32)
    rows[:, COLUMN["recurring"]] = (-1.0, USUALLY_RECURS)
    unknown, usual = FEATURES["recurring"].measure(Columns(rows)).tolist()
    assert unknown == pytest.approx(usual)


def test_where_dates_are_unknown_the_days_of_the_week_that_texts_name_tell_how_far_apart_they_are():
    rows = np.full((4, len(COLUMN)), 0.5, np.float32)
    rows[:, COLUMN["days_apart"]] = (-1.0, -1.0, -1.0, 0.2)
    rows[:, COLUMN["weekdays_apart"]] = (0.0, -1.0, 1.0, 3.0)
    same, unknown, other, dated = FEATURES["days"].measure(Columns(rows)).tolist()
    assert dated < same < unknown < other
