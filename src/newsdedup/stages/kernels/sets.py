"""What a text holds, each thing once: its shingles and its words, numbered in the order in which they first stand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.compiled import kernel
from newsdedup.stages.kernels.tokenise import CAPITAL_FLAG, FIGURE_FLAG, SINGLE_FLAG, START_FLAG

S32 = np.uint64(32)
NEXT = np.uint64(1)
LOW = np.uint64(0xFFFFFFFF)
PRIME = np.uint64(0xFF51AFD7ED558CCD)
FEW = 96
"""Up to so many values are sorted by counting."""
WORD, FIGURE, NAME = 0, 1, 2
"""What a word of a text is; if it is several things, the highest."""


@kernel
def table_size(longest: int) -> int:
    """Slots of a table for texts of up to that many tokens: a power of two, at most half of them taken."""
    size = 16
    while size < 2 * longest:
        size *= 2
    return size


@kernel
def mixed_with(value: np.uint64, word: np.uint32) -> np.uint64:
    """The hash of a sequence that goes on with a word."""
    value = (value + np.uint64(word)) * PRIME
    return value ^ value >> S32


@kernel
def sequence_hash(hashes: NDArray[np.uint32]) -> np.uint64:
    """One hash of some words in their order."""
    value = np.uint64(len(hashes))
    for i in range(len(hashes)):
        value = mixed_with(value, hashes[i])
    return value


@kernel
def shingles_of(
    hashes: NDArray[np.uint32], flags: NDArray[np.uint8], shingle_size: int, shingles: NDArray[np.uint64 | np.uint32]
) -> int:
    """Write a hash of the shingle at each token, as far as there is a whole one; return how many.

    It has 64 bits; where `shingles` has room for 32, the lower ones are kept.
    """
    needed = 2 * shingle_size
    n = len(hashes)
    for first in range(n):
        value = np.uint64(0)
        weight = 0
        last = first
        while weight < needed and last < n:
            value = mixed_with(value, hashes[last])
            weight += 1 if flags[last] & SINGLE_FLAG else 2
            last += 1
        if weight < needed:
            return first
        shingles[first] = value  # cut to what there is room for
    return n


@kernel
def sort_few(values: NDArray[np.uint64]) -> None:
    """Sort in place by counting what belongs before each: for a few dozen values faster than comparing and moving."""
    given = values.copy()
    for i in range(len(given)):
        value = given[i]
        place = 0
        for j in range(len(given)):  # without a branch, so that it runs on vectors
            place += (given[j] < value) | ((given[j] == value) & (j < i))
        values[place] = value


@kernel
def sort_many(values: NDArray[np.uint64]) -> None:
    """Sort in place: a few at a time, which are then merged. Compiles in a fifth of the time of numba's own sort."""
    n = len(values)
    for begin in range(0, n, FEW):
        sort_few(values[begin : min(begin + FEW, n)])
    merged = np.empty_like(values)
    width = FEW
    while width < n:
        for begin in range(0, n, 2 * width):
            middle, end = min(begin + width, n), min(begin + 2 * width, n)
            i, j = begin, middle
            for place in range(begin, end):
                if j >= end or (i < middle and values[i] <= values[j]):
                    merged[place] = values[i]
                    i += 1
                else:
                    merged[place] = values[j]
                    j += 1
        for i in range(n):  # for a whole array numba compiles what would tell of another size, for half a second
            values[i] = merged[i]
        width *= 2


@kernel
def distinct(values: NDArray[np.uint64]) -> int:
    """Sort in place and move the different values to the front; return how many there are."""
    sort_many(values)
    kept = 0
    for i in range(len(values)):
        if i == 0 or values[i] != values[i - 1]:
            values[kept] = values[i]
            kept += 1
    return kept


@kernel
def slot_of(item: np.uint64, mask: int, table: NDArray[np.uint64]) -> np.uint64:
    """The slot of an item in a hash table, or the free one where it belongs: open addressing, linear probing."""
    wrap = np.uint64(mask)
    slot = item & wrap
    entry = table[slot]
    while entry and entry >> S32 != item:
        slot = (slot + NEXT) & wrap
        entry = table[slot]
    return slot


@kernel
def number(
    items: NDArray[np.uint32],
    n: int,
    table: NDArray[np.uint64],
    own: NDArray[np.int32],
    first: NDArray[np.int32],
    counts: NDArray[np.int32],
) -> int:
    """Number the distinct values of `items[:n]` from 0 in order of appearance; return how many there are.

    Fills `own[i]`, the number of item i, and `first` and `counts` by number. `table` becomes a hash table (open
    addressing, linear probing) of `item << 32 | number + 1`, in its first `table_size(n)` slots.
    """
    size = table_size(n)
    table[:size] = 0
    mask = size - 1
    distinct = 0
    for i in range(n):
        item = np.uint64(items[i])
        slot = slot_of(item, mask, table)
        entry = table[slot]
        if entry:
            known = np.int32(entry & LOW) - np.int32(1)
            own[i] = known
            counts[known] += 1
        else:
            table[slot] = item << S32 | np.uint64(distinct + 1)
            own[i] = distinct
            first[distinct] = i
            counts[distinct] = 1
            distinct += 1
    return distinct


@kernel
def find(item: np.uint32, mask: int, table: NDArray[np.uint64]) -> int:
    """The number of an item in a table that `number` has filled; -1 if it is not there."""
    entry = table[slot_of(np.uint64(item), mask, table)]
    return int(entry & LOW) - 1 if entry else -1


@kernel
def look_up(
    items: NDArray[np.uint32],
    n: int,
    mask: int,
    table: NDArray[np.uint64],
    hits: NDArray[np.int32],
    there: NDArray[np.int32],
    mates: NDArray[np.int32],
    rest: NDArray[np.uint64],
) -> int:
    """Look up `items[:n]` among those of another text, in a table that `number` has filled; return how many it lacks.

    `mates[i]` becomes the number of item i there, or -1 - k if it is the k-th of the distinct items that are not
    there; those are in `rest`, a table of `table_size(n)` slots like that of `number`. Adds to `hits`, by number, how
    often each stands here, and writes to `there` where it first does.
    """
    size = table_size(n)
    rest[:size] = 0
    rest_mask = size - 1
    lacking = 0
    for i in range(n):
        item = np.uint64(items[i])
        slot = slot_of(item, mask, table)
        entry = table[slot]
        if entry:
            known = np.int32(entry & LOW) - np.int32(1)
            mates[i] = known
            if not hits[known]:
                there[known] = i
            hits[known] += 1
            continue
        slot = slot_of(item, rest_mask, rest)
        entry = rest[slot]
        if not entry:
            lacking += 1
            entry = item << S32 | np.uint64(lacking)
            rest[slot] = entry
        mates[i] = -np.int32(entry & LOW)
    return lacking


@kernel
def kind_of(flag: np.uint8) -> int:
    """What a word is where it stands: a figure if it has a digit, a name if it is capital within a sentence."""
    if flag & FIGURE_FLAG:
        return FIGURE
    return NAME if flag & CAPITAL_FLAG and not flag & START_FLAG else WORD


@kernel
def kinds_of(flags: NDArray[np.uint8], own: NDArray[np.int32], kinds: NDArray[np.uint8], distinct: int) -> None:
    """Write what each numbered word is anywhere in the text."""
    kinds[:distinct] = WORD
    for i in range(len(flags)):
        kinds[own[i]] = max(kinds[own[i]], kind_of(flags[i]))


@kernel
def once_in_each(
    n: int,
    own: NDArray[np.int32],
    counts: NDArray[np.int32],
    hits: NDArray[np.int32],
    there: NDArray[np.int32],
    here: NDArray[np.int64],
    mates: NDArray[np.int64],
) -> int:
    """Write the places of items that stand once in this text and once in another; return how many there are.

    `own` and `counts` are of this text, as `number` fills them, `hits` and `there` of the other, as `look_up` does.
    """
    found = 0
    for i in range(n):
        item = own[i]
        if hits[item] == 1 and counts[item] == 1:
            here[found] = i
            mates[found] = there[item]
            found += 1
    return found
