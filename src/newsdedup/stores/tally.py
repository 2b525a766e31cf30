"""Counts of words and shingles added up, and packed in as few bytes as they need."""

from __future__ import annotations

import struct

import numpy as np

from newsdedup.model.background import Counts
from newsdedup.model.sketch import UInt8Array, UInt32Array

WORD_BUCKETS = 1 << 20
SHINGLE_BUCKETS = 1 << 26
"""As a run over a large corpus has; memory is only taken where something is counted."""
FULL = 255
"""A shingle count that stands for that many or more, and so is never lowered."""

_HEAD = struct.Struct("<qIIB7x")
_SPARSE, _DENSE = 0, 1


class Tally:
    """Counts that grow and shrink; begins with those given, which it changes, or with none."""

    def __init__(self, counts: Counts | None = None) -> None:
        self.articles = counts.articles if counts else 0
        self._words: UInt32Array = counts.words if counts else np.zeros(WORD_BUCKETS, np.uint32)
        self._shingles: UInt8Array = counts.shingles if counts else np.zeros(SHINGLE_BUCKETS, np.uint8)

    def add(self, packed: bytes, sign: int = 1) -> None:
        """Add what `pack` gave, or take it away."""
        articles, n_words, n_shingles, form = _HEAD.unpack_from(packed)
        self.articles += sign * articles
        at = _HEAD.size
        if form == _DENSE:
            words = np.frombuffer(packed, np.uint32, WORD_BUCKETS, at)
            shingles = np.frombuffer(packed, np.uint8, SHINGLE_BUCKETS, at + 4 * WORD_BUCKETS)
            self._words[:] = _moved(self._words, words, sign)
            self._shingles[:] = _moved_capped(self._shingles, shingles, sign)
            return
        places = np.frombuffer(packed, np.uint32, n_words, at)
        counts = np.frombuffer(packed, np.uint32, n_words, at + 4 * n_words)
        self._words[places] = _moved(self._words[places], counts, sign)
        at += 8 * n_words
        places = np.frombuffer(packed, np.uint32, n_shingles, at)
        capped = np.frombuffer(packed, np.uint8, n_shingles, at + 4 * n_shingles)
        self._shingles[places] = _moved_capped(self._shingles[places], capped, sign)

    def counts(self) -> Counts:
        """What was added up; not a copy, so that more may be counted into its arrays."""
        return Counts(self.articles, self._words, self._shingles)


def pack(counts: Counts) -> bytes:
    """Counts as bytes: bucket by bucket where most are empty, else as they are."""
    sparse = 8 * np.count_nonzero(counts.words) + 5 * np.count_nonzero(counts.shingles)
    if sparse >= 4 * WORD_BUCKETS + SHINGLE_BUCKETS:
        return _HEAD.pack(counts.articles, 0, 0, _DENSE) + counts.words.tobytes() + counts.shingles.tobytes()
    words = np.flatnonzero(counts.words)
    # eight buckets at a time, most of them empty
    eights = np.flatnonzero(counts.shingles.view(np.uint64))
    row, place = np.nonzero(counts.shingles.reshape(-1, 8)[eights])
    shingles = eights[row] * 8 + place
    parts = (
        _HEAD.pack(counts.articles, len(words), len(shingles), _SPARSE),
        words.astype(np.uint32).tobytes(),
        counts.words[words].tobytes(),
        shingles.astype(np.uint32).tobytes(),
        counts.shingles[shingles].tobytes(),
    )
    return b"".join(parts)


def _moved(counts: UInt32Array, by: UInt32Array, sign: int) -> UInt32Array:
    return counts + by if sign > 0 else counts - np.minimum(counts, by)


def _moved_capped(counts: UInt8Array, by: UInt8Array, sign: int) -> UInt8Array:
    more = np.minimum(np.uint8(FULL) - counts, by)
    moved: UInt8Array = counts + more if sign > 0 else np.where(counts == FULL, counts, counts - np.minimum(counts, by))
    return moved
