"""Which pairs of articles are worth a full comparison.

Three tests propose pairs, from cheap and strict to broad: equal fingerprints; LSH over MinHash signatures, for articles
alike as a whole (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, ch. 3); and a join of the samples, for
articles of which one holds part of the other. Equal articles are represented by the first of them in the last two.
"""

from __future__ import annotations

import math
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from newsdedup.model.match import Candidates, Test
from newsdedup.model.sketch import BoolArray, Float32Array, Int32Array, Int64Array, Sketches, UInt8Array, UInt64Array
from newsdedup.plan import CandidateParams
from newsdedup.stages.join import Join, join, represent
from newsdedup.stages.kernels.groups import MAX_WEIGHT, count_pairs, fill_pairs, group_sizes, keep_pairs, sum_weights

PAIRS_AT_LEAST = 1 << 22
PAIRS_PER_ARTICLE = 32
"""Groups of articles that share a sampled shingle give so many pairs in full, in a small and in a large corpus; where
that would be more, the largest groups give stars."""

PAIRS_AT_ONCE = 1 << 21
"""Sorted by one thread at a time: bounds the memory for pairs that are found more than once."""

_S32 = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Pairs packed as `lower << 32 | higher`, sorted and unique, and how many groups were too large to pair in full.

    float32 `strength` says how alike the two of each pair may be, 0.0 .. 1.0.
    """

    pairs: UInt64Array
    strength: Float32Array
    capped: int


@dataclass(frozen=True, slots=True)
class Proposed:
    """All candidate pairs of some articles, and the join of the articles with themselves that they come from."""

    candidates: Candidates
    capped: int
    """How many groups were too large to be paired in full."""
    joined: Join


def propose(sketches: Sketches, days: Int64Array, params: CandidateParams, pool: Executor | None = None) -> Proposed:
    """All candidate pairs of the articles; int64 `days` (n,): the day of each, -1 if unknown.

    Cost grows with n log n, and with the number of pairs. What can be done in parts is done in the threads of `pool`,
    if there is one.
    """
    who = represent(sketches, params.min_words)
    similar = band_pairs(sketches, who.live, params.max_group)
    sketches.let_go()
    joined = join(sketches, days, who, pool)
    sharing = sample_pairs(sketches, joined, params, pool)
    equal = equal_pairs(joined.first)
    found = ((Test.FINGERPRINT, equal), (Test.BANDS, similar), (Test.SAMPLE, sharing))
    pairs = np.sort(np.concatenate([proposal.pairs for _, proposal in found]))
    pairs = pairs[np.diff(pairs, prepend=np.uint64(0)) > 0]  # no pair is 0, since left < right
    tests: UInt8Array = np.zeros(len(pairs), np.uint8)
    strength: Float32Array = np.zeros(len(pairs), np.float32)
    for test, proposal in found:
        rows = np.searchsorted(pairs, proposal.pairs)
        tests[rows] |= np.uint8(test)
        strength[rows] = proposal.strength  # what the sample says counts, where there is a sample
    candidates = Candidates((pairs >> _S32).astype(np.int32), (pairs & _LOW).astype(np.int32), tests, strength)
    return Proposed(candidates, similar.capped + sharing.capped, joined)


def equal_pairs(first: Int32Array) -> Proposal:
    """Each article with the first one that has the same tokens: n - 1 pairs for n equal articles."""
    others = np.flatnonzero(first != np.arange(len(first)))
    pairs = np.sort(first[others].astype(np.uint64) << _S32 | others.astype(np.uint64))
    return Proposal(pairs, np.ones(len(pairs), np.float32), 0)


def band_pairs(sketches: Sketches, live: BoolArray, max_group: int) -> Proposal:
    """Pairs of live articles whose signatures agree in all rows of at least one band.

    For groups of up to `max_group` these are the pairs that `datasketch.MinHashLSH` finds with the same bands and rows,
    but for one in four billion more. Their strength is the share of bands that agree.
    """
    members = np.flatnonzero(live).astype(np.uint64)
    bands = sketches.params.bands
    found: list[UInt64Array] = []
    capped = 0
    for band in range(bands):
        keys = sketches.band_keys[members, band].astype(np.uint64) << _S32
        keys |= members
        keys.sort()
        counts: Int64Array = np.zeros(len(sketches), np.int64)
        capped += count_pairs(keys, 32, max_group, counts)
        pairs: UInt64Array = np.empty(int(counts.sum()), np.uint64)
        fill_pairs(keys, 32, max_group, np.ones(2, np.uint8), 0, len(sketches), pairs)
        found.append(pairs)
    agreeing = np.full(len(sketches), bands, np.int32)
    pairs, strength = _kept(np.concatenate(found), agreeing.astype(np.int64), (agreeing, agreeing), 1, 0.0)
    return Proposal(pairs, strength, capped)


def sample_pairs(sketches: Sketches, joined: Join, params: CandidateParams, pool: Executor | None = None) -> Proposal:
    """Pairs of live articles that share `min_shared` sampled shingles and `min_overlap` of the smaller sample.

    Their strength is the share of the smaller sample that is shared, weighted by how few articles hold each shingle:
    of two that share much the pair is the stronger that shares what is rare, not a form.
    """
    sizes = np.diff(sketches.sample_offsets)
    weights = _weights(int(np.count_nonzero(joined.live)))
    max_group = _affordable(joined, len(sketches), params.max_group)
    sums, in_full = np.zeros((2, len(sketches)), np.int32)
    sum_weights(sketches.sample_offsets, joined.holders, weights, max_group, sums, in_full)
    counts: Int64Array = np.zeros(len(sketches), np.int64)
    held = (joined.keys, joined.article_bits, max_group)
    capped = count_pairs(*held, counts)

    def among(part: tuple[int, int]) -> tuple[UInt64Array, Float32Array]:
        pairs: UInt64Array = np.empty(int(counts[slice(*part)].sum()), np.uint64)
        fill_pairs(*held, weights, *part, pairs)
        return _kept(pairs, sizes, (sums, in_full), params.min_shared, params.min_overlap)

    pairs, strength = zip(*(pool.map if pool else map)(among, _parts(counts)), strict=True)
    return Proposal(np.concatenate(pairs), np.concatenate(strength), capped)


def _parts(counts: Int64Array) -> list[tuple[int, int]]:
    """Articles in their order cut into parts of about PAIRS_AT_ONCE pairs; `counts` says how many each begins."""
    before = np.cumsum(counts) // PAIRS_AT_ONCE
    bounds = [0, *(np.flatnonzero(np.diff(before)) + 1).tolist(), len(counts)]
    return list(pairwise(bounds))


def _affordable(joined: Join, articles: int, max_group: int) -> int:
    """The largest group paired in full: `max_group`, or less where that would make too many pairs of a large corpus."""
    counts: Int64Array = np.zeros(max_group + 2, np.int64)
    group_sizes(joined.keys, joined.article_bits, counts)
    sizes = np.arange(max_group + 2)
    pairs = np.cumsum(counts * (sizes * (sizes - 1) // 2))
    most = max(PAIRS_AT_LEAST, PAIRS_PER_ARTICLE * articles)
    return int(np.searchsorted(pairs[: max_group + 1], most, side="right")) - 1


def _weights(n: int) -> UInt8Array:
    """What a shingle weighs that so many of n articles hold, uint8 (256,): idf scaled to 1 .. MAX_WEIGHT."""
    held = np.maximum(np.arange(256), 1)
    idf = np.log((n + 1) / np.minimum(held, n)) / math.log(n + 1) if n else np.ones(256)
    weights: UInt8Array = (1 + (MAX_WEIGHT - 1) * idf).round().astype(np.uint8)
    return weights


def _kept(
    pairs: UInt64Array, sizes: Int64Array, sums: tuple[Int32Array, Int32Array], min_shared: int, min_overlap: float
) -> tuple[UInt64Array, Float32Array]:
    """The distinct pairs that share enough, sorted, and their strength; sorts `pairs` in place."""
    pairs.sort()
    kept: UInt64Array = np.empty(len(pairs), np.uint64)
    strength: Float32Array = np.empty(len(pairs), np.float32)
    n = keep_pairs(pairs, sizes, *sums, min_shared, min_overlap, kept, strength)
    return kept[:n].copy(), strength[:n].copy()
