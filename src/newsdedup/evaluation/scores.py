"""How well verdicts on labelled pairs agree with the labels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from newsdedup.evaluation.joining import joined
from newsdedup.evaluation.truth import ONE_STORY, LabelledPair
from newsdedup.model.sketch import BoolArray, Int64Array

Interval = tuple[float, float]

RELATIONS = ("copy", "revision", "excerpt", "template", "different")
"""What is told apart when relations are scored; an exact repeat counts as a copy."""

RESAMPLES = 2000
SEED = 1

_Z = 1.959964
"""Standard deviations of a normal distribution that hold 95% of it."""


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """A labelled pair beside what the program makes of it."""

    truth: LabelledPair
    relation: str
    """The verdict on the pair on its own; "different" where the two are no match."""
    probability: float
    """That the two are one story, 0.0 .. 1.0."""
    proposed: bool
    """Whether a candidate test proposes the pair."""
    together: bool
    """Whether a run over the corpus put the two into one cluster."""

    @property
    def one_story(self) -> bool:
        """Whether the two truly are."""
        return self.truth.label in ONE_STORY


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` out of `total`."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        """0.0 .. 1.0; not a number if there is nothing to count."""
        return self.hits / self.total if self.total else math.nan

    @property
    def interval(self) -> Interval:
        """The 95% interval of Wilson (1927)."""
        if not self.total:
            return math.nan, math.nan
        n, p, z2 = self.total, self.value, _Z * _Z
        centre = (p + z2 / (2 * n)) / (1 + z2 / n)
        reach = _Z / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        return max(0.0, centre - reach), min(1.0, centre + reach)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well what was said to be so agrees with what is so."""

    precision: Share
    """Of what was said to be so, what is."""
    recall: Share
    """Of what is so, what was said to be."""
    f1_interval: Interval
    """95%, by bootstrap."""

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; not a number if nothing is so and nothing was said to be."""
        both = self.precision.total + self.recall.total
        return 2 * self.recall.hits / both if both else math.nan


@dataclass(frozen=True, slots=True)
class PairScores:
    """All the figures on some labelled pairs."""

    pairs: int
    own_verdict: Agreement
    """On "one story", by the verdict on each pair on its own."""
    clustered: Agreement
    """The same, by whether a run put the two into one cluster."""
    relations: dict[str, Agreement]
    proposed: Share
    """Pairs of one story that a candidate test proposes."""
    look_alikes_joined: Share
    """Pairs labelled template or different that share a cluster."""


def score_pairs(pairs: Sequence[JudgedPair]) -> PairScores:
    """The figures on some judged pairs."""
    units = _independent_units(pairs)
    truth = np.array([pair.one_story for pair in pairs], np.bool_)
    together = np.array([pair.together for pair in pairs], np.bool_)
    said = np.array([pair.relation in ONE_STORY for pair in pairs], np.bool_)
    labels = np.array([_counted_as(pair.truth.label) for pair in pairs], np.str_)
    verdicts = np.array([_counted_as(pair.relation) for pair in pairs], np.str_)
    look_alikes = [pair for pair in pairs if pair.truth.label in {"template", "different"}]
    stories = [pair for pair in pairs if pair.one_story]
    return PairScores(
        pairs=len(pairs),
        own_verdict=agreement(truth, said, units),
        clustered=agreement(truth, together, units),
        relations={name: agreement(labels == name, verdicts == name, units) for name in RELATIONS},
        proposed=Share(sum(pair.proposed for pair in stories), len(stories)),
        look_alikes_joined=Share(sum(pair.together for pair in look_alikes), len(look_alikes)),
    )


def agreement(truth: BoolArray, said: BoolArray, units: Int64Array) -> Agreement:
    """Precision, recall and F1 of what was said of n things, bool (n,), against the truth, bool (n,).

    For the interval of F1 whole units are drawn with replacement; int64 `units` (n,) says which unit, from 0, a thing
    belongs to.
    """
    hits = truth & said
    precision, recall = Share(int(hits.sum()), int(said.sum())), Share(int(hits.sum()), int(truth.sum()))
    return Agreement(precision, recall, _f1_interval(hits, truth, said, units))


def _f1_interval(hits: BoolArray, truth: BoolArray, said: BoolArray, units: Int64Array) -> Interval:
    """Percentile bootstrap (Efron 1979), always with the same draws."""
    if not (truth | said).any():
        return math.nan, math.nan
    above = np.bincount(units, 2.0 * hits)
    below = np.bincount(units, truth.astype(np.float64) + said)
    draw = np.random.default_rng(SEED)
    count = len(above)
    f1 = []
    for _ in range(RESAMPLES):
        times = np.bincount(draw.integers(count, size=count), minlength=count)
        if total := times @ below:
            f1.append(times @ above / total)
    low, high = np.percentile(f1, [2.5, 97.5])
    return float(low), float(high)


def _independent_units(pairs: Sequence[JudgedPair]) -> Int64Array:
    """For each pair its unit, from 0: pairs that share an article, also by way of other pairs, are one unit."""
    ids = [(pair.truth.a, pair.truth.b) for pair in pairs]
    unit_of = joined(ids)
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(unit_of[a], len(numbers)) for a, _ in ids], np.int64)


def _counted_as(label: str) -> str:
    return "copy" if label == "exact" else label
