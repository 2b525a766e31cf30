"""The words of one text with the places where they stand: what `stages.text.tokens.token_columns` says, compiled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.compiled import kernel
from newsdedup.stages.kernels.tokenise import (
    APART,
    CAPITAL,
    CAPITAL_FLAG,
    COUNTS,
    DIGIT,
    FIGURE_FLAG,
    FULL_STOP,
    IGNORED,
    LETTER,
    POINT,
    SINGLE,
    SINGLE_FLAG,
    START_FLAG,
    STOP,
    fold_text,
    joins,
)

SPACE = 32


@kernel
def places_of(codes: NDArray[np.uint32], table: NDArray[np.uint32]) -> NDArray[np.int32]:
    """For each character of the matching view of a text, the place of the one that it stands for. int32 (n,)."""
    size = np.int64(0)
    for i in range(len(codes)):
        entry = table[codes[i]]
        size += np.int64((entry >> 24) & 0x7F) if entry >> 31 else np.int64(entry >> 21 != IGNORED)
    places = np.empty(size, np.int32)
    row = 0
    for i in range(len(codes)):
        entry = table[codes[i]]
        for _ in range(np.int64((entry >> 24) & 0x7F) if entry >> 31 else np.int64(entry >> 21 != IGNORED)):
            places[row] = i
            row += 1
    return places


@kernel
def split_words(
    codes: NDArray[np.uint32], table: NDArray[np.uint32], expansions: NDArray[np.uint32]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint8], NDArray[np.uint32]]:
    """Where the words of a text start and end, their flags, and their folded characters with a space after each.

    int32 (n,), int32 (n,), uint8 (n,), uint32 code points.
    """
    places = places_of(codes, table)
    size = len(places)
    view = np.empty(max(size, len(codes)), np.uint32)
    fold_text(codes, table, expansions, view)
    starts = np.empty(size, np.int32)
    ends = np.empty(size, np.int32)
    flags = np.empty(size, np.uint8)
    spelt = np.empty(2 * size, np.uint32)
    row = written = i = 0
    after_stop = True
    while i < size:
        entry = view[i]
        kind = entry >> 21
        if kind == STOP or kind == POINT:
            after_stop = True
        if kind != SINGLE and kind != LETTER and kind != CAPITAL and kind != DIGIT:
            i += 1
            continue
        starts[row] = places[i]
        flag = SINGLE_FLAG if kind == SINGLE else CAPITAL_FLAG if kind == CAPITAL else 0
        if kind == SINGLE:
            spelt[written] = entry & 0x1FFFFF
            written += 1
            i += 1
        else:
            digits = length = 0
            while True:
                digits += kind == DIGIT
                length += 1
                spelt[written] = entry & 0x1FFFFF
                written += 1
                i += 1
                if i >= size:
                    break
                previous = kind
                entry = view[i]
                kind = entry >> 21
                if kind == LETTER or kind == CAPITAL or kind == DIGIT:
                    continue
                joined = joins(view, i, size, previous)
                if joined == APART:
                    break
                if joined == COUNTS:
                    spelt[written] = FULL_STOP
                    written += 1
                i += 1
                entry = view[i]
                kind = entry >> 21
            if digits and 2 * digits >= length:
                flag |= FIGURE_FLAG
        ends[row] = places[i - 1] + 1
        flags[row] = flag | (START_FLAG if after_stop else 0)
        after_stop = False
        spelt[written] = SPACE
        written += 1
        row += 1
    return starts[:row], ends[:row], flags[:row], spelt[:written]
