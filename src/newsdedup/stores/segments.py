"""Sorted entries cut into chunks, and keys looked up in them: the arithmetic of an index that only ever grows.

New entries make a new segment; segments of like size are merged, so that n entries lie in O(log n) of them and each
is written O(log n) times (O'Neil et al., The Log-Structured Merge-Tree, 1996).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from newsdedup.model.sketch import Int64Array, UInt64Array
from newsdedup.stores.interface import NO_HITS, NUMBER_BITS, Hits, numbers_of

CHUNK = 510
"""Entries in a chunk: four just fit a database page of 16 KiB."""
FAN = 4
"""Segments of like size that are merged."""
AT_ONCE = 2048
"""Keys looked up together; their chunks take up to 16 MB."""
SMALL = 4 * CHUNK * FAN
"""Up to here segments are all of like size."""

_SHIFT = np.uint64(NUMBER_BITS)
_LAST_NUMBER = np.uint64((1 << NUMBER_BITS) - 1)

Fetch = Callable[[Int64Array], UInt64Array]
"""The entries of some chunks of a segment, given in ascending order, one after the other."""


def tier(entries: int) -> int:
    """Segments of one tier are of like size."""
    level = 0
    while entries > SMALL:
        entries //= FAN
        level += 1
    return level


def due(sizes: Sequence[int]) -> list[int]:
    """Places of the segments that should now be merged, or none; the smallest ones first."""
    by_tier: dict[int, list[int]] = {}
    for place, size in enumerate(sizes):
        by_tier.setdefault(tier(size), []).append(place)
    return next((places for _, places in sorted(by_tier.items()) if len(places) >= FAN), [])


def chunks(pieces: Iterable[UInt64Array]) -> Iterator[UInt64Array]:
    """Sorted pieces, each above the one before, as full chunks and a last one that may be short."""
    rest = np.zeros(0, np.uint64)
    for piece in pieces:
        joined = np.concatenate([rest, piece])
        full = len(joined) // CHUNK * CHUNK
        for start in range(0, full, CHUNK):
            yield joined[start : start + CHUNK]
        rest = joined[full:]
    if len(rest):
        yield rest


def merged(segments: Sequence[tuple[UInt64Array, Fetch]], dead: Int64Array, width: int = 2048) -> Iterator[UInt64Array]:
    """The entries of some segments (first entry of each chunk, and how to get chunks), sorted, without dead articles.

    Holds about `width` chunks at once.
    """
    fences = np.sort(np.concatenate([fence for fence, _ in segments]))
    bounds = np.append(np.unique(fences[::width]), np.uint64(2**64 - 1))
    for low, high in pairwise(bounds):
        parts = [_between(fence, fetch, low, high, last=high == bounds[-1]) for fence, fetch in segments]
        piece = np.sort(np.concatenate(parts))
        if len(dead):
            piece = piece[~np.isin(numbers_of(piece), dead)]
        yield piece


def _between(fence: UInt64Array, fetch: Fetch, low: np.uint64, high: np.uint64, *, last: bool) -> UInt64Array:
    first = max(int(np.searchsorted(fence, low, "right")) - 1, 0)
    end = len(fence) if last else int(np.searchsorted(fence, high, "left"))
    entries = fetch(np.arange(first, max(end, first)))
    if last:
        return entries[np.searchsorted(entries, low) :]
    return entries[np.searchsorted(entries, low) : np.searchsorted(entries, high)]


def find(keys: UInt64Array, fence: UInt64Array, fetch: Fetch, cap: int) -> Hits:
    """Look keys up in one segment; see `Store.look_up`.

    Goes through the segment once, in order, and holds the chunks of some keys at a time.
    """
    order = np.argsort(keys)
    hits = []
    for start in range(0, len(keys), AT_ONCE):
        some = order[start : start + AT_ONCE]
        found = _find(keys[some], fence, fetch, cap)
        hits.append(Hits(some[found.places], found.numbers, some[found.capped]))
    return joined(hits)


def _find(keys: UInt64Array, fence: UInt64Array, fetch: Fetch, cap: int) -> Hits:
    low = keys << _SHIFT
    high = low | _LAST_NUMBER
    # a key may begin in the chunk before the one whose first entry it is
    first = np.maximum(np.searchsorted(fence, low, "left") - 1, 0)
    last = np.maximum(np.searchsorted(fence, high, "right") - 1, 0)
    entries = fetch(np.unique(np.concatenate([first, last])))
    start, end = np.searchsorted(entries, low, "left"), np.searchsorted(entries, high, "right")
    sizes = end - start
    hot = (sizes > cap) | (last - first > 1)  # of a key that fills whole chunks, those in between were not fetched
    places = np.arange(len(keys), dtype=np.int64)
    cool = np.where(hot, 0, sizes)
    offsets = np.repeat(start - np.append(0, np.cumsum(cool)[:-1]), cool)
    at = np.concatenate([np.arange(cool.sum()) + offsets, start[hot], end[hot] - 1])
    which = np.concatenate([np.repeat(places, cool), places[hot], places[hot]])
    return Hits(which, numbers_of(entries[at]), np.flatnonzero(hot))


def joined(hits: Sequence[Hits]) -> Hits:
    """Hits of several segments together."""
    if not hits:
        return NO_HITS
    return Hits(
        np.concatenate([hit.places for hit in hits]),
        np.concatenate([hit.numbers for hit in hits]),
        np.concatenate([hit.capped for hit in hits]),
    )
