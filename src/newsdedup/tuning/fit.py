"""Logistic regression whose weights cannot go against common sense."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from newsdedup.model.sketch import BoolArray, Float64Array


@dataclass(frozen=True, slots=True)
class Model:
    """The log-odds of one story are `bias` + features @ `weights`, float64 (k,)."""

    bias: float
    weights: Float64Array

    def log_odds(self, features: Float64Array) -> Float64Array:
        """Of pairs with features float64 (n, k); float64 (n,)."""
        odds: Float64Array = self.bias + features @ self.weights
        return odds

    def probability(self, features: Float64Array) -> Float64Array:
        """That each pair is one story, 0.0 .. 1.0."""
        chance: Float64Array = expit(self.log_odds(features))
        return chance


def fit(
    features: Float64Array,
    one_story: BoolArray,
    importance: Float64Array,
    signs: Sequence[int],
    penalty: float,
    start: Model | None = None,
) -> Model:
    """The model that makes the labels likeliest, less what it costs to have weights.

    float64 `features` (n, k), bool `one_story` (n,), float64 `importance` (n,) >= 0: how many pairs each counts for.
    A weight has the sign that `signs` (k,) gives its feature, or is 0. What a weight costs is penalty / 2 times its
    square, on features brought to a deviation of 1; with `start` it is the square of what it is away from there,
    the bias too, so that a few labels adjust a model and many replace it. Convex, so there is one answer; L-BFGS-B
    (Byrd, Lu, Nocedal and Zhu 1995) finds it.

    Raises ValueError if there is no `start` and all labels that count are the same.
    """
    counted = one_story[importance > 0]
    if start is None and (counted.all() or not counted.any()):
        raise ValueError("all pairs are labelled the same way: a fit needs some of one story and some that are not")
    if start is not None and not counted.size:
        return start
    mean, deviation = moments(features, importance)
    standard = (features - mean) / deviation
    truth = one_story.astype(np.float64)
    prior = np.zeros(1 + len(signs))
    cost = np.full(1 + len(signs), penalty)
    if start is None:
        cost[0] = 0.0
    else:
        prior = np.array([start.bias + start.weights @ mean, *(start.weights * deviation)])

    def loss(parameters: Float64Array) -> tuple[float, Float64Array]:
        score = parameters[0] + standard @ parameters[1:]
        wrong = importance * (expit(score) - truth)
        away = parameters - prior
        value = importance @ (np.logaddexp(0.0, score) - truth * score) + 0.5 * cost @ away**2
        return float(value), np.concatenate([[wrong.sum()], wrong @ standard]) + cost * away

    bounds = [(None, None), *((0.0, None) if sign > 0 else (None, 0.0) for sign in signs)]
    found = minimize(
        loss, prior, jac=True, bounds=bounds, method="L-BFGS-B", options={"ftol": 1e-12, "gtol": 1e-7, "maxiter": 5000}
    )
    weights = found.x[1:] / deviation
    return Model(float(found.x[0] - weights @ mean), weights)


def moments(features: Float64Array, importance: Float64Array) -> tuple[Float64Array, Float64Array]:
    """Mean and standard deviation of each feature, float64 (k,) each; the deviation of a constant is given as 1."""
    mean = np.average(features, axis=0, weights=importance)
    deviation = np.sqrt(np.average((features - mean) ** 2, axis=0, weights=importance))
    return mean, np.where(deviation > 1e-9, deviation, 1.0)
