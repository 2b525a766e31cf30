"""What spoke for and against one story in a pair, and by how much."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from newsdedup.model.match import COLUMN, Evidence
from newsdedup.model.sketch import SketchParams
from newsdedup.model.weights import Weights
from newsdedup.stages.features import FEATURES, features_of


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature of a pair did to the log-odds of one story."""

    feature: str
    value: float
    log_odds: float
    """weight * (value - typical value): above 0 it spoke for one story, below against."""
    meaning: str


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From a typical pair to this one: `base` and all contributions add up to the log-odds of one story."""

    base: float
    """The log-odds of a pair in which all features are typical."""
    contributions: tuple[Contribution, ...]
    """The largest first, whichever way it goes."""

    @property
    def log_odds(self) -> float:
        return self.base + sum(part.log_odds for part in self.contributions)

    @property
    def probability(self) -> float:
        """That the two are one story, as far as the features tell."""
        return 1 / (1 + math.exp(-self.log_odds))


def waterfall(evidence: Evidence, weights: Weights) -> Waterfall:
    """The contribution of every feature that has a weight.

    Typical values are the means over the pairs that the weights were fitted to, 0 where the weights do not tell them.
    """
    row = np.array([[getattr(evidence, name) for name in COLUMN]], np.float32)
    values = dict(zip(weights.weights, features_of(row, weights.weights)[0].tolist(), strict=True))
    typical = {name: weights.typical.get(name, 0.0) for name in values}
    parts = [
        Contribution(name, value, weights.weights[name] * (value - typical[name]), FEATURES[name].meaning)
        for name, value in values.items()
    ]
    base = weights.bias + sum(weights.weights[name] * value for name, value in typical.items())
    return Waterfall(base, tuple(sorted(parts, key=lambda part: (-abs(part.log_odds), part.feature))))


def lsh_miss_chance(jaccard: float, params: SketchParams) -> float:
    """That two articles of this similarity agree in no whole band: (1 - jaccard ** rows) ** bands.

    Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, ch. 3.4.
    """
    return float((1 - jaccard**params.rows) ** params.bands)
