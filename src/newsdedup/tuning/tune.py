"""From labelled pairs to weights, and to how well they do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import yaml

from newsdedup.evaluation.scores import Agreement, agreement
from newsdedup.model.sketch import Float64Array
from newsdedup.model.weights import Weights
from newsdedup.stages.features import FEATURES
from newsdedup.tuning.fit import Model, fit, moments
from newsdedup.tuning.labels import Labels
from newsdedup.tuning.validate import folds, held_out, threshold_for

_SIGNS = tuple(feature.sign for feature in FEATURES.values())


@dataclass(frozen=True, slots=True)
class Tuned:
    """Weights fitted to all pairs, and how such a fit does on pairs it has not seen, by archive, on the sure ones."""

    weights: Weights
    carried: Mapping[str, float]
    """By how much the log-odds move when a feature moves by its standard deviation."""
    cross_validated: Mapping[str, Agreement]
    """Pairs of articles that the fit had not seen."""
    unseen_archive: Mapping[str, Agreement]
    """Pairs of an archive that the fit had not seen; empty if there is only one."""
    min_probability: float
    """Two articles are one story from here on, in these figures and with these weights."""
    reached: bool
    """Whether that reaches the precision asked for, if any was."""
    missing: Mapping[str, int]
    """How many labelled pairs of each archive were left out, as an article of theirs is not in it."""


def tune(
    labels: Labels, penalty: float, start: Weights | None, min_probability: float, target_precision: float | None
) -> Tuned:
    """Fit to `labels` and validate, two pairs being one story from `min_probability` on.

    With a `target_precision` that a threshold reaches in the cross-validation, this threshold takes the place of
    `min_probability`. `start` and `penalty`: see `fit`. Raises ValueError if all labels are the same.
    """
    prior = None if start is None else _model_of(start)

    def fitted(part: Labels) -> Model:
        return fit(part.features, part.one_story, part.importance, _SIGNS, penalty, prior)

    model = fitted(labels)
    mean, deviation = moments(labels.features, labels.importance)
    chance = held_out(labels, folds(labels), fitted)
    threshold = None if target_precision is None else threshold_for(chance, labels, target_precision)
    least = min_probability if threshold is None else threshold
    several = len(labels.names) > 1
    return Tuned(
        weights=Weights(model.bias, _named(model.weights), _named(mean), _described(labels)),
        carried=_named(model.weights * deviation),
        cross_validated=_scored(labels, chance, least),
        unseen_archive=_scored(labels, held_out(labels, labels.archive, fitted), least) if several else {},
        min_probability=least,
        reached=target_precision is None or threshold is not None,
        missing=dict(zip(labels.names, labels.missing, strict=True)),
    )


def config_for(tuned: Tuned, weights: str) -> str:
    """A configuration, in YAML, of weights in the file of that name and the probability they go with."""
    values = {"verify": {"weights": weights, "min_probability": tuned.min_probability}}
    return yaml.safe_dump(values, sort_keys=False, allow_unicode=True)


def _model_of(weights: Weights) -> Model:
    return Model(weights.bias, np.array([weights.weights.get(name, 0.0) for name in FEATURES], np.float64))


def _named(values: Float64Array) -> Mapping[str, float]:
    return dict(zip(FEATURES, values.tolist(), strict=True))


def _described(labels: Labels) -> tuple[str, ...]:
    counts = np.bincount(labels.archive, minlength=len(labels.names)).tolist()
    return tuple(f"{name} ({count} pairs)" for name, count in zip(labels.names, counts, strict=True))


def _scored(labels: Labels, chance: Float64Array, threshold: float) -> Mapping[str, Agreement]:
    said = chance >= threshold
    scores = {}
    for place, name in enumerate(labels.names):
        rows = labels.sure & (labels.archive == place)
        _, units = np.unique(labels.unit[rows], return_inverse=True)
        scores[name] = agreement(labels.one_story[rows], said[rows], units)
    return scores
