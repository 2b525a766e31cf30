"""Counts of words and days added up, and packed in as few bytes as they need."""

from __future__ import annotations

import struct
from collections import Counter

import numpy as np

from newsdedup.model.background import Counts
from newsdedup.model.sketch import UInt32Array

WORD_BUCKETS = 1 << 20
"""As a run has."""

_HEAD = struct.Struct("<qII")
_DENSE = 0xFFFFFFFF
"""Stands for the number of buckets where all of them are given."""


class Tally:
    """Counts that grow and shrink; begins with those given, which it changes, or with none."""

    def __init__(self, counts: Counts | None = None) -> None:
        self.articles = counts.articles if counts else 0
        self._words: UInt32Array = counts.words if counts else np.zeros(WORD_BUCKETS, np.uint32)
        self._days = counts.days if counts else Counter[int]()

    def add(self, packed: bytes, sign: int = 1) -> None:
        """Add what `pack` gave, or take it away."""
        articles, n_words, n_days = _HEAD.unpack_from(packed)
        self.articles += sign * articles
        at = _HEAD.size
        days, counts = np.frombuffer(packed, np.uint32, 2 * n_days, at).reshape(2, -1).tolist()
        for day, count in zip(days, counts, strict=True):
            self._days[day] += sign * count
            if self._days[day] <= 0:
                del self._days[day]
        at += 8 * n_days
        if n_words == _DENSE:
            self._words[:] = _moved(self._words, np.frombuffer(packed, np.uint32, WORD_BUCKETS, at), sign)
            return
        places, counted = np.frombuffer(packed, np.uint32, 2 * n_words, at).reshape(2, -1)
        self._words[places] = _moved(self._words[places], counted, sign)

    def counts(self) -> Counts:
        """What was added up; not a copy, so that more may be counted into it."""
        return Counts(self.articles, self._words, self._days)


def pack(counts: Counts) -> bytes:
    """Counts as bytes: bucket by bucket where most are empty, else as they are."""
    days = sorted(counts.days.items())
    told = np.array(days, np.uint32).reshape(-1, 2).T.tobytes()
    words = np.flatnonzero(counts.words)
    if 2 * len(words) >= WORD_BUCKETS:
        return _HEAD.pack(counts.articles, _DENSE, len(days)) + told + counts.words.tobytes()
    head = _HEAD.pack(counts.articles, len(words), len(days))
    return head + told + words.astype(np.uint32).tobytes() + counts.words[words].tobytes()


def _moved(counts: UInt32Array, by: UInt32Array, sign: int) -> UInt32Array:
    return counts + by if sign > 0 else counts - np.minimum(counts, by)
