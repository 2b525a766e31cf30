"""From groups of articles that share a key to pairs of articles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.compiled import kernel

S32 = np.uint64(32)


@kernel
def count_pairs(keys: NDArray[np.uint64], cap: int) -> tuple[int, int]:
    """How many pairs `fill_pairs` will write for sorted keys, and how many groups are larger than `cap`."""
    pairs = 0
    capped = 0
    start = 0
    n = len(keys)
    while start < n:
        end = start + 1
        while end < n and keys[end] == keys[start]:
            end += 1
        size = end - start
        if size > cap:
            capped += 1
            pairs += 2 * size - 3
        else:
            pairs += size * (size - 1) // 2
        start = end
    return pairs, capped


@kernel
def fill_pairs(keys: NDArray[np.uint64], members: NDArray[np.int32], cap: int, pairs: NDArray[np.uint64]) -> None:
    """Write each pair of members that share a key as `lower << 32 | higher`, in no particular order.

    `keys` are sorted and `members[i]` has `keys[i]`. A group larger than `cap` gives a star around its lowest member
    and a path through its members in order: enough to hold it together, and linear in its size.
    """
    row = 0
    start = 0
    n = len(keys)
    while start < n:
        end = start + 1
        while end < n and keys[end] == keys[start]:
            end += 1
        if end - start > cap:
            group = np.sort(members[start:end])
            for i in range(1, len(group)):
                pairs[row] = np.uint64(group[0]) << S32 | np.uint64(group[i])
                row += 1
                if i > 1:
                    pairs[row] = np.uint64(group[i - 1]) << S32 | np.uint64(group[i])
                    row += 1
        else:
            for i in range(start, end):
                for j in range(i + 1, end):
                    low = min(members[i], members[j])
                    high = max(members[i], members[j])
                    pairs[row] = np.uint64(low) << S32 | np.uint64(high)
                    row += 1
        start = end


@kernel
def band_keys(signatures: NDArray[np.uint32], first: int, rows: int, keys: NDArray[np.uint64]) -> None:
    """Hash `rows` columns of the signatures, from column `first` on, to one 64-bit key for each article."""
    for i in range(len(signatures)):
        key = np.uint64(0)
        for j in range(first, first + rows):
            key = (key + np.uint64(signatures[i, j])) * np.uint64(0xFF51AFD7ED558CCD)
            key ^= key >> S32
        keys[i] = key
