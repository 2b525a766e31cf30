"""Whether probabilities mean what they say, and what other thresholds would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from newsdedup.evaluation.scores import JudgedPair, Share
from newsdedup.model.sketch import BoolArray, Float64Array

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs of about one probability."""

    low: float
    high: float
    """The probabilities from `low` on and below `high`; the last bin holds 1.0 too."""
    mean: float
    """Mean probability of the pairs."""
    one_story: Share


@dataclass(frozen=True, slots=True)
class Point:
    """What is got when pairs of at least `threshold` are taken for one story; all three 0.0 .. 1.0."""

    threshold: float
    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The probabilities of some judged pairs against their labels."""

    bins: tuple[Bin, ...]
    """Those that hold a pair, in order."""
    curve: tuple[Point, ...]
    """A point for each probability that occurs, highest first; none if no pair is of one story."""
    brier: float
    """Mean squared difference of probability and truth: 0.0 perfect, 0.25 for always saying one half."""
    error: float
    """Expected calibration error: mean difference, over the pairs, of a bin's mean probability and its true share."""
    average_precision: float
    """Area below the curve as steps; 0.0 if no pair is of one story."""


def calibration(pairs: Sequence[JudgedPair]) -> Calibration:
    """Compare probabilities with labels. Raises ValueError if there are no pairs."""
    if not pairs:
        raise ValueError("no pairs to compare probabilities of")
    chance = np.array([pair.probability for pair in pairs], np.float64)
    truth = np.array([pair.one_story for pair in pairs], np.bool_)
    bins = _bins(chance, truth)
    curve = _curve(chance, truth)
    before = (0.0, *(point.recall for point in curve))
    return Calibration(
        bins=bins,
        curve=curve,
        brier=float(np.mean((chance - truth) ** 2)),
        error=sum(b.one_story.total * abs(b.mean - b.one_story.value) for b in bins) / len(pairs),
        average_precision=sum(
            (point.recall - last) * point.precision for point, last in zip(curve, before, strict=False)
        ),
    )


def _bins(chance: Float64Array, truth: BoolArray) -> tuple[Bin, ...]:
    place = np.minimum((chance * BINS).astype(np.int64), BINS - 1)
    found = []
    for number in np.unique(place).tolist():
        inside = place == number
        share = Share(int(truth[inside].sum()), int(inside.sum()))
        found.append(Bin(number / BINS, (number + 1) / BINS, float(chance[inside].mean()), share))
    return tuple(found)


def _curve(chance: Float64Array, truth: BoolArray) -> tuple[Point, ...]:
    if not truth.any():
        return ()
    order = np.argsort(-chance, kind="stable")
    ordered = chance[order]
    hits = np.cumsum(truth[order])
    last = np.flatnonzero(np.append(ordered[1:] != ordered[:-1], True))  # where a run of equals ends
    return tuple(Point(float(ordered[i]), float(hits[i] / (i + 1)), float(hits[i] / hits[-1])) for i in last.tolist())
