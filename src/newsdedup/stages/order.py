"""In which order candidate pairs are compared, so that most pairs within a story need not be."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates by falling strength: int32 `rows`, the place of each among the candidates, `left` and `right`.

    The first `strong` are STRONG.
    """

    rows: Int32Array
    left: Int32Array
    right: Int32Array
    strong: int


def strongest_first(candidates: Candidates) -> Ranked:
    """The candidates by falling strength; of equally strong ones, in their order."""
    # numbers that sort as wanted: far quicker than to sort by two things. Of floats from 0 on the bits sort as they do
    weakness = ~candidates.strength.view(np.uint32)
    keys = weakness.astype(np.uint64) << np.uint64(32) | np.arange(len(candidates), dtype=np.uint64)
    keys.sort()
    rows = keys.astype(np.uint32).view(np.int32)
    strong = int(np.count_nonzero(candidates.strength >= STRONG))
    return Ranked(rows, candidates.left[rows], candidates.right[rows], strong)


def first_pairs(candidates: Candidates, ranked: Ranked, days: Int64Array) -> BoolArray:
    """Begin with the strongest pairs of each article and all of equal ones, or with all if few. bool (pairs,).

    `ranked` is what `strongest_first` says; int64 `days` (articles,) the day of each article, -1 if unknown.
    """
    if len(candidates) <= FEW_PAIRS:
        return np.ones(len(candidates), np.bool_)
    chosen: BoolArray = candidates.strength >= 1.0
    chosen &= candidates.tests == 1
    of_a_day = (days[ranked.left] >= 0) & (days[ranked.left] == days[ranked.right])
    for quota, among in ((PER_ARTICLE, slice(None)), (PER_ARTICLE_A_DAY, of_a_day)):
        taken = np.zeros(len(days), np.int32)
        strongest_of_each(ranked.rows[among], ranked.left[among], ranked.right[among], quota, taken, chosen)
    return chosen


def pairs_between(ranked: Ranked, stories: Int32Array, compared: BoolArray) -> BoolArray:
    """Of the pairs of any two stories not yet compared the strongest, until PER_STORIES have been. bool (pairs,).

    A pair that is not STRONG is passed over if each of its stories has been compared by OTHER_STORIES pairs already.
    int32 `stories` (articles,) says which story each article belongs to; pairs within one are left out. `ranked` is as
    above.
    """
    chosen: BoolArray = np.zeros(len(compared), np.bool_)
    strongest_of_stories(
        ranked.rows, ranked.left, ranked.right, stories, compared[ranked.rows], ranked.strong, PER_STORIES,
        OTHER_STORIES, chosen,
    )  # fmt: skip
    return chosen
