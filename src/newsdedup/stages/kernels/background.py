"""How often words and shingles occur in a corpus, counted in tables of hashed buckets."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.compiled import kernel
from newsdedup.stages.kernels.sets import shingle_at


@kernel
def count_words(
    hashes: NDArray[np.uint32],
    offsets: NDArray[np.int64],
    seen_by: NDArray[np.int32],
    counts: NDArray[np.uint32],
) -> None:
    """Add to `counts` (a power of two long) in how many texts each word stands; `seen_by` starts as all -1."""
    mask = len(counts) - 1
    for i in range(len(offsets) - 1):
        for j in range(offsets[i], offsets[i + 1]):
            bucket = hashes[j] & mask
            if seen_by[bucket] != i:
                seen_by[bucket] = i
                counts[bucket] += np.uint32(1)


@kernel
def count_shingles(
    hashes: NDArray[np.uint32],
    flags: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    shingle_size: int,
    counts: NDArray[np.uint8],
) -> None:
    """Add to `counts` (a power of two long) how often each shingle occurs, up to 255."""
    mask = np.uint64(len(counts) - 1)
    for i in range(len(offsets) - 1):
        end = offsets[i + 1]
        for j in range(offsets[i], end):
            shingle = shingle_at(hashes, flags, j, end, shingle_size)
            if shingle == 0:
                break
            bucket = np.uint64(shingle) & mask
            if counts[bucket] < 255:
                counts[bucket] += np.uint8(1)
