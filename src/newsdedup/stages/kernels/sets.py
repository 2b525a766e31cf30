"""Sorted sets of what a text holds: its shingles with their places, its words with their flags."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.compiled import kernel
from newsdedup.stages.kernels.tokenise import CAPITAL_FLAG, FIGURE_FLAG, SINGLE_FLAG, START_FLAG

S32 = np.uint64(32)
PRIME = np.uint64(0xFF51AFD7ED558CCD)
WORD, FIGURE, NAME = 0, 1, 2
"""What a word of a text is, in the low bits of `word_sets`."""


@kernel
def shingle_at(
    hashes: NDArray[np.uint32], flags: NDArray[np.uint8], first: int, end: int, shingle_size: int
) -> np.uint32:
    """A 32-bit hash of the shingle that begins at token `first`, never 0; 0 if `end` comes before it is whole."""
    value = np.uint64(0)
    weight = 0
    last = first
    needed = 2 * shingle_size
    while weight < needed:
        if last >= end:
            return np.uint32(0)
        value = (value + np.uint64(hashes[last])) * PRIME
        value ^= value >> S32
        weight += 1 if flags[last] & SINGLE_FLAG else 2
        last += 1
    return np.uint32(max(value & np.uint64(0xFFFFFFFF), np.uint64(1)))


@kernel
def build_sets(
    hashes: NDArray[np.uint32],
    flags: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    articles: NDArray[np.int32],
    shingle_size: int,
    starts: NDArray[np.int64],
    shingles: NDArray[np.uint64],
    shingle_ends: NDArray[np.int64],
    words: NDArray[np.uint64],
    word_ends: NDArray[np.int64],
) -> None:
    """Fill, for the k-th of `articles`, `shingles[starts[k]:shingle_ends[k]]` and `words[starts[k]:word_ends[k]]`.

    A shingle is `hash << 32 | place of its first token`; a word is `hash << 32 | WORD, FIGURE or NAME`, each once.
    Both are sorted.
    """
    for k in range(len(articles)):
        begin = offsets[articles[k]]
        end = offsets[articles[k] + 1]
        row = starts[k]
        for j in range(begin, end):
            shingle = shingle_at(hashes, flags, j, end, shingle_size)
            if shingle == 0:
                break
            shingles[row] = np.uint64(shingle) << S32 | np.uint64(j - begin)
            row += 1
        shingle_ends[k] = row
        shingles[starts[k] : row].sort()

        row = starts[k]
        for j in range(begin, end):
            kind = WORD
            if flags[j] & FIGURE_FLAG:
                kind = FIGURE
            elif flags[j] & CAPITAL_FLAG and not flags[j] & START_FLAG:
                kind = NAME
            words[row] = np.uint64(hashes[j]) << S32 | np.uint64(kind)
            row += 1
        words[starts[k] : row].sort()
        # of a word that occurs more than once the last is kept: it is a name if it ever is
        kept = starts[k]
        for j in range(starts[k], row):
            if j + 1 == row or words[j] >> S32 != words[j + 1] >> S32:
                words[kept] = words[j]
                kept += 1
        word_ends[k] = kept
