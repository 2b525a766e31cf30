"""Which pairs of articles are worth a full comparison.

Three tests propose pairs, from cheap and strict to broad: equal fingerprints; LSH over MinHash signatures, for articles
alike as a whole (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, ch. 3); and a join of the samples, for
articles of which one holds part of the other. Equal articles are represented by the first of them in the last two.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from newsdedup.model.match import Candidates, Test
from newsdedup.model.sketch import BoolArray, Int32Array, Sketches, UInt8Array, UInt64Array
from newsdedup.plan import CandidateParams
from newsdedup.stages.kernels.groups import band_keys, count_pairs, fill_pairs

_S32 = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Pairs packed as `lower << 32 | higher`, sorted and unique, and how many groups were too large to pair in full."""

    pairs: UInt64Array
    capped: int


def propose(sketches: Sketches, params: CandidateParams) -> tuple[Candidates, int]:
    """All candidate pairs of the articles, and how many groups were too large to be paired in full.

    Cost grows with n log n, and with the number of pairs.
    """
    n = len(sketches)
    equal = equal_pairs(sketches)
    alone = np.ones(n, np.bool_)
    alone[(equal.pairs & _LOW).astype(np.int64)] = False
    live = alone & (sketches.words >= params.min_words) & (sketches.shingles > 0)
    similar = band_pairs(sketches, live, params.max_group)
    sharing = sample_pairs(sketches, live, params)
    found = ((Test.FINGERPRINT, equal), (Test.BANDS, similar), (Test.SAMPLE, sharing))
    pairs = np.unique(np.concatenate([proposal.pairs for _, proposal in found]))
    tests: UInt8Array = np.zeros(len(pairs), np.uint8)
    for test, proposal in found:
        tests[np.searchsorted(pairs, proposal.pairs)] |= np.uint8(test)
    candidates = Candidates((pairs >> _S32).astype(np.int32), (pairs & _LOW).astype(np.int32), tests)
    return candidates, similar.capped + sharing.capped


def equal_pairs(sketches: Sketches) -> Proposal:
    """Each article with the first one that has the same fingerprint: n - 1 pairs for n equal articles."""
    order = np.argsort(sketches.fingerprints, kind="stable").astype(np.int64)
    order = order[sketches.words[order] > 0]
    prints = sketches.fingerprints[order]
    new = np.ones(len(order), np.bool_)
    new[1:] = prints[1:] != prints[:-1]
    # a stable sort keeps equal articles in order, so that the first of a group is its lowest
    first = order[np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))]
    pairs = first[~new].astype(np.uint64) << _S32 | order[~new].astype(np.uint64)
    return Proposal(np.sort(pairs), 0)


def band_pairs(sketches: Sketches, live: BoolArray, max_group: int) -> Proposal:
    """Pairs of live articles whose signatures agree in all rows of at least one band.

    For groups of up to `max_group` these are the pairs that `datasketch.MinHashLSH` finds with the same bands and rows.
    """
    members = np.flatnonzero(live).astype(np.int32)
    signatures = sketches.signatures[members]
    keys: UInt64Array = np.empty(len(members), np.uint64)
    found: list[UInt64Array] = []
    capped = 0
    for band in range(sketches.params.bands):
        band_keys(signatures, band * sketches.params.rows, sketches.params.rows, keys)
        proposal = _grouped(keys, members, max_group)
        found.append(np.unique(proposal.pairs))
        capped += proposal.capped
    return Proposal(np.unique(np.concatenate(found)), capped)


def sample_pairs(sketches: Sketches, live: BoolArray, params: CandidateParams) -> Proposal:
    """Pairs of live articles that share `min_shared` sampled shingles and `min_overlap` of the smaller sample."""
    sizes = np.diff(sketches.sample_offsets)
    owners = np.repeat(np.arange(len(sketches), dtype=np.int32), sizes)
    kept = live[owners]
    proposal = _grouped(sketches.sample_hashes[kept], owners[kept], params.max_group)
    pairs, shared = np.unique(proposal.pairs, return_counts=True)
    smaller = np.minimum(sizes[(pairs >> _S32).astype(np.int64)], sizes[(pairs & _LOW).astype(np.int64)])
    enough = (shared >= np.minimum(params.min_shared, smaller)) & (shared >= params.min_overlap * smaller)
    return Proposal(pairs[enough], proposal.capped)


def _grouped(keys: UInt64Array, members: Int32Array, max_group: int) -> Proposal:
    """The pairs of members with equal keys, not sorted; a pair may come more than once."""
    order = np.argsort(keys)
    ordered = keys[order]
    count, capped = count_pairs(ordered, max_group)
    pairs: UInt64Array = np.empty(count, np.uint64)
    fill_pairs(ordered, members[order], max_group, pairs)
    return Proposal(pairs, capped)
