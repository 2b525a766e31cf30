"""Which articles are the same text, and which sampled shingles they share: what candidates and background rest on."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from newsdedup.model.sketch import BoolArray, Int32Array, Int64Array, Sketches, UInt8Array, UInt64Array
from newsdedup.stages.kernels.groups import LANDMARK_BITS, copy_counts, count_holders, key_samples

KEYED_AT_ONCE = 1 << 15
"""Articles whose samples are looked at before the memory they lie in is let go."""
COUNTED_AT_ONCE = 1 << 20
"""Keys counted by one thread at a time: bounds the memory for what is known of each."""


@dataclass(frozen=True, slots=True)
class Represented:
    """Who stands for whom: int32 `first` (n,), the first article that has the same tokens, itself if it is that.

    bool `live` (n,): whether an article is first, and long enough to be compared.
    """

    first: Int32Array
    live: BoolArray


@dataclass(frozen=True, slots=True)
class Join:
    """The articles and the samples of a corpus, joined on equal hashes.

    `first` and `live` are those of `Represented`; uint64 `keys` sorted: the upper bits of each are a hash of a
    sampled shingle, the lower `article_bits` a live article that has it. uint8 `holders` and `days`, by place in
    `Sketches.sample_hashes`: how many live articles hold the same shingle, and on how many days they were published,
    both up to 255; 0 for the shingles of articles that are neither live nor equal to one that is.
    """

    first: Int32Array
    live: BoolArray
    keys: UInt64Array
    article_bits: int
    holders: UInt8Array
    days: UInt8Array


def represent(sketches: Sketches, min_words: int) -> Represented:
    """Who stands for whom, and which articles of at least `min_words` are to be compared."""
    first = first_equal(sketches)
    live = (first == np.arange(len(first))) & (sketches.words >= min_words) & (sketches.shingles > 0)
    return Represented(first, live)


def join(sketches: Sketches, days: Int64Array, who: Represented, pool: Executor | None = None) -> Join:
    """Join a corpus with itself; one sort, of its sample. int64 `days` (n,): the day of each article, -1 if unknown.

    `who` is what `represent` says; what can be done in parts is done in the threads of `pool`, if there is one.

    Of hashes 64 - `article_bits` bits are compared, which is enough for two equal ones to be no accident that matters:
    in 100 million articles one pair of different shingles in a hundred thousand is taken for equal.
    """
    first, live = who.first, who.live
    offsets = sketches.sample_offsets
    sizes = np.diff(offsets)
    total = len(sketches.sample_hashes)
    bits = max(total.bit_length(), 1)
    keys: UInt64Array = np.empty(int(sizes[live].sum()), np.uint64)
    n = 0
    for start in range(0, len(live), KEYED_AT_ONCE):
        stop = start + KEYED_AT_ONCE
        n += key_samples(sketches.sample_hashes, offsets[start : stop + 1], live[start:stop], bits, keys[n:])
        sketches.let_go()
    keys.sort()
    landmarks = np.searchsorted(offsets, np.arange(0, total, 1 << LANDMARK_BITS), side="right").astype(np.int32) - 1
    holders, on_days = (np.zeros(total, np.uint8) for _ in range(2))

    def count(part: tuple[int, int]) -> None:
        count_holders(keys[slice(*part)], bits, offsets, landmarks, days, holders, on_days)

    list((pool.map if pool else map)(count, _parts(keys, bits)))
    # the same text says the same, whoever holds it: equal articles have equal samples
    copy_counts(first, live, offsets, holders, on_days)
    return Join(first, live, keys, bits, holders, on_days)


def _parts(keys: UInt64Array, bits: int) -> list[tuple[int, int]]:
    """Sorted keys cut into parts of about COUNTED_AT_ONCE, where those above the lower bits are not equal."""
    cuts = [0]
    while (end := cuts[-1] + COUNTED_AT_ONCE) < len(keys):
        above = ((int(keys[end]) >> bits) + 1) << bits
        cuts.append(int(np.searchsorted(keys, np.uint64(above))) if above < 1 << 64 else len(keys))
    return list(pairwise([*cuts, len(keys)]))


def first_equal(sketches: Sketches) -> Int32Array:
    """For each article the first one with the same fingerprint; a text without words is equal to none. int32 (n,)."""
    n = len(sketches)
    order = np.argsort(sketches.fingerprints, kind="stable").astype(np.int32)
    prints = sketches.fingerprints[order]
    new = np.ones(n, np.bool_)
    new[1:] = prints[1:] != prints[:-1]
    new |= sketches.words[order] == 0
    # a stable sort keeps equal articles in order, so that the first of a group is its lowest
    first = np.empty(n, np.int32)
    first[order] = order[np.maximum.accumulate(np.where(new, np.arange(n), 0))]
    return first
