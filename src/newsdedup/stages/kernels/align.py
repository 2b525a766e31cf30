"""Two texts aligned word by word, in order: what stands in both, what was replaced, what was only misprinted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.compiled import kernel
from newsdedup.stages.kernels.tokenise import FIGURE_FLAG, LENGTH_SHIFT, SINGLE_FLAG

MAX_GAP = 48
END_GAP = 48
"""Words between two anchors, on either side, that are aligned; a longer gap was written anew."""
WORTH_A_LOOK = 64
"""Pairs of words in a gap beyond which it is looked at first, whether it was written anew."""
MIN_NEAR = 4
"""Letters in the shortest word that can be a misprint of another: below that, too many words are alike."""


@kernel
def count_bits(bits: np.uint32) -> int:
    """How many bits are set, counted in parallel (Knuth, The Art of Computer Programming, 7.1.3)."""
    x = np.uint32(bits)
    x = np.uint32(x - ((x >> np.uint32(1)) & np.uint32(0x55555555)))
    x = np.uint32((x & np.uint32(0x33333333)) + ((x >> np.uint32(2)) & np.uint32(0x33333333)))
    x = np.uint32((x + (x >> np.uint32(4))) & np.uint32(0x0F0F0F0F))
    return int(np.uint32(x * np.uint32(0x01010101)) >> np.uint32(24))


@kernel
def is_near(letters_a: np.uint32, flags_a: np.uint8, letters_b: np.uint32, flags_b: np.uint8) -> bool:
    """Whether two different words, standing in the same place, may be one word misprinted or spelled otherwise."""
    differing = count_bits(np.uint32(letters_a ^ letters_b))
    if differing > 3 or (flags_a | flags_b) & FIGURE_FLAG:
        return False
    length_a = np.int64(flags_a >> LENGTH_SHIFT)
    length_b = np.int64(flags_b >> LENGTH_SHIFT)
    shorter = min(length_a, length_b)
    if shorter < MIN_NEAR or abs(length_a - length_b) > 2:
        return False
    return bool(differing <= 2 + (shorter >= 8))


@kernel
def longest_increasing(values: NDArray[np.int64], chain: NDArray[np.int64]) -> int:
    """Write the places of a longest increasing subsequence to `chain`; return its length (Fredman 1975)."""
    n = len(values)
    ordered = True
    for i in range(1, n):  # without a way out, so that it runs on vectors
        ordered &= values[i - 1] < values[i]
    if ordered:
        for i in range(n):
            chain[i] = i
        return n
    tails = np.empty(n, np.int64)
    before = np.empty(n, np.int64)
    size = 0
    for i in range(n):
        # most values go on where the one before ended
        low, high = (0, size) if size and values[tails[size - 1]] >= values[i] else (size, size)
        while low < high:
            middle = (low + high) // 2
            if values[tails[middle]] < values[i]:
                low = middle + 1
            else:
                high = middle
        before[i] = tails[low - 1] if low else -1
        tails[low] = i
        size = max(size, low + 1)
    at = tails[size - 1] if size else -1
    for k in range(size - 1, -1, -1):
        chain[k] = at
        at = before[at]
    return size


@kernel
def _alike(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> bool:
    """Whether two stretches have more words in common than any two of a language: "the", "of", "said"."""
    known = 0
    for i in range(len(a)):
        word = a[i]
        equal = 0
        for j in range(len(b)):
            equal += b[j] == word
        known += equal > 0
    return 4 * known >= min(len(a), len(b))


@kernel
def align_gap(
    hashes_a: NDArray[np.uint32],
    letters_a: NDArray[np.uint32],
    flags_a: NDArray[np.uint8],
    hashes_b: NDArray[np.uint32],
    letters_b: NDArray[np.uint32],
    flags_b: NDArray[np.uint8],
    first_a: int,
    end_a: int,
    first_b: int,
    end_b: int,
    scores: NDArray[np.uint8],
    partner: NDArray[np.int32],
    near: NDArray[np.uint8],
) -> None:
    """Align the words of a short gap so that most stand beside an equal (2 points) or near (1 point) word.

    Writes `partner` and `near` of the words of a; `scores` is room for (MAX_GAP + 1, MAX_GAP + 1).
    """
    n, m = end_a - first_a, end_b - first_b
    if n * m > WORTH_A_LOOK and not _alike(hashes_a[first_a:end_a], hashes_b[first_b:end_b]):
        return
    for i in range(n + 1):
        scores[i, 0] = 0
    for j in range(m + 1):
        scores[0, j] = 0
    for i in range(1, n + 1):
        p = first_a + i - 1
        for j in range(1, m + 1):
            q = first_b + j - 1
            best = max(scores[i - 1, j], scores[i, j - 1])
            if hashes_a[p] == hashes_b[q]:
                best = max(best, scores[i - 1, j - 1] + 2)
            elif is_near(letters_a[p], flags_a[p], letters_b[q], flags_b[q]):
                best = max(best, scores[i - 1, j - 1] + 1)
            scores[i, j] = best
    i, j = n, m
    while i > 0 and j > 0:
        if scores[i, j] == scores[i - 1, j]:
            i -= 1
        elif scores[i, j] == scores[i, j - 1]:
            j -= 1
        else:
            i -= 1
            j -= 1
            partner[first_a + i] = first_b + j
            near[first_a + i] = hashes_a[first_a + i] != hashes_b[first_b + j]


@kernel
def drop_lone_characters(flags_a: NDArray[np.uint8], partner: NDArray[np.int32], near: NDArray[np.uint8]) -> None:
    """Part single characters of scripts without spaces that align alone: words there have two or more."""
    before = -2
    for i in range(len(partner)):
        at = partner[i]
        after = partner[i + 1] if i + 1 < len(partner) else -2
        if at >= 0 and flags_a[i] & SINGLE_FLAG and before != at - 1 and after != at + 1:
            partner[i] = -1
            near[i] = 0
        before = at if at >= 0 else -2


@kernel
def align_texts(
    hashes_a: NDArray[np.uint32],
    letters_a: NDArray[np.uint32],
    flags_a: NDArray[np.uint8],
    hashes_b: NDArray[np.uint32],
    letters_b: NDArray[np.uint32],
    flags_b: NDArray[np.uint8],
    anchors_a: NDArray[np.int64],
    anchors_b: NDArray[np.int64],
    scores: NDArray[np.uint8],
    partner: NDArray[np.int32],
    near: NDArray[np.uint8],
) -> None:
    """Align text a with text b along anchors, places of shingles that both have; `anchors_a` is sorted.

    Fills, for each word of a, `partner` (its place in b, or -1) and `near` (1 if the two are not equal but near).
    Linear in the words but for the anchors (n log n) and short gaps.
    """
    n, m = len(hashes_a), len(hashes_b)
    partner[:] = -1
    near[:] = 0
    chain = np.empty(len(anchors_a), np.int64)
    size = longest_increasing(anchors_b, chain)
    next_a = next_b = 0
    for k in range(size + 1):
        last = k == size
        start_a = n if last else anchors_a[chain[k]]
        start_b = m if last else anchors_b[chain[k]]
        if start_a < next_a or start_b < next_b:
            continue
        if not last:
            while start_a > next_a and start_b > next_b and hashes_a[start_a - 1] == hashes_b[start_b - 1]:
                start_a -= 1
                start_b -= 1
        # at the ends of a text only the words beside the nearest anchor belong together
        gap_a, gap_b = (next_a, next_b) if next_a and next_b else (max(start_a - END_GAP, 0), max(start_b - END_GAP, 0))
        stop_a, stop_b = start_a, start_b
        if last:
            stop_a, stop_b = min(n, gap_a + END_GAP), min(m, gap_b + END_GAP)
        if 0 < stop_a - gap_a <= MAX_GAP and 0 < stop_b - gap_b <= MAX_GAP:
            align_gap(
                hashes_a, letters_a, flags_a, hashes_b, letters_b, flags_b,
                gap_a, stop_a, gap_b, stop_b, scores, partner, near,
            )  # fmt: skip
        while start_a < n and start_b < m and hashes_a[start_a] == hashes_b[start_b]:
            partner[start_a] = start_b
            start_a += 1
            start_b += 1
        next_a, next_b = start_a, start_b
