"""Given pairs of a corpus measured and judged, whether or not a candidate test proposes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from newsdedup.furniture import without_furniture
from newsdedup.model.catalog import Catalog
from newsdedup.model.match import Candidates, Test
from newsdedup.model.sketch import BoolArray, Float32Array, Int32Array, Int64Array, UInt8Array, UInt64Array
from newsdedup.plan import Plan
from newsdedup.progress import Progress
from newsdedup.readers.interface import Corpus
from newsdedup.sketching import Sketched, sketch_corpus
from newsdedup.stages.background import measure_background
from newsdedup.stages.candidates import Proposed, propose
from newsdedup.stages.measure import measure
from newsdedup.stages.verify import probability, verify
from newsdedup.workers import Workers

NO_RELATION = 255
"""Stands in `MeasuredPairs.relation` for two articles that are no match."""

_S32 = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class MeasuredPairs:
    """The n pairs of those given whose articles are both in the corpus, in the order given.

    int32 `left` < `right` index into `catalog`; int64 `rows` says which of the given pairs each is. float32 `evidence`
    (n, fields of Evidence); uint8 `relation` is the verdict as a place in RELATIONS, or NO_RELATION; float32
    `probability` that the two are one story; bool `proposed` says whether a candidate test proposes the pair, equal
    articles being represented by the first of them.
    """

    catalog: Catalog
    left: Int32Array
    right: Int32Array
    rows: Int64Array
    evidence: Float32Array
    relation: UInt8Array
    probability: Float32Array
    proposed: BoolArray
    missing: tuple[tuple[str, str], ...]
    """The given pairs of which an article is not in the corpus."""

    def __len__(self) -> int:
        return len(self.rows)


def measure_pairs(
    corpus: Corpus, pairs: Sequence[tuple[str, str]], plan: Plan, workers: Workers, progress: Progress
) -> MeasuredPairs:
    """Read the corpus, and measure and judge the given pairs of ids in it.

    The order of the two ids does not count; a pair may be given more than once. Raises ValueError if the two are one.
    """
    sketched = sketch_corpus(corpus, plan, workers, progress)
    progress.start("measure", len(pairs), "pairs")
    found, missing = _placed(pairs, sketched.catalog)
    measured = _measured(sketched, found, missing, plan)
    progress.finish()
    return measured


def _placed(
    pairs: Sequence[tuple[str, str]], catalog: Catalog
) -> tuple[list[tuple[int, int, int]], tuple[tuple[str, str], ...]]:
    """Row, lower and higher place of each pair that is there, and the pairs that are not."""
    places = catalog.places
    found, missing = [], []
    for row, (a, b) in enumerate(pairs):
        if a == b:
            raise ValueError(f'"{a}" is paired with itself')
        if a in places and b in places:
            left, right = sorted((places[a], places[b]))
            found.append((row, left, right))
        else:
            missing.append((a, b))
    return found, tuple(missing)


def _measured(
    sketched: Sketched, found: list[tuple[int, int, int]], missing: tuple[tuple[str, str], ...], plan: Plan
) -> MeasuredPairs:
    rows, left, right = np.array(found, np.int64).reshape(-1, 3).T
    unique, place = np.unique(_packed(left, right), return_inverse=True)
    a, b = (unique >> _S32).astype(np.int32), (unique & _LOW).astype(np.int32)
    prints = sketched.sketches.fingerprints
    once = Candidates(
        a, b, np.where(prints[a] == prints[b], Test.FINGERPRINT, 0).astype(np.uint8), np.ones(len(a), np.float32)
    )
    by_tests = propose(sketched.sketches, sketched.catalog.days, plan.candidates)
    background = measure_background(sketched.tokens, by_tests.joined, sketched.catalog.days)
    by = without_furniture(sketched, background, plan.furniture)
    evidence = measure(by.tokens, sketched.headlines, sketched.sketches, sketched.catalog, once, by.background)
    matches = verify(sketched.catalog.ids, sketched.tokens, once, evidence, plan.verify)
    matched = np.searchsorted(unique, _packed(matches.left, matches.right))
    relation: UInt8Array = np.full(len(unique), NO_RELATION, np.uint8)
    relation[matched] = matches.relation
    chance = probability(evidence, plan.verify.weights).astype(np.float32)
    chance[matched] = matches.probability
    proposed = _proposed(by_tests, a, b)
    return MeasuredPairs(
        catalog=sketched.catalog,
        left=left.astype(np.int32),
        right=right.astype(np.int32),
        rows=rows,
        evidence=evidence[place],
        relation=relation[place],
        probability=chance[place],
        proposed=proposed[place],
        missing=missing,
    )


def _proposed(by_tests: Proposed, left: Int32Array, right: Int32Array) -> BoolArray:
    """Whether the candidate tests propose each pair, or that of the articles that represent the two."""
    a, b = by_tests.joined.first[left], by_tests.joined.first[right]
    known = _packed(by_tests.candidates.left, by_tests.candidates.right)
    found: BoolArray = (a == b) | np.isin(_packed(np.minimum(a, b), np.maximum(a, b)), known)
    return found


def _packed(left: np.typing.NDArray[np.integer], right: np.typing.NDArray[np.integer]) -> UInt64Array:
    packed: UInt64Array = left.astype(np.uint64) << _S32 | right.astype(np.uint64)
    return packed
