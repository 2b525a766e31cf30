"""How a fit does on pairs it has not seen."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from newsdedup.model.sketch import Float64Array, Int64Array
from newsdedup.tuning.fit import Model
from newsdedup.tuning.labels import Labels

FOLDS = 10


def held_out(labels: Labels, groups: Int64Array, fit: Callable[[Labels], Model]) -> Float64Array:
    """The probability of each pair under a model fitted to all pairs of other groups, float64 (n,).

    int64 `groups` (n,) says which group each pair is in, such as `folds(labels)` or `labels.archive`.
    """
    chance: Float64Array = np.empty(len(labels), np.float64)
    for group in np.unique(groups):
        inside = groups == group
        chance[inside] = fit(labels.take(~inside)).probability(labels.features[inside])
    return chance


def folds(labels: Labels, count: int = FOLDS) -> Int64Array:
    """The fold of each pair, int64 (n,), 0 .. count - 1; no article is in two folds.

    Each archive is spread over the folds as evenly as its units allow: its largest first, each into the fold that has
    the fewest of its pairs by then, then the fewest of all.
    """
    fold_of: dict[int, int] = {}
    own = np.zeros((len(labels.names), count), np.int64)
    units, first, sizes = np.unique(labels.unit, return_index=True, return_counts=True)
    archives = labels.archive[first]
    for row in np.lexsort((units, -sizes)).tolist():
        archive = archives[row]
        fold = min(range(count), key=lambda f: (own[archive, f], own[:, f].sum(), f))
        own[archive, fold] += sizes[row]
        fold_of[int(units[row])] = fold
    return np.array([fold_of[unit] for unit in labels.unit.tolist()], np.int64)


def threshold_for(chance: Float64Array, labels: Labels, precision: float) -> float | None:
    """The least probability, in thousandths, from which on at least that share of the pairs is one story.

    Pairs count by `labels.importance`. None if no threshold reaches the precision.
    """
    importance = labels.importance
    for threshold in np.arange(1, 1000) / 1000:
        said = chance >= threshold
        total = importance[said].sum()
        if total and importance[said & labels.one_story].sum() >= precision * total:
            return float(threshold)
    return None
