"""In which order candidate pairs are compared, so that most pairs within a story need not be."""

from __future__ import annotations

import numpy as np

from newsdedup.model.match import Candidates
from newsdedup.model.sketch import BoolArray, Int32Array, Int64Array
from newsdedup.stages.kernels.choose import strongest_of_each

FEW_PAIRS = 1 << 12
"""Up to this many pairs, a tenth of a second's work, are all compared."""

PER_ARTICLE = 2
"""Strongest pairs of each article that are compared at once."""

PER_STORIES = 3
"""Strongest pairs of two stories that tell whether the two are one, or share a passage."""

OTHER_STORIES = 3
"""Strongest pairs with other stories that each story is compared by: what a form or a quote shares with hundreds of
others is told by a few."""


def first_pairs(candidates: Candidates, articles: int) -> BoolArray:
    """Begin with the strongest pairs of each article and all of equal ones, or with all if few. bool (pairs,)."""
    if len(candidates) <= FEW_PAIRS:
        return np.ones(len(candidates), np.bool_)
    chosen: BoolArray = candidates.strength >= 1.0
    chosen &= candidates.tests == 1
    order = _strongest_first(candidates)
    strongest_of_each(order, candidates.left, candidates.right, PER_ARTICLE, np.zeros(articles, np.int32), chosen)
    return chosen


def pairs_between(candidates: Candidates, stories: Int32Array, compared: BoolArray) -> BoolArray:
    """Of the pairs of any two stories not yet compared the strongest, until PER_STORIES have been. bool (pairs,).

    A pair is passed over if each of its stories has been compared by OTHER_STORIES pairs already. int32 `stories`
    (articles,) says which story each article belongs to; pairs within one are left out.
    """
    a, b = stories[candidates.left], stories[candidates.right]
    between = np.flatnonzero(a != b)
    keys = np.minimum(a, b)[between].astype(np.int64) << 32 | np.maximum(a, b)[between]
    # what has been compared comes first, and counts
    order = np.lexsort((-candidates.strength[between], ~compared[between], keys))
    keys, between = keys[order], between[order]
    new = np.ones(len(keys), np.bool_)
    new[1:] = keys[1:] != keys[:-1]
    first = np.maximum.accumulate(np.where(new, np.arange(len(keys)), 0))
    between = between[np.arange(len(keys)) - first < PER_STORIES]
    # again what has been compared comes first, and counts
    between = between[np.lexsort((-candidates.strength[between], ~compared[between]))]
    chosen: BoolArray = np.zeros(len(candidates), np.bool_)
    strongest_of_each(between, a, b, OTHER_STORIES, np.zeros(len(stories), np.int32), chosen)
    return chosen & ~compared


def _strongest_first(candidates: Candidates) -> Int64Array:
    return np.argsort(-candidates.strength, kind="stable").astype(np.int64)
