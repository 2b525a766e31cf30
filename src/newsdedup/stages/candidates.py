"""Which pairs of articles are worth a full comparison.

Three tests propose pairs, from cheap and strict to broad: equal fingerprints; LSH over MinHash signatures, for articles
alike as a whole (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, ch. 3); and a join of the samples, for
articles of which one holds part of the other. Equal articles are represented by the first of them in the last two.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from newsdedup.model.match import Candidates, Test
from newsdedup.model.sketch import BoolArray, Float32Array, Int32Array, Sketches, UInt8Array, UInt64Array
from newsdedup.plan import CandidateParams
from newsdedup.stages.join import Join
from newsdedup.stages.kernels.groups import count_pairs, count_runs, fill_pairs

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


def propose(sketches: Sketches, joined: Join, params: CandidateParams) -> tuple[Candidates, int]:
    """All candidate pairs of the articles, and how many groups were too large to be paired in full.

    Cost grows with n log n, and with the number of pairs.
    """
    equal = equal_pairs(joined.first)
    similar = band_pairs(sketches, joined.live, params.max_group)
    sharing = sample_pairs(sketches, joined, params)
    found = ((Test.FINGERPRINT, equal), (Test.BANDS, similar), (Test.SAMPLE, sharing))
    pairs = np.unique(np.concatenate([proposal.pairs for _, proposal in found]))
    tests: UInt8Array = np.zeros(len(pairs), np.uint8)
    strength: Float32Array = np.zeros(len(pairs), np.float32)
    for test, proposal in found:
        rows = np.searchsorted(pairs, proposal.pairs)
        tests[rows] |= np.uint8(test)
        strength[rows] = np.maximum(strength[rows], proposal.strength)
    candidates = Candidates((pairs >> _S32).astype(np.int32), (pairs & _LOW).astype(np.int32), tests, strength)
    return candidates, similar.capped + sharing.capped


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
    members = np.flatnonzero(live).astype(np.int32)
    bands = sketches.params.bands
    found: list[UInt64Array] = []
    capped = 0
    for band in range(bands):
        keys = sketches.band_keys[members, band].astype(np.uint64) << _S32
        keys |= np.arange(len(members), dtype=np.uint64)
        keys.sort()
        pairs, over = _pairs(keys, 32, members, max_group)
        found.append(pairs)
        capped += over
    pairs, counts = _counted(np.concatenate(found))
    return Proposal(pairs, (counts / bands).astype(np.float32), capped)


def sample_pairs(sketches: Sketches, joined: Join, params: CandidateParams) -> Proposal:
    """Pairs of live articles that share `min_shared` sampled shingles and `min_overlap` of the smaller sample.

    Their strength is the share of the smaller sample that is shared, an estimate of containment.
    """
    sizes = np.diff(sketches.sample_offsets)
    every, capped = _pairs(joined.keys, joined.place_bits, joined.owners, params.max_group)
    pairs, shared = _counted(every)
    smaller = np.minimum(sizes[(pairs >> _S32).astype(np.int64)], sizes[(pairs & _LOW).astype(np.int64)])
    enough = (shared >= np.minimum(params.min_shared, smaller)) & (shared >= params.min_overlap * smaller)
    return Proposal(pairs[enough], (shared[enough] / smaller[enough]).astype(np.float32), capped)


def _pairs(keys: UInt64Array, low_bits: int, owners: Int32Array, max_group: int) -> tuple[UInt64Array, int]:
    """The pairs of owners of equal keys, not sorted, a pair as often as they share a key; and the groups too large."""
    count, capped = count_pairs(keys, low_bits, max_group)
    pairs: UInt64Array = np.empty(count, np.uint64)
    fill_pairs(keys, low_bits, owners, max_group, pairs)
    return pairs, capped


def _counted(pairs: UInt64Array) -> tuple[UInt64Array, Int32Array]:
    """The distinct pairs, sorted, and how often each is there; sorts `pairs` in place."""
    pairs.sort()
    unique: UInt64Array = np.empty(len(pairs), np.uint64)
    counts: Int32Array = np.empty(len(pairs), np.int32)
    n = count_runs(pairs, unique, counts)
    return unique[:n].copy(), counts[:n].copy()
