"""Which words of a text stand in passages that another text has too."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.compiled import kernel
from newsdedup.stages.kernels.tokenise import SINGLE_FLAG


@kernel
def cover(shared: NDArray[np.uint8], flags: NDArray[np.uint8], shingle_size: int, covered: NDArray[np.uint8]) -> None:
    """Mark the tokens of the shingles that are `shared` with the other text, by the place of their first token."""
    covered[:] = 0
    done = 0
    for i in range(len(shared)):
        if not shared[i]:
            continue
        weight = 0
        at = i
        while weight < 2 * shingle_size and at < len(covered):
            if at >= done:
                covered[at] = 1
            weight += 1 if flags[at] & SINGLE_FLAG else 2
            at += 1
        done = at


@kernel
def share_of(covered: NDArray[np.uint8]) -> float:
    """The share of the tokens that are marked."""
    total = 0
    for i in range(len(covered)):
        total += covered[i]
    return total / len(covered) if len(covered) else 0.0


@kernel
def longest_of(covered: NDArray[np.uint8]) -> int:
    """The tokens in the longest run of marked ones."""
    best = run = 0
    for i in range(len(covered)):
        run = run + 1 if covered[i] else 0
        best = max(best, run)
    return best
