"""Where two sequences of tokens are tied together: what they share at their ends, and rare runs of tokens.

Tokens are numbers; equal tokens have equal ones.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.align import longest_increasing
from newsdedup.stages.kernels.compiled import kernel
from newsdedup.stages.kernels.sets import mixed_with, table_size


@kernel
def _slot_of(tokens: NDArray[np.uint32], i: int, size: int, known: NDArray[np.uint32], table: NDArray[np.int32]) -> int:
    """The slot of the run of `size` tokens at place i, or the free one where it belongs.

    Slots hold 1 + the place in `known` where a run first stands, 0 if they are free.
    """
    value = np.uint64(0)
    for k in range(i, i + size):
        value = mixed_with(value, tokens[k])
    slot = np.int64(value) & (len(table) - 1)
    while table[slot]:
        first = table[slot] - 1
        same = 0
        while same < size and known[first + same] == tokens[i + same]:
            same += 1
        if same == size:
            break
        slot = (slot + 1) & (len(table) - 1)
    return int(slot)


@kernel
def once_in_both(
    a: NDArray[np.uint32], b: NDArray[np.uint32], size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the runs of `size` tokens begin that occur once in each sequence, in the order of a. Both int64 (n,)."""
    n, m = len(a) - size + 1, len(b) - size + 1
    table = np.zeros(table_size(n), np.int32)
    times_a = np.zeros(n, np.uint8)
    times_b = np.zeros(n, np.uint8)
    there = np.empty(n, np.int64)
    for i in range(n):
        slot = _slot_of(a, i, size, a, table)
        if table[slot]:
            times_a[table[slot] - 1] = 2
        else:
            table[slot] = i + 1
            times_a[i] = 1
    for j in range(m):
        first = table[_slot_of(b, j, size, a, table)] - 1
        if first >= 0:
            times_b[first] = min(2, times_b[first] + 1)
            there[first] = j
    here = np.empty(n, np.int64)
    found = 0
    for i in range(n):
        if times_a[i] == 1 and times_b[i] == 1:
            here[found], there[found] = i, there[i]
            found += 1
    return here[:found], there[:found]


@kernel
def _add(runs: NDArray[np.int32], count: np.int64, at_a: np.int64, at_b: np.int64, size: np.int64) -> np.int64:
    """Write a run behind the others, or make the last one longer if it goes on where that ends; return their number."""
    if size == 0:
        return count
    if count and runs[count - 1, 0] + runs[count - 1, 2] == at_a and runs[count - 1, 1] + runs[count - 1, 2] == at_b:
        runs[count - 1, 2] += size
        return count
    runs[count, 0], runs[count, 1], runs[count, 2] = at_a, at_b, size
    return count + 1


@kernel
def _tie_gap(
    a: NDArray[np.uint32],
    b: NDArray[np.uint32],
    size: int,
    runs: NDArray[np.int32],
    count: np.int64,
    from_a: np.int64,
    from_b: np.int64,
) -> np.int64:
    """Add the longest chain of runs of `size` tokens that occur once in each sequence, grown as far as they go.

    The sequences are parts of longer ones and begin there at `from_a` and `from_b`.
    """
    if min(len(a), len(b)) < size:
        return count
    here, there = once_in_both(a, b, size)
    chain = np.empty(len(here), np.int64)
    low_a = low_b = 0
    for k in range(longest_increasing(there, chain)):
        start_a, start_b = here[chain[k]], there[chain[k]]
        if start_a < low_a or start_b < low_b:
            continue  # inside the run that the last one grew to, or crossing it
        end_a, end_b = start_a + size, start_b + size
        while start_a > low_a and start_b > low_b and a[start_a - 1] == b[start_b - 1]:
            start_a -= 1
            start_b -= 1
        while end_a < len(a) and end_b < len(b) and a[end_a] == b[end_b]:
            end_a += 1
            end_b += 1
        count = _add(runs, count, from_a + start_a, from_b + start_b, end_a - start_a)
        low_a, low_b = end_a, end_b
    return count


@kernel
def tie(a: NDArray[np.uint32], b: NDArray[np.uint32], sizes: NDArray[np.int64]) -> NDArray[np.int32]:
    """The runs that tie two sequences together, in order. int32 (n, 3): where each begins in a, in b, its length.

    What the two share at their ends, and between that runs of `sizes[0]` tokens that occur once in each; then the same
    in each gap between two runs, with the next of `sizes`; last, what the two sides of a gap share at their ends.
    """
    known = np.empty((0, 3), np.int32)
    for level in range(len(sizes) + 1):
        runs = np.empty((min(len(a), len(b)), 3), np.int32)
        count = from_a = from_b = np.int64(0)
        for k in range(len(known) + 1):
            own = k < len(known)
            to_a = np.int64(known[k, 0]) if own else np.int64(len(a))
            to_b = np.int64(known[k, 1]) if own else np.int64(len(b))
            head = np.int64(0)
            while from_a + head < to_a and from_b + head < to_b and a[from_a + head] == b[from_b + head]:
                head += 1
            count = _add(runs, count, from_a, from_b, head)
            from_a += head
            from_b += head
            tail = np.int64(0)
            while from_a < to_a - tail and from_b < to_b - tail and a[to_a - tail - 1] == b[to_b - tail - 1]:
                tail += 1
            if level < len(sizes):
                part_a, part_b = a[from_a : to_a - tail], b[from_b : to_b - tail]
                count = _tie_gap(part_a, part_b, sizes[level], runs, count, from_a, from_b)
            count = _add(runs, count, to_a - tail, to_b - tail, tail)
            if own:
                count = _add(runs, count, to_a, to_b, np.int64(known[k, 2]))
                from_a, from_b = to_a + known[k, 2], to_b + known[k, 2]
        known = runs[:count]
    return known
