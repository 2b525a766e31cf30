"""The lines of texts, by their tokens: what is learned as page furniture, and what is left of a text without it.

Tokens keep no line ends, but say where a stop or a line end came before. So a line is the shortest run of what stands
between two of these that has LINE_WEIGHT; a long line is several, and what is left at the end of a text is none.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.compiled import kernel
from newsdedup.stages.kernels.sets import distinct
from newsdedup.stages.kernels.tokenise import SINGLE_FLAG, START_FLAG
from newsdedup.stages.text.lines import LINE_PRIME, LINE_STEP, LINE_WEIGHT

_PRIME, _STEP = np.uint64(LINE_PRIME), np.uint64(LINE_STEP)
_S32 = np.uint64(32)


@kernel
def line_end(flags: NDArray[np.uint8], start: int, end: int) -> tuple[int, int]:
    """Where the line ends that begins at token `start`, in a text that ends at `end`, and its weight."""
    weight = 0
    for i in range(start, end):
        if weight >= LINE_WEIGHT and flags[i] & START_FLAG:
            return i, weight
        weight += 1 if flags[i] & SINGLE_FLAG else 2
    return end, weight


@kernel
def line_hash(hashes: NDArray[np.uint32], start: int, end: int) -> np.uint64:
    """The hash of the tokens `start:end`: multilinear, so that no multiplication of a token waits for another.

    The factors do not rise evenly: where they do, the words "a b b a" have the hash of "b a a b".
    """
    value = np.uint64(end - start)
    factor = _PRIME
    for i in range(start, end):
        factor = factor * _PRIME + _STEP
        value += factor * np.uint64(hashes[i])
    value ^= value >> _S32
    value *= _PRIME
    return value ^ value >> _S32


@kernel
def place_of(value: np.uint64, known: NDArray[np.uint64]) -> int:
    """Where a value stands first among some sorted ones, or -1."""
    low, high = 0, len(known)
    while low < high:
        middle = (low + high) // 2
        if known[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low if low < len(known) and known[low] == value else -1


@kernel
def distinct_lines(
    hashes: NDArray[np.uint32],
    flags: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    rows: NDArray[np.int64],
    lines: NDArray[np.uint64],
) -> int:
    """Write the hashes of the different lines of each text in `rows`, one text after the other; return how many.

    No text has more lines than a quarter of its tokens.
    """
    size = 0
    for row in rows:
        first = size
        start, end = offsets[row], offsets[row + 1]
        while start < end:
            stop, weight = line_end(flags, start, end)
            if weight >= LINE_WEIGHT:
                lines[size] = line_hash(hashes, start, stop)
                size += 1
            start = stop
        size = first + distinct(lines[first:size])
    return size


@kernel
def tell_own(
    hashes: NDArray[np.uint32],
    flags: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    rows: NDArray[np.int64],
    lines: NDArray[np.uint64],
    counts: NDArray[np.int64],
    least: int,
    own: NDArray[np.int64],
    shares: NDArray[np.float64],
    held_lines: NDArray[np.int64],
    held_by: NDArray[np.int64],
) -> int:
    """What each text of `rows` says itself, and which of the lines that at least `least` texts hold it has.

    `lines` are sorted and `counts` says how many texts hold each. `own[i]` becomes the tokens of the i-th text in
    lines that fewer hold, and `shares[i]` the mean, over these tokens, of one divided by the texts that hold the line:
    the shares of one story's texts add up to about one. `held_lines` (places in `lines`) and `held_by` (places in
    `rows`) get the others, a line as often as it stands in the text; returned is how many.
    """
    size = 0
    for i in range(len(rows)):
        start, end = offsets[rows[i]], offsets[rows[i] + 1]
        said = 0
        share = 0.0
        while start < end:
            stop, weight = line_end(flags, start, end)
            place = place_of(line_hash(hashes, start, stop), lines) if weight >= LINE_WEIGHT else -1
            if place >= 0 and counts[place] >= least:
                held_lines[size], held_by[size] = place, i
                size += 1
            else:
                said += stop - start
                share += (stop - start) / (counts[place] if place >= 0 else 1)
            start = stop
        own[i] = said
        shares[i] = share / max(said, 1)
    return size


@kernel
def keep_stories(
    hashes: NDArray[np.uint32],
    flags: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    publishers: NDArray[np.int32],
    lines: NDArray[np.uint64],
    line_offsets: NDArray[np.int64],
    least_weight: int,
    first: int,
    last: int,
    kept: NDArray[np.bool_],
) -> None:
    """Mark the tokens of the texts `first:last` that are no furniture; `kept[0]` is the first token of `first`.

    A publisher's furniture are the `lines` of `line_offsets`. A text of which less than `least_weight` would be left
    keeps all.
    """
    base = offsets[first]
    for row in range(first, last):
        begin, end = offsets[row], offsets[row + 1]
        kept[begin - base : end - base] = True
        known = lines[line_offsets[publishers[row]] : line_offsets[publishers[row] + 1]]
        if not len(known):
            continue
        left = 0
        start = begin
        while start < end:
            stop, weight = line_end(flags, start, end)
            if weight >= LINE_WEIGHT and place_of(line_hash(hashes, start, stop), known) >= 0:
                kept[start - base : stop - base] = False
            else:
                left += weight
            start = stop
        if left < least_weight:
            kept[begin - base : end - base] = True


@kernel
def forget_samples(
    sample_hashes: NDArray[np.uint64],
    sample_offsets: NDArray[np.int64],
    publishers: NDArray[np.int32],
    samples: NDArray[np.uint64],
    offsets: NDArray[np.int64],
    sample_articles: NDArray[np.uint8],
    sample_days: NDArray[np.uint8],
) -> None:
    """Clear what is counted of the sampled shingles that are furniture: the `samples` of `offsets` of a publisher."""
    for row in range(len(publishers)):
        known = samples[offsets[publishers[row]] : offsets[publishers[row] + 1]]
        if not len(known):
            continue
        for i in range(sample_offsets[row], sample_offsets[row + 1]):
            if place_of(sample_hashes[i], known) >= 0:
                sample_articles[i] = sample_days[i] = 0
