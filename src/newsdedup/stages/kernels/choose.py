"""Which pairs are compared next."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.compiled import kernel

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_S32 = np.uint64(32)


@kernel
def strongest_of_each(
    order: NDArray[np.int64],
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    quota: int,
    taken: NDArray[np.int32],
    chosen: NDArray[np.bool_],
) -> None:
    """Choose, going through the pairs in `order`, each of which one article has not had `quota` pairs yet.

    `taken` int32 (articles,) counts how many each has had; it starts as zeros.
    """
    for row in order:
        a, b = left[row], right[row]
        if taken[a] < quota or taken[b] < quota:
            taken[a] += 1
            taken[b] += 1
            chosen[row] = True


@kernel
def strongest_of_stories(
    order: NDArray[np.int64],
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    compared: NDArray[np.bool_],
    quota: int,
    chosen: NDArray[np.int64],
) -> int:
    """Of the pairs of any two stories write up to `quota` to `chosen`, those compared before first; return how many.

    `left` and `right` say of which two stories each pair is; pairs within one are left out. Among the pairs compared
    before, and among the others, they come in `order`. Linear: the stories are counted in a hash table.
    """
    size = 16
    while size < 2 * len(order):
        size *= 2
    mask = np.uint64(size - 1)
    keys = np.zeros(size, np.uint64)
    taken = np.zeros(size, np.uint8)
    found = 0
    for before in (True, False):
        for row in order:
            a, b = np.uint64(left[row]), np.uint64(right[row])
            if compared[row] != before or a == b:
                continue
            key = (min(a, b) << _S32 | max(a, b)) + np.uint64(1)
            slot = ((key * _PRIME) >> _S32) & mask
            while keys[slot] and keys[slot] != key:
                slot = (slot + np.uint64(1)) & mask
            keys[slot] = key
            if taken[slot] < quota:
                taken[slot] += 1
                chosen[found] = row
                found += 1
    return found
