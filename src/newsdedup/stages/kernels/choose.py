"""Which pairs are compared next."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.compiled import kernel

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_STORY_BITS = np.uint64(30)
_COUNT_BITS = np.uint64(4)
_COUNT = np.uint64(15)
"""A slot holds the numbers of two stories, above how many pairs they have had."""


@kernel
def strongest_of_each(
    rows: NDArray[np.int32],
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    quota: int,
    taken: NDArray[np.int32],
    chosen: NDArray[np.bool_],
) -> None:
    """Choose, of pairs in order, each of which one article has not had `quota` pairs yet.

    `chosen` is marked at the pairs' `rows`; `taken` int32 (articles,) counts how many each has had, from zero on.
    """
    for i in range(len(rows)):
        a, b = left[i], right[i]
        if taken[a] < quota or taken[b] < quota:
            taken[a] += 1
            taken[b] += 1
            chosen[rows[i]] = True


@kernel
def strongest_of_stories(
    rows: NDArray[np.int32],
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    stories: NDArray[np.int32],
    compared: NDArray[np.bool_],
    strong: int,
    quota_of_two: int,
    quota: int,
    chosen: NDArray[np.bool_],
) -> None:
    """Choose, of pairs in order, those between stories that are not `compared` and among the first that are worth it.

    Of each two stories the first `quota_of_two` pairs count, up to 15, those compared before all others. Of these each
    is chosen that is among the first `strong` of all, or of which one story has not had `quota` pairs yet. `compared`
    is beside `left` and `right`, `stories` (articles,) the story of each, less than 2 ** 30, and `chosen` is marked at
    the pairs' `rows`. Linear: what each two stories have had is kept in a hash table, beside their numbers.
    """
    between = 0
    for i in range(len(rows)):
        between += stories[left[i]] != stories[right[i]]
    size = 16
    while size < 2 * between:
        size *= 2
    mask = np.uint64(size - 1)
    of_two = np.zeros(size, np.uint64)
    taken = np.zeros(len(stories), np.int32)
    for before in (True, False):
        for i in range(len(rows)):
            a, b = stories[left[i]], stories[right[i]]
            if compared[i] != before or a == b:
                continue
            wanted = taken[a] < quota or taken[b] < quota
            if not (before or wanted or i < strong):
                continue  # nor will be any that comes later of the two, so that it need not be counted
            key = np.uint64(min(a, b)) << _STORY_BITS | np.uint64(max(a, b))
            slot = ((key * _PRIME) >> np.uint64(32)) & mask
            while of_two[slot] and of_two[slot] >> _COUNT_BITS != key:
                slot = (slot + np.uint64(1)) & mask
            if not of_two[slot]:
                of_two[slot] = key << _COUNT_BITS
            had = of_two[slot] & _COUNT
            if had == np.uint64(quota_of_two):
                continue
            of_two[slot] += np.uint64(1)
            if wanted:
                taken[a] += 1
                taken[b] += 1
            if not before and (wanted or i < strong):
                chosen[rows[i]] = True
