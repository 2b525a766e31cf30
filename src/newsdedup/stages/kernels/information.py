"""How much it says that a text holds a word."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.compiled import kernel
from newsdedup.stages.kernels.tokenise import FIGURE_FLAG


@kernel
def information_in(
    word: np.uint32, flag: np.uint8, word_weights: NDArray[np.float32], most: float, lone_weight: float
) -> float:
    """The information in a word; one that no other article has may be a misprint, unless it is a figure."""
    weight = np.float64(word_weights[word & np.uint32(len(word_weights) - 1)])
    return lone_weight if weight >= most and not flag & FIGURE_FLAG else weight


@kernel
def information_of(
    hashes: NDArray[np.uint32],
    flags: NDArray[np.uint8],
    word_weights: NDArray[np.float32],
    most: float,
    lone_weight: float,
) -> float:
    """The information in all words of a text."""
    total = 0.0
    for i in range(len(hashes)):
        total += information_in(hashes[i], flags[i], word_weights, most, lone_weight)
    return total
