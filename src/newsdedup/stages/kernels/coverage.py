"""Which words of a text stand in passages that another text has too."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.compiled import kernel
from newsdedup.stages.kernels.tokenise import SINGLE_FLAG


@kernel
def cover(shared: NDArray[np.uint8], flags: NDArray[np.uint8], shingle_size: int, covered: NDArray[np.uint8]) -> None:
    """Mark the tokens of the shingles that are `shared` with the other text, by the place of their first token."""
    reach = 0
    for at in range(len(covered)):
        if at < len(shared) and shared[at]:
            weight = 0
            end = at
            while weight < 2 * shingle_size and end < len(covered):
                weight += 1 if flags[end] & SINGLE_FLAG else 2
                end += 1
            reach = max(reach, end)
        covered[at] = at < reach


@kernel
def share_of(covered: NDArray[np.uint8]) -> float:
    """The share of the tokens that are marked."""
    total = np.int64(0)
    for i in range(len(covered)):
        total += np.int64(covered[i])
    return total / len(covered) if len(covered) else 0.0


@kernel
def longest_of(covered: NDArray[np.uint8]) -> int:
    """The tokens in the longest run of marked ones."""
    best = run = 0
    for i in range(len(covered)):
        run = run + 1 if covered[i] else 0
        best = max(best, run)
    return best
