"""Which days of the week a text names at its beginning."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.compiled import kernel
from newsdedup.stages.kernels.tokenise import SINGLE_FLAG

SLOTS = 1024
"""Of the table of names: a power of two, a quarter of them taken."""
PRIME = np.uint64(0x9E3779B97F4A7C15)
S32 = np.uint64(32)


@kernel
def pair_hash(first: np.uint32, second: np.uint32) -> np.uint32:
    """The hash of two tokens that are one name."""
    return np.uint32(((np.uint64(first) << S32 | np.uint64(second)) * PRIME) >> S32)


@kernel
def slot_of_name(name: np.uint32, table: NDArray[np.uint32]) -> np.int64:
    """The slot of a hash in the table of names, or the free one where it belongs."""
    slot = np.int64(name) & (SLOTS - 1)
    while table[slot, 1] and table[slot, 0] != name:
        slot = (slot + 1) & (SLOTS - 1)
    return slot


@kernel
def named_days(hashes: NDArray[np.uint32], flags: NDArray[np.uint8], words: int, table: NDArray[np.uint32]) -> np.int64:
    """The days that the first `words` words name (two single characters are a word), bit 0 for Monday."""
    days = np.int64(0)
    weight = 0
    for i in range(len(hashes)):
        if weight >= 2 * words:
            break
        day = table[slot_of_name(hashes[i], table), 1]
        if not day and i + 1 < len(hashes):
            day = table[slot_of_name(pair_hash(hashes[i], hashes[i + 1]), table), 1]
        if day:
            days |= np.int64(1) << (np.int64(day) - 1)
        weight += 1 if flags[i] & SINGLE_FLAG else 2
    return days


@kernel
def days_between(a: np.int64, b: np.int64) -> int:
    """The least number of days from a day of one set to one of another, round the week: 0 .. 3; -1 if one is empty."""
    if not a or not b:
        return -1
    for apart in range(4):
        turned = a << apart | a << 7 >> apart
        if (turned | turned >> 7) & b & 127:
            return apart
    return -1
