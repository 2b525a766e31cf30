"""What stands in the places of a text in others that are much like it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.align import MAX_GAP, align_texts, drop_lone_characters
from newsdedup.stages.kernels.compiled import kernel
from newsdedup.stages.kernels.sets import look_up, number, once_in_each, sequence_hash, shingles_of, table_size
from newsdedup.stages.kernels.tokenise import FIGURE_FLAG

SAME, UNKNOWN = 0, 1
"""The words of the text themselves; nothing that can be told: what was only cut or added, or written anew."""
WORDS, ENTRY, MARKS = np.uint32(2), np.uint32(4), np.uint32(7)
"""In an entry: it is not of figures alone; it is an entry; the bits that are no hash."""
MAX_SLOT = 8
"""Words in the longest stretch that is an entry in a form; a longer one was written anew."""


@kernel
def has_word(flags: NDArray[np.uint8]) -> bool:
    """Whether not all tokens are figures."""
    for flag in flags:  # noqa: SIM110  # numba knows no generators
        if not flag & FIGURE_FLAG:
            return True
    return False


@kernel
def entry(hashes: NDArray[np.uint32], worded: bool) -> np.uint32:
    """A hash of some words in their order, never SAME or UNKNOWN."""
    return np.uint32(np.uint32(sequence_hash(hashes)) & ~MARKS | ENTRY | (WORDS if worded else np.uint32(0)))


@kernel
def fill_entries(
    text: int,
    others: NDArray[np.int64],
    hashes: NDArray[np.uint32],
    letters: NDArray[np.uint32],
    flags: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    shingle_size: int,
    entries: NDArray[np.uint32],
) -> None:
    """Write to `entries` uint32 (others, tokens of the text) what each of the others has in place of each token.

    That is SAME where the token stands there too, or all but; what stands between the same two neighbours if it is
    short; else UNKNOWN. Linear in the tokens of all.
    """
    begin, end = offsets[text], offsets[text + 1]
    n = end - begin
    longest = n
    for other in others:
        longest = max(longest, offsets[other + 1] - offsets[other])
    # each on its own: the parts of one array are of another type, for which all that is called is compiled once more
    table, rest = np.empty(table_size(longest), np.uint64), np.empty(table_size(longest), np.uint64)
    own, first, counts = np.empty(longest, np.int32), np.empty(longest, np.int32), np.empty(longest, np.int32)
    hits, there, mates = np.empty(longest, np.int32), np.empty(longest, np.int32), np.empty(longest, np.int32)
    partner = np.empty(longest, np.int32)
    shingles, other_shingles = np.empty(longest, np.uint32), np.empty(longest, np.uint32)
    anchors, other_anchors = np.empty(longest, np.int64), np.empty(longest, np.int64)
    scores = np.empty((MAX_GAP + 1, MAX_GAP + 1), np.uint8)
    near = np.empty(n, np.uint8)
    whole = shingles_of(hashes[begin:end], flags[begin:end], shingle_size, shingles)
    distinct = number(shingles, whole, table, own, first, counts)
    for k in range(len(others)):
        words = slice(offsets[others[k]], offsets[others[k] + 1])
        count = shingles_of(hashes[words], flags[words], shingle_size, other_shingles)
        hits[:distinct] = 0
        look_up(other_shingles, count, table_size(whole) - 1, table, hits, there, mates, rest)
        anchored = once_in_each(whole, own, counts, hits, there, anchors, other_anchors)
        align_texts(
            hashes[begin:end], letters[begin:end], flags[begin:end], hashes[words], letters[words], flags[words],
            anchors[:anchored], other_anchors[:anchored], scores, partner[:n], near,
        )  # fmt: skip
        drop_lone_characters(flags[begin:end], partner[:n], near)
        i = 0
        while i < n:
            stop = i + 1
            value = np.uint32(SAME)
            if partner[i] < 0:
                while stop < n and partner[stop] < 0:
                    stop += 1
                value = np.uint32(UNKNOWN)
                if i > 0 and stop < n and stop - i <= MAX_SLOT:
                    instead = slice(words.start + partner[i - 1] + 1, words.start + partner[stop])
                    if 0 < instead.stop - instead.start <= MAX_SLOT:
                        worded = has_word(flags[begin + i : begin + stop]) or has_word(flags[instead])
                        value = entry(hashes[instead], worded)
            entries[k, i:stop] = value
            i = stop
