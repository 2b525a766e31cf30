import numpy as np
import pytest

from newsdedup.tuning.fit import Model, fit, moments

TRUE = Model(-1.0, np.array([2.0, -1.5, 0.0]))
SIGNS = (1, -1, 1)


def drawn(n, seed=0):
    draw = np.random.default_rng(seed)
    features = draw.normal(size=(n, 3)) * [1.0, 2.0, 0.5] + [0.3, 1.0, 5.0]
    return features, draw.random(n) < TRUE.probability(features), np.ones(n)


def cost(model, features, one_story, importance, penalty):
    """What the fit makes least, in plain words."""
    odds = model.log_odds(features)
    likelihood = np.where(one_story, 1 / (1 + np.exp(-odds)), 1 / (1 + np.exp(odds)))
    _, deviation = moments(features, importance)
    return -importance @ np.log(likelihood) + penalty / 2 * np.sum((model.weights * deviation) ** 2)


def test_many_labels_give_back_the_model_that_made_them():
    found = fit(*drawn(100_000), SIGNS, penalty=1.0)
    np.testing.assert_allclose(found.weights, TRUE.weights, atol=0.05)
    assert found.bias == pytest.approx(TRUE.bias, abs=0.3)


def test_no_model_nearby_that_keeps_the_signs_costs_less():
    features, one_story, importance = drawn(300)
    found = fit(features, one_story, importance, SIGNS, penalty=2.0)
    least = cost(found, features, one_story, importance, 2.0)
    for step in np.vstack([np.eye(4), -np.eye(4)]) * 0.01:
        other = Model(found.bias + step[0], found.weights + step[1:])
        if np.all(other.weights * SIGNS >= 0):
            assert cost(other, features, one_story, importance, 2.0) >= least


def test_a_weight_that_would_have_the_wrong_sign_is_zero():
    features, one_story, importance = drawn(1000)
    assert fit(features, one_story, importance, (-1, -1, 1), penalty=1.0).weights[0] == 0
    assert fit(features, one_story, importance, (1, 1, 1), penalty=1.0).weights[1] == 0


def test_the_unit_of_a_feature_does_not_change_a_probability():
    features, one_story, importance = drawn(500)
    found = fit(features, one_story, importance, SIGNS, penalty=1.0)
    scaled = fit(features * 1000, one_story, importance, SIGNS, penalty=1.0)
    np.testing.assert_allclose(scaled.probability(features * 1000), found.probability(features), atol=1e-5)


def test_a_pair_that_counts_twice_is_as_good_as_two():
    features, one_story, importance = drawn(200)
    twice = np.concatenate([features, features[:50]]), np.concatenate([one_story, one_story[:50]]), np.ones(250)
    importance[:50] = 2
    a = fit(features, one_story, importance, SIGNS, penalty=1.0)
    b = fit(*twice, SIGNS, penalty=1.0)
    np.testing.assert_allclose(a.weights, b.weights, atol=1e-4)


def test_a_higher_penalty_gives_smaller_weights():
    labels = drawn(300)
    sums = [np.abs(fit(*labels, SIGNS, penalty).weights).sum() for penalty in (0.1, 1.0, 10.0, 100.0)]
    assert sums == sorted(sums, reverse=True)


def test_a_start_holds_against_few_labels_and_yields_to_many():
    start = Model(3.0, np.array([0.5, -0.2, 1.0]))
    none = drawn(0)
    assert fit(*none, SIGNS, 1.0, start) is start
    few = fit(*drawn(5), SIGNS, 10.0, start)
    many = fit(*drawn(50_000), SIGNS, 10.0, start)
    assert np.abs(few.weights - start.weights).max() < 0.5
    np.testing.assert_allclose(many.weights, TRUE.weights, atol=0.1)


def test_labels_of_one_kind_can_adjust_a_model_but_not_make_one():
    features, _, importance = drawn(20)
    start = Model(0.0, np.array([0.5, -0.2, 0.0]))
    adjusted = fit(features, np.ones(20, bool), importance, SIGNS, 1.0, start)
    assert adjusted.probability(features).mean() > start.probability(features).mean()
    with pytest.raises(ValueError, match="labelled the same way"):
        fit(features, np.ones(20, bool), importance, SIGNS, 1.0)


def test_a_feature_that_is_the_same_in_all_pairs_weighs_nothing():
    features, one_story, importance = drawn(100)
    features[:, 0] = 7.0
    assert fit(features, one_story, importance, SIGNS, 1.0).weights[0] == 0


def test_the_same_labels_give_the_same_model():
    a, b = (fit(*drawn(400), SIGNS, 1.0) for _ in range(2))
    assert (a.bias, a.weights.tolist()) == (b.bias, b.weights.tolist())
