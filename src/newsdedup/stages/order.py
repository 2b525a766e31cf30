"""In which order candidate pairs are compared, so that most pairs within a story need not be."""

from __future__ import annotations

import numpy as np

from newsdedup.model.match import Candidates
from newsdedup.model.sketch import BoolArray, Int32Array, Int64Array
from newsdedup.stages.kernels.choose import strongest_of_each, strongest_of_stories

FEW_PAIRS = 1 << 12
"""Up to this many pairs, a tenth of a second's work, are all compared."""

PER_ARTICLE = 2
"""Strongest pairs of each article that are compared at once."""

PER_ARTICLE_A_DAY = 1
"""Strongest of those with articles of the same day: what a form has in common may outweigh what a day has."""

PER_STORIES = 6
"""Strongest pairs of two stories that tell whether the two are one, or share a passage."""

OTHER_STORIES = 3
"""Strongest pairs with other stories that each story is compared by: what a form or a quote shares with hundreds of
others is told by a few."""

STRONG = 0.4
"""Pairs of other stories from this strength on are compared however many there are: of those, two in three are
one story."""


def strongest_first(candidates: Candidates) -> Int64Array:
    """The rows of the candidates by falling strength, int64 (pairs,)."""
    return np.argsort(-candidates.strength, kind="stable").astype(np.int64)


def first_pairs(candidates: Candidates, order: Int64Array, days: Int64Array) -> BoolArray:
    """Begin with the strongest pairs of each article and all of equal ones, or with all if few. bool (pairs,).

    `order` is what `strongest_first` says; int64 `days` (articles,) the day of each article, -1 if unknown.
    """
    if len(candidates) <= FEW_PAIRS:
        return np.ones(len(candidates), np.bool_)
    chosen: BoolArray = candidates.strength >= 1.0
    chosen &= candidates.tests == 1
    day = days[candidates.left]
    of_a_day = order[((day >= 0) & (day == days[candidates.right]))[order]]
    for rows, quota in ((order, PER_ARTICLE), (of_a_day, PER_ARTICLE_A_DAY)):
        strongest_of_each(rows, candidates.left, candidates.right, quota, np.zeros(len(days), np.int32), chosen)
    return chosen


def pairs_between(candidates: Candidates, order: Int64Array, stories: Int32Array, compared: BoolArray) -> BoolArray:
    """Of the pairs of any two stories not yet compared the strongest, until PER_STORIES have been. bool (pairs,).

    A pair that is not STRONG is passed over if each of its stories has been compared by OTHER_STORIES pairs already.
    int32 `stories` (articles,) says which story each article belongs to; pairs within one are left out. `order` is as
    above.
    """
    a, b = stories[candidates.left], stories[candidates.right]
    between: Int64Array = np.empty(len(candidates), np.int64)
    between = between[: strongest_of_stories(order, a, b, compared, PER_STORIES, between)]
    chosen: BoolArray = np.zeros(len(candidates), np.bool_)
    chosen[between] = candidates.strength[between] >= STRONG
    strongest_of_each(between, a, b, OTHER_STORIES, np.zeros(len(stories), np.int32), chosen)
    return chosen & ~compared
