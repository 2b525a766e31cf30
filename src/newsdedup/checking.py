"""New articles against those of an index: by the same sketches, measures and rules as the articles of one run.

All that an index needs of the stages stands here, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from newsdedup.model.article import Article, ArticleRef
from newsdedup.model.background import Background
from newsdedup.model.catalog import Catalog
from newsdedup.model.match import Candidates, MatchTable, Test
from newsdedup.model.sketch import Int32Array, Int64Array, Tokens, UInt8Array, UInt64Array
from newsdedup.plan import CandidateParams, Plan
from newsdedup.progress import Silent
from newsdedup.readers.memory import MemoryCorpus
from newsdedup.sketching import Sketched, sketch_corpus
from newsdedup.stages.background import background_of, count_into
from newsdedup.stages.candidates import propose
from newsdedup.stages.kernels.groups import band_keys
from newsdedup.stages.measure import measure
from newsdedup.stages.sketch import sketch
from newsdedup.stages.text.view import matching_text
from newsdedup.stages.verify import verify
from newsdedup.stores.content import Kept, unpack
from newsdedup.stores.interface import Hits, Row, Store
from newsdedup.stores.keys import BAND, PRINT, SAMPLE, keys_of
from newsdedup.stores.tally import Tally
from newsdedup.workers import Workers

MOST_CANDIDATES = 32
"""Known articles that one new article is compared with: those that share most keys with it."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What articles are found by: uint64 `keys`, int32 `owners` (rows of articles), uint8 `tests` (bits of Test)."""

    keys: UInt64Array
    owners: Int32Array
    tests: UInt8Array


@dataclass(frozen=True, slots=True)
class Pairs:
    """Known and new articles worth a full comparison: int64 `numbers` in the index, int32 `rows` of the new ones."""

    numbers: Int64Array
    rows: Int32Array
    tests: UInt8Array
    shared: Int32Array
    """Sampled shingles that both have."""


def params_of(plan: Plan) -> dict[str, dict[str, int]]:
    """The settings, by section, that the content of an index depends on."""
    return {
        "sketch": asdict(plan.sketch),
        "text": asdict(plan.text),
        "candidates": {"min_words": plan.candidates.min_words},
    }


def sketch_articles(articles: Sequence[Article], plan: Plan) -> Sketched:
    """Sketch articles that are in hand."""
    return sketch_corpus(MemoryCorpus(articles), plan, Workers(1), Silent())


def keys_in(sketched: Sketched, plan: Plan) -> Keys:
    """By what the candidate tests of a run would find the articles: fingerprints, bands and samples."""
    sketches = sketched.sketches
    worded = np.flatnonzero(sketches.words > 0).astype(np.int32)
    live = np.flatnonzero((sketches.words >= plan.candidates.min_words) & (sketches.shingles > 0)).astype(np.int32)
    parts = [(PRINT, Test.FINGERPRINT, sketches.fingerprints[worded], worded)]
    signatures = sketches.signatures[live]
    for number in range(plan.sketch.bands):
        band: UInt64Array = np.empty(len(live), np.uint64)
        band_keys(signatures, number * plan.sketch.rows, plan.sketch.rows, band)
        parts.append((BAND + number, Test.BANDS, band, live))
    owners = np.repeat(np.arange(len(sketches), dtype=np.int32), np.diff(sketches.sample_offsets))
    kept = np.isin(owners, live)
    parts.append((SAMPLE, Test.SAMPLE, sketches.sample_hashes[kept], owners[kept]))
    sizes = [len(hashes) for _, _, hashes, _ in parts]
    kinds = np.repeat(np.array([kind for kind, _, _, _ in parts], np.uint64), sizes)
    return Keys(
        keys_of(np.concatenate([hashes for _, _, hashes, _ in parts]), kinds),
        np.concatenate([own for _, _, _, own in parts]),
        np.repeat(np.array([test for _, test, _, _ in parts], np.uint8), sizes),
    )


def count_in(tally: Tally, tokens: Tokens, plan: Plan) -> None:
    """Count what articles add to the background of an index."""
    count_into(tally.counts(), tokens, plan.sketch.shingle_size)
    tally.articles += len(tokens)


def background_in(store: Store, more: Tokens | None, plan: Plan) -> Background:
    """The background of an index, and of the tokens of further articles."""
    tally = Tally(store.counts())
    if more is not None:
        count_in(tally, more, plan)
    return background_of(tally.counts())


def find_pairs(hits: Hits, keys: Keys, sketched: Sketched, params: CandidateParams) -> Pairs:
    """From keys that were found to pairs, by the rules of the candidate tests.

    That a sample must be shared in part is settled by `enough_shared`, once the known articles have been fetched.
    """
    sizes = np.diff(sketched.sketches.sample_offsets)
    packed = keys.owners[hits.places].astype(np.uint64) << np.uint64(32) | hits.numbers.astype(np.uint64)
    pairs, place = np.unique(packed, return_inverse=True)
    found = keys.tests[hits.places]
    shared = np.bincount(place[found == Test.SAMPLE], minlength=len(pairs)).astype(np.int32)
    banded = np.bincount(place[found == Test.BANDS], minlength=len(pairs))
    equal = np.bincount(place[found == Test.FINGERPRINT], minlength=len(pairs)) > 0
    rows = (pairs >> np.uint64(32)).astype(np.int32)
    sampled = (shared > 0) & (shared >= np.minimum(params.min_shared, sizes[rows]))
    tests = (
        equal * np.uint8(Test.FINGERPRINT) | (banded > 0) * np.uint8(Test.BANDS) | sampled * np.uint8(Test.SAMPLE)
    ).astype(np.uint8)
    worth = np.flatnonzero(tests)
    order = worth[np.lexsort((pairs[worth], -(shared + banded)[worth], ~equal[worth], rows[worth]))]
    begins = np.searchsorted(rows[order], rows[order])
    order = np.sort(order[np.arange(len(order)) - begins < MOST_CANDIDATES])
    numbers = (pairs[order] & np.uint64(0xFFFFFFFF)).astype(np.int64)
    return Pairs(numbers, rows[order], tests[order], shared[order])


def enough_shared(pairs: Pairs, samples: Int64Array, sketched: Sketched, params: CandidateParams) -> UInt8Array:
    """The tests of each pair that hold, knowing how many samples the known article has."""
    smaller = np.minimum(np.diff(sketched.sketches.sample_offsets)[pairs.rows], samples)
    few = (pairs.shared < np.minimum(params.min_shared, smaller)) | (pairs.shared < params.min_overlap * smaller)
    tests: UInt8Array = np.where(few, pairs.tests & np.uint8(0xFF ^ Test.SAMPLE), pairs.tests)
    return tests


def sibling_pairs(sketched: Sketched, params: CandidateParams) -> Candidates:
    """Pairs within one delivery."""
    if len(sketched.catalog) < 2:
        return Candidates(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.uint8))
    return propose(sketched.sketches, params)[0]


def compare(
    rows: Sequence[Row],
    refs: Sequence[ArticleRef],
    sketched: Sketched,
    pairs: Candidates,
    background: Background,
    plan: Plan,
) -> MatchTable:
    """The matches among pairs of the known articles (first) and the new ones (behind them), sorted by pair."""
    tokens, headlines = tokens_of(rows, plan), _headlines(refs, plan)
    catalog = _catalog(refs, sketched.catalog)
    all_tokens, all_headlines = _joined(tokens, sketched.tokens), _joined(headlines, sketched.headlines)
    evidence = measure(all_tokens, all_headlines, catalog, pairs, background, plan.sketch.shingle_size)
    return verify(catalog.ids, all_tokens, pairs, evidence, plan.verify)


def tokens_of(rows: Sequence[Row], plan: Plan) -> Tokens:
    """The tokens of known articles, from what was kept of them."""
    contents = [unpack(row.content) for row in rows]
    texts = [matching_text(content, plan.text) for content in contents if isinstance(content, str)]
    made = sketch(texts, replace(plan.sketch, num_perm=1, bands=1, rows=1))[1]
    if len(texts) == len(rows):
        return made
    kept = [content for content in contents if isinstance(content, Kept)]
    if len(kept) != len(rows):
        raise ValueError("an index keeps either texts or tokens")
    return Tokens(
        np.concatenate([k.hashes for k in kept]),
        np.concatenate([k.letters for k in kept]),
        np.concatenate([k.flags for k in kept]),
        np.concatenate([[0], np.cumsum([len(k.hashes) for k in kept])]).astype(np.int64),
    )


def _headlines(refs: Sequence[ArticleRef], plan: Plan) -> Tokens:
    return sketch([ref.title for ref in refs], replace(plan.sketch, num_perm=1, bands=1, rows=1))[1]


def _joined(a: Tokens, b: Tokens) -> Tokens:
    return Tokens(
        np.concatenate([a.hashes, b.hashes]),
        np.concatenate([a.letters, b.letters]),
        np.concatenate([a.flags, b.flags]),
        np.concatenate([a.offsets, b.offsets[1:] + a.offsets[-1]]),
    )


def _catalog(refs: Sequence[ArticleRef], new: Catalog) -> Catalog:
    known = Catalog.of(refs)
    return Catalog(
        ids=known.ids + new.ids,
        sources=known.sources + new.sources,
        source=np.concatenate([known.source, new.source + np.int32(len(known.sources))]),
        record=np.concatenate([known.record, new.record]),
        titles=known.titles + new.titles,
        publishers=known.publishers + new.publishers,
        publisher=np.concatenate([known.publisher, new.publisher + np.int32(len(known.publishers))]),
        published=np.concatenate([known.published, new.published]),
        status=np.concatenate([known.status, new.status]),
        words=np.concatenate([known.words, new.words]),
    )
