"""New articles against those of an index: by the same sketches, measures and rules as the articles of one run.

All that an index needs of the stages stands here, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from newsdedup.model.article import Article, ArticleRef
from newsdedup.model.background import Background
from newsdedup.model.catalog import Catalog, days_of
from newsdedup.model.match import NO_PAIRS, RELATIONS, Candidates, MatchTable, Relation, Test
from newsdedup.model.sketch import BoolArray, Int32Array, Int64Array, Sketches, Tokens, UInt8Array, UInt64Array
from newsdedup.plan import CandidateParams, Plan
from newsdedup.progress import Silent
from newsdedup.readers.memory import MemoryCorpus
from newsdedup.sketching import Sketched, sketch_corpus
from newsdedup.stages.background import background_of, count_into, tell_days
from newsdedup.stages.candidates import propose
from newsdedup.stages.measure import measure
from newsdedup.stages.siblings import MIN_ENTRIES, tell_siblings
from newsdedup.stages.sketch import samples_of, sketch, sketch_codes
from newsdedup.stages.text.view import matching_codes
from newsdedup.stages.text.wire import filing_of, plain_headline
from newsdedup.stages.verify import as_forms, verify
from newsdedup.stores.content import Kept, unpack
from newsdedup.stores.holders import Holdings, count_holders
from newsdedup.stores.interface import Row, Store
from newsdedup.stores.keys import BAND, PRINT, SAMPLE, keys_of
from newsdedup.stores.tally import Tally
from newsdedup.workers import Workers

MOST_CANDIDATES = 8
"""Known articles that one new article is compared with: those that share most keys with it."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What articles are found by: uint64 `keys`, int32 `owners` (rows of articles), uint8 `tests` (bits of Test).

    int32 `live`: the rows of those that are long enough to be compared.
    """

    keys: UInt64Array
    owners: Int32Array
    tests: UInt8Array
    live: Int32Array


@dataclass(frozen=True, slots=True)
class Words:
    """What an index says of words, whatever is compared."""

    background: Background
    """Without articles and samples."""
    dated: bool
    """Whether its articles are of enough days to tell what recurs."""


@dataclass(frozen=True, slots=True)
class Known:
    """Indexed articles ready to be compared: their tokens, and uint64 keys of their samples, sorted in each article."""

    tokens: Tokens
    samples: UInt64Array
    sample_offsets: Int64Array


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
    bands = sketches.band_keys[live].astype(np.uint64)
    parts += [(BAND + band, Test.BANDS, bands[:, band], live) for band in range(plan.sketch.bands)]
    owners = _owners(sketches.sample_offsets)
    kept = np.isin(owners, live)
    parts.append((SAMPLE, Test.SAMPLE, sketches.sample_hashes[kept], owners[kept]))
    sizes = [len(hashes) for _, _, hashes, _ in parts]
    kinds = np.repeat(np.array([kind for kind, _, _, _ in parts], np.uint64), sizes)
    return Keys(
        keys_of(np.concatenate([hashes for _, _, hashes, _ in parts]), kinds),
        np.concatenate([own for _, _, _, own in parts]),
        np.repeat(np.array([test for _, test, _, _ in parts], np.uint8), sizes),
        live,
    )


def samples_in(hashes: UInt64Array, offsets: Int64Array) -> UInt64Array:
    """The keys of samples, sorted within each article."""
    keys = keys_of(hashes, np.full(len(hashes), SAMPLE, np.uint64))
    return keys[np.lexsort((keys, _owners(offsets)))]


def _owners(offsets: Int64Array) -> Int32Array:
    return np.repeat(np.arange(len(offsets) - 1, dtype=np.int32), np.diff(offsets))


def days_in(rows: Sequence[Row]) -> Int64Array:
    """The day of each indexed article, -1 if unknown."""
    return days_of(np.array([row.published for row in rows], np.int64))


def count_in(tally: Tally, tokens: Tokens, days: Int64Array) -> None:
    """Count what articles add to the background of an index."""
    count_into(tally.counts(), tokens, days)
    tally.articles += len(tokens)


def words_in(store: Store, more: Sketched | None) -> Words:
    """What an index says of words, and further articles."""
    tally = Tally(store.counts())
    if more is not None:
        count_in(tally, more.tokens, more.catalog.days)
    counts = tally.counts()
    return Words(background_of(counts), tell_days(counts))


def find_pairs(store: Store, keys: Keys, sketched: Sketched, params: CandidateParams) -> Pairs:
    """Known articles that have the keys of new ones, by the rules of the candidate tests.

    That a sample must be shared in part is settled by `enough_shared`, once the known articles have been fetched.
    """
    hits = store.look_up(keys.keys, params.max_group)
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
        return NO_PAIRS
    return propose(sketched.sketches, sketched.catalog.days, params).candidates


def compare(
    store: Store,
    rows: Sequence[Row],
    refs: Sequence[ArticleRef],
    sketched: Sketched,
    keys: Keys,
    pairs: Candidates,
    words: Words,
    plan: Plan,
) -> MatchTable:
    """The matches among pairs of the known articles (first) and the new ones (behind them), sorted by pair."""
    known = known_of(rows, plan)
    every = [*refs, *sketched.catalog]
    catalog = Catalog.of(every, (filing_of(ref).filing for ref in every))
    tokens = _joined(known.tokens, sketched.tokens)
    headlines = _joined(_headlines(refs, plan), sketched.headlines)
    # of the sketches no more is measured than the samples, of which the keys say as much as the hashes
    own = sketched.sketches
    sketches = replace(
        own,
        sample_hashes=np.concatenate([known.samples, samples_in(own.sample_hashes, own.sample_offsets)]),
        sample_offsets=_offsets(known.sample_offsets, own.sample_offsets),
    )
    holders, on_days = _holders(store, sketches, sketched, keys, pairs)
    background = replace(
        words.background,
        sample_articles=holders,
        sample_days=on_days,
        days=catalog.days if words.dated else np.full(len(catalog), -1, np.int64),
    )
    evidence = measure(tokens, headlines, sketches, catalog, pairs, background)
    matches = verify(catalog.ids, tokens, pairs, evidence, plan.verify)
    return as_forms(matches, _formed(tokens, matches, len(rows), plan))


def _formed(tokens: Tokens, matches: MatchTable, first: int, plan: Plan) -> BoolArray:
    """Which matches are of two entries in one form, told by all that each new article, from `first` on, matches."""
    formed: BoolArray = np.zeros(len(matches), np.bool_)
    alike = matches.relation != RELATIONS.index(Relation.EXCERPT)
    for new in range(first, len(tokens)):
        rows = np.flatnonzero(((matches.left == new) | (matches.right == new)) & alike)
        if len(rows) + 1 >= MIN_ENTRIES:
            centres: Int32Array = np.full(len(tokens), -1, np.int32)
            centres[matches.left[rows]] = centres[matches.right[rows]] = new
            formed[rows] |= tell_siblings(tokens, matches.take(rows), centres, plan.sketch.shingle_size, set())
    return formed


def _holders(
    store: Store, sketches: Sketches, sketched: Sketched, keys: Keys, pairs: Candidates
) -> tuple[UInt8Array, UInt8Array]:
    """Beside the samples of known and new articles: how many articles hold each, and on how many days."""
    asked = np.isin(_owners(sketches.sample_offsets), np.concatenate([pairs.left, pairs.right]))
    wanted, place = np.unique(sketches.sample_hashes[asked], return_inverse=True)
    held = np.flatnonzero(keys.tests == Test.SAMPLE)
    owners = keys.owners[held]
    fingerprints = sketched.sketches.fingerprints.view(np.int64)
    new = Holdings(keys.keys[held], fingerprints[owners], sketched.catalog.days[owners])
    found = []
    for counted in count_holders(store, wanted, new):
        beside: UInt8Array = np.zeros(len(asked), np.uint8)
        beside[asked] = counted[place]
        found.append(beside)
    return found[0], found[1]


def known_of(rows: Sequence[Row], plan: Plan) -> Known:
    """What is compared of indexed articles, from what was kept of them."""
    contents = [unpack(row.content) for row in rows]
    kept = [content for content in contents if isinstance(content, Kept)]
    if kept:
        tokens = Tokens(
            np.concatenate([k.hashes for k in kept]),
            np.concatenate([k.letters for k in kept]),
            np.concatenate([k.flags for k in kept]),
            np.cumsum([0, *(len(k.hashes) for k in kept)]),
        )
        hashes, offsets = samples_of(tokens, plan.sketch)
    else:
        texts = [content for content in contents if isinstance(content, str)]
        sketches, tokens = sketch_codes(*matching_codes(texts, plan.text), replace(plan.sketch, bands=1, rows=1))
        hashes, offsets = sketches.sample_hashes, sketches.sample_offsets
    if len(tokens) != len(rows):
        raise ValueError("an index keeps either texts or tokens")
    return Known(tokens, samples_in(hashes, offsets), offsets)


def tokens_of(rows: Sequence[Row], plan: Plan) -> Tokens:
    """The tokens of indexed articles."""
    return known_of(rows, plan).tokens


def _headlines(refs: Sequence[ArticleRef], plan: Plan) -> Tokens:
    titles = [plain_headline(ref.title) for ref in refs]
    return sketch(titles, replace(plan.sketch, bands=1, rows=1))[1]


def _joined(a: Tokens, b: Tokens) -> Tokens:
    return Tokens(
        np.concatenate([a.hashes, b.hashes]),
        np.concatenate([a.letters, b.letters]),
        np.concatenate([a.flags, b.flags]),
        _offsets(a.offsets, b.offsets),
    )


def _offsets(a: Int64Array, b: Int64Array) -> Int64Array:
    joined: Int64Array = np.concatenate([a, b[1:] + a[-1]])
    return joined
