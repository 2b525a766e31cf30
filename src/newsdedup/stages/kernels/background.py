"""How many texts of a corpus hold a word, counted in a table of hashed buckets."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.compiled import kernel


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
