"""From sorted keys, each of which names what an article holds, to what articles have in common."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.compiled import kernel

S32 = np.uint64(32)


@kernel
def count_pairs(keys: NDArray[np.uint64], low_bits: int, cap: int) -> tuple[int, int]:
    """How many pairs `fill_pairs` will write for sorted keys, and how many groups are larger than `cap`."""
    shift = np.uint64(low_bits)
    pairs = 0
    capped = 0
    start = 0
    n = len(keys)
    while start < n:
        group = keys[start] >> shift
        end = start + 1
        while end < n and keys[end] >> shift == group:
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
def fill_pairs(
    keys: NDArray[np.uint64], low_bits: int, owners: NDArray[np.int32], cap: int, pairs: NDArray[np.uint64]
) -> None:
    """Write each pair of articles that share a key as `lower << 32 | higher`, in no particular order.

    `keys` are sorted; the upper bits name what is held, the lower `low_bits` which of `owners` holds it, where larger
    places never have lower owners. A group larger than `cap` gives a star around its lowest member and a path through
    its members in order: enough to hold it together, and linear in its size.
    """
    shift = np.uint64(low_bits)
    mask = (np.uint64(1) << shift) - np.uint64(1)
    row = 0
    start = 0
    n = len(keys)
    while start < n:
        group = keys[start] >> shift
        end = start + 1
        while end < n and keys[end] >> shift == group:
            end += 1
        if end - start > cap:
            lowest = np.uint64(owners[np.int64(keys[start] & mask)]) << S32
            before = lowest >> S32
            for i in range(start + 1, end):
                own = np.uint64(owners[np.int64(keys[i] & mask)])
                pairs[row] = lowest | own
                row += 1
                if i > start + 1:
                    pairs[row] = before << S32 | own
                    row += 1
                before = own
        else:
            for i in range(start, end):
                low = np.uint64(owners[np.int64(keys[i] & mask)]) << S32
                for j in range(i + 1, end):
                    pairs[row] = low | np.uint64(owners[np.int64(keys[j] & mask)])
                    row += 1
        start = end


@kernel
def count_runs(pairs: NDArray[np.uint64], unique: NDArray[np.uint64], counts: NDArray[np.int32]) -> int:
    """Write each distinct value of sorted `pairs` and how often it stands there; return how many there are."""
    n = 0
    for i in range(len(pairs)):
        if i and pairs[i] == pairs[i - 1]:
            counts[n - 1] += 1
        else:
            unique[n] = pairs[i]
            counts[n] = 1
            n += 1
    return n


@kernel
def count_holders(
    keys: NDArray[np.uint64],
    low_bits: int,
    owners: NDArray[np.int32],
    days: NDArray[np.int64],
    articles: NDArray[np.uint8],
    distinct_days: NDArray[np.uint8],
) -> None:
    """For each place that sorted `keys` name: how many articles hold the same, and on how many days, up to 255.

    `days` int64 is the day of each article, -1 if unknown; days need not be counted beyond the first 255 seen.
    """
    shift = np.uint64(low_bits)
    mask = (np.uint64(1) << shift) - np.uint64(1)
    seen = np.empty(255, np.int64)
    start = 0
    n = len(keys)
    while start < n:
        group = keys[start] >> shift
        end = start + 1
        while end < n and keys[end] >> shift == group:
            end += 1
        known = 0
        for i in range(start, end):
            day = days[owners[np.int64(keys[i] & mask)]]
            if day < 0 or known == 255:
                continue
            new = True
            for k in range(known - 1, -1, -1):
                if seen[k] == day:
                    new = False
                    break
            if new:
                seen[known] = day
                known += 1
        for i in range(start, end):
            place = np.int64(keys[i] & mask)
            articles[place] = min(end - start, 255)
            distinct_days[place] = known
        start = end
