"""From code points to tokens: what `stages.text.tokens.tokenize` says, for a batch of texts at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.compiled import kernel

SEPARATOR, LETTER, CAPITAL, DIGIT, SINGLE, IGNORED, APOSTROPHE, POINT, STOP = range(9)
APART, JOINS, COUNTS = range(3)
FULL_STOP = 46
FIGURE_FLAG, CAPITAL_FLAG, START_FLAG, SINGLE_FLAG = 1, 2, 4, 8

WORD_SEED = np.uint64(0xCBF29CE484222325)
WORD_PRIME = np.uint64(0x100000001B3)
MIX = np.uint64(0x9E3779B97F4A7C15)
S32 = np.uint64(32)
ONE = np.uint32(1)
LETTER_BITS = np.uint32(31)
NEXT = np.uint64(1)
LENGTH_SHIFT = 4
MAX_LENGTH = 15


@kernel
def fold_text(
    codes: NDArray[np.uint32],
    table: NDArray[np.uint32],
    expansions: NDArray[np.uint32],
    view: NDArray[np.uint32],
) -> int:
    """Write the entries of the matching view of `codes` to `view` and return how many there are.

    Returns -1 if `view` is too small.
    """
    room = len(view)
    if len(codes) > room:
        return -1
    odd = False
    for i in range(len(codes)):
        entry = table[codes[i]]
        view[i] = entry
        odd |= entry >> 31 != 0 or entry >> 21 == IGNORED
    if not odd:  # in most texts every character stands for one
        return len(codes)
    size = 0
    for i in range(len(codes)):
        entry = table[codes[i]]
        if entry >> 31:
            first = entry & 0xFFFFFF
            length = (entry >> 24) & 0x7F
            if size + length > room:
                return -1
            for j in range(first, first + length):
                view[size] = expansions[j]
                size += 1
        elif entry >> 21 != IGNORED:
            if size >= room:
                return -1
            view[size] = entry
            size += 1
    return size


@kernel
def joins(view: NDArray[np.uint32], at: int | np.int64, size: int, previous: int) -> int:
    """Whether the mark at a place joins what stands on both sides of it to one word: JOINS, or COUNTS if it is read.

    `previous` is the kind of the character before it. A decimal mark is read, a mark of thousands is not.
    """
    if at + 1 >= size:
        return APART
    kind, following = view[at] >> 21, view[at + 1] >> 21
    if kind == APOSTROPHE and previous != DIGIT and (following == LETTER or following == CAPITAL):
        return JOINS
    if kind == POINT and previous == DIGIT and following == DIGIT:
        thousands = at + 3 < size and view[at + 2] >> 21 == DIGIT and view[at + 3] >> 21 == DIGIT
        return COUNTS if not thousands or (at + 4 < size and view[at + 4] >> 21 == DIGIT) else JOINS
    return APART


@kernel
def tokenise_view(
    view: NDArray[np.uint32],
    size: int,
    words: NDArray[np.uint32],
    letters: NDArray[np.uint32],
    flags: NDArray[np.uint8],
    start: int,
) -> np.int64:
    """Write hashes, letters and flags of the tokens of a folded text from row `start` on; return the next row."""
    row, i, end = np.uint64(start), np.uint64(0), np.uint64(size)  # unsigned: none counts from the end
    after_stop = True
    while i < end:
        entry = view[i]
        kind = entry >> 21
        present = np.uint32(0)
        length = 0
        if kind == SINGLE:
            present = ONE << (entry & LETTER_BITS)
            length = 1
            value = (WORD_SEED ^ np.uint64(entry & 0x1FFFFF)) * WORD_PRIME
            flag = SINGLE_FLAG
            i += NEXT
        elif kind == LETTER or kind == CAPITAL or kind == DIGIT:  # numba compiles this form best
            value = WORD_SEED
            digits = 0
            flag = CAPITAL_FLAG if kind == CAPITAL else 0
            while True:
                digits += kind == DIGIT
                present |= ONE << (entry & LETTER_BITS)
                length += 1
                value = (value ^ np.uint64(entry & 0x1FFFFF)) * WORD_PRIME
                i += NEXT
                if i >= end:
                    break
                previous = kind
                entry = view[i]
                kind = entry >> 21
                if kind == LETTER or kind == CAPITAL or kind == DIGIT:
                    continue
                if kind != APOSTROPHE and kind != POINT:  # nearly all words end here
                    break
                joined = joins(view, np.int64(i), size, previous)
                if joined == APART:
                    break
                if joined == COUNTS:
                    value = (value ^ np.uint64(FULL_STOP)) * WORD_PRIME  # every decimal mark counts as a point
                i += NEXT
                entry = view[i]
                kind = entry >> 21
            if digits and 2 * digits >= length:
                flag |= FIGURE_FLAG
        else:
            if kind == STOP or kind == POINT:
                after_stop = True
            i += NEXT
            continue
        if after_stop:
            flag |= START_FLAG
            after_stop = False
        value ^= value >> S32
        value *= MIX
        words[row] = np.uint32(value >> S32)
        letters[row] = present
        flags[row] = flag | min(length, MAX_LENGTH) << LENGTH_SHIFT
        row += NEXT
    return np.int64(row)
