"""All on this machine: texts are read in processes, pairs are compared in threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import pairwise

import numpy as np

from newsdedup.ahead import Ahead
from newsdedup.engines.interface import Found
from newsdedup.free_memory import give_back
from newsdedup.furniture import Compared, without_furniture
from newsdedup.model.background import Background
from newsdedup.model.match import Candidates, MatchTable, Test
from newsdedup.model.sketch import BoolArray, Int32Array, Int64Array, UInt32Array, UInt64Array
from newsdedup.plan import Plan
from newsdedup.progress import Progress
from newsdedup.readers.interface import Corpus
from newsdedup.sketching import Sketched, sketch_corpus
from newsdedup.stages.background import background_in, count
from newsdedup.stages.candidates import propose
from newsdedup.stages.canonical import stand
from newsdedup.stages.cluster import tell_stories, unheld
from newsdedup.stages.kernels.compiled import let_wrap
from newsdedup.stages.measure import measure
from newsdedup.stages.order import first_pairs, pairs_between, strongest_first
from newsdedup.stages.siblings import Family, tell_siblings
from newsdedup.stages.verify import as_forms, verify
from newsdedup.workers import Workers, usable_cores

ROUNDS = 8
"""Times the stories found so far decide what is compared next; what is not settled by then is cut."""

BATCH_PAIRS = 1 << 12
"""Pairs measured at a time by one thread: bounds the memory for evidence."""

LEAST_PAIRS = 1 << 7
"""At least so many, where there are; however they lie, their tokens take no more memory than two stretches."""

BLOCK_TOKENS = 1 << 21
"""Pairs are measured in an order in which their tokens lie in two stretches of about this length."""

_S32 = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


class LocalEngine:
    """Read and sketch in worker processes, match in this one."""

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers

    def find_matches(self, corpus: Corpus, plan: Plan, progress: Progress) -> Found:
        """See `engines.interface.Engine`."""
        ahead = Ahead(plan, self._workers or usable_cores())
        with Workers(self._workers) as workers:
            sketched = sketch_corpus(corpus, plan, workers, progress)
        give_back()
        with ThreadPoolExecutor(self._workers or usable_cores(), initializer=let_wrap) as threads:
            progress.start("candidates")
            candidates, capped, background = _candidates(sketched, plan, threads)
            give_back()
            compared_by = without_furniture(sketched, background, plan.furniture)
            progress.finish()
            ahead.wait()
            progress.start("verify", len(candidates), "pairs")
            comparing = _Comparing(sketched, compared_by, plan, threads, progress)
            matches, compared = _compare(candidates, comparing)
        give_back()
        progress.finish()
        return Found(
            sketched.catalog, matches, sketched.skipped, compared, capped, sketched.unread_dates, compared_by.furniture
        )


def _candidates(sketched: Sketched, plan: Plan, threads: ThreadPoolExecutor) -> tuple[Candidates, int, Background]:
    """What to compare, how many groups were too large to pair in full, and the background; the join is let go."""
    days = sketched.catalog.days
    counts = threads.submit(count, sketched.tokens, days)
    proposed = propose(sketched.sketches, days, plan.candidates, threads)
    return proposed.candidates, proposed.capped, background_in(counts.result(), proposed.joined, days)


class _Comparing:
    """Pairs of one corpus compared, many at a time."""

    def __init__(
        self,
        sketched: Sketched,
        compared_by: Compared,
        plan: Plan,
        threads: ThreadPoolExecutor,
        progress: Progress,
    ) -> None:
        self.sketched = sketched
        self.plan = plan
        self._by = compared_by
        self._threads = threads
        self._progress = progress
        self._siblings: set[Family] = set()

    def matches_among(self, candidates: Candidates) -> MatchTable:
        """The matches among the candidates, sorted."""
        block = (self._by.tokens.offsets[:-1] // BLOCK_TOKENS).astype(np.uint32)
        blocks = block[candidates.left] << np.uint32(16) | block[candidates.right] & np.uint32(0xFFFF)
        order = np.argsort(blocks, kind="stable")
        batches = [candidates.take(order[start:stop]) for start, stop in _batches(blocks[order])]
        del block, blocks, order
        give_back()
        merged = _merged(list(self._threads.map(self._verified, batches)))
        self._let_go(slice(None))
        give_back()
        return merged

    def siblings_among(self, matches: MatchTable, centres: Int32Array) -> BoolArray:
        """Which matches within stories are of two entries in one form, but for stories that were asked about before."""
        give_back()
        return tell_siblings(self._by.tokens, matches, centres, self.plan.sketch.shingle_size, self._siblings)

    def _verified(self, candidates: Candidates) -> MatchTable:
        found = self.sketched
        evidence = measure(
            self._by.tokens, found.headlines, found.sketches, found.catalog, candidates, self._by.background
        )
        self._progress.advance(len(candidates))
        table = verify(found.catalog.ids, found.tokens, candidates, evidence, self.plan.verify)
        if len(candidates):
            self._let_go(slice(int(candidates.left.min())))
            self._let_go(slice(int(candidates.right.min()), int(candidates.right.max()) + 1))
        return table

    def _let_go(self, articles: slice) -> None:
        """Let go of the memory in which files of articles lie that are not compared next."""
        for filed in (self._by.tokens, self.sketched.tokens, self.sketched.sketches):
            filed.let_go(articles)


def _compare(candidates: Candidates, comparing: _Comparing) -> tuple[MatchTable, int]:
    """Compare the strongest candidates, and then whatever the stories so far leave open; also says how many it were.

    Open is whether a member matches the centre of its story, which no candidate test need have proposed, and what two
    stories are to each other. Pairs within a story are not needed.
    """
    catalog = comparing.sketched.catalog
    ranked = strongest_first(candidates)
    done = first_pairs(candidates, ranked, catalog.days)
    extra: UInt64Array = np.zeros(0, np.uint64)
    found = [comparing.matches_among(candidates.take(done))]
    plain = _plain(found[0])
    standing = stand(catalog, np.concatenate([candidates.left, candidates.right]), comparing.plan.canonical).places
    for _ in range(ROUNDS):
        stories = tell_stories(plain, standing)
        between = pairs_between(ranked, stories.labels, done)
        asked_by_now = done | between
        compared = np.concatenate([_packed(candidates.left[asked_by_now], candidates.right[asked_by_now]), extra])
        compared.sort(kind="stable")  # which is quicker with what is two sorted parts
        centres = unheld(plain, standing, partial(_among, known=compared))
        if not between.any() and not len(centres):
            found = [_merged(found)]
            formed = comparing.siblings_among(found[0], stories.centres)
            if not formed.any():
                return found[0], int(done.sum()) + len(extra)
            found = [as_forms(found[0], formed)]
            plain = _plain(found[0])
            continue
        proposed = _places(centres, _packed(candidates.left, candidates.right) if len(centres) else centres)
        between[proposed[proposed >= 0]] = True
        done |= between
        asked = centres[proposed < 0]
        extra = np.sort(np.concatenate([extra, asked]))
        more = _with_centres(candidates.take(between), asked)
        found.append(comparing.matches_among(more))
        plain = _with_more(plain, _plain(found[-1]))
    return _merged(found), int(done.sum()) + len(extra)


def _batches(blocks: UInt32Array) -> list[tuple[int, int]]:
    """Sorted pairs cut into batches, none with many pairs of more than one value: of those each has its own memory."""
    cuts = [0]
    for end in [*(np.flatnonzero(np.diff(blocks)) + 1).tolist(), len(blocks)]:
        while end - cuts[-1] > BATCH_PAIRS:
            cuts.append(cuts[-1] + BATCH_PAIRS)
        if end - cuts[-1] >= LEAST_PAIRS:
            cuts.append(end)
    if cuts[-1] < len(blocks) or len(cuts) == 1:
        cuts.append(len(blocks))
    return list(pairwise(cuts))


def _with_centres(candidates: Candidates, centres: UInt64Array) -> Candidates:
    """The candidates, and pairs that only stand between a centre and its group, sorted."""
    left = np.concatenate([candidates.left, (centres >> _S32).astype(np.int32)])
    right = np.concatenate([candidates.right, (centres & _LOW).astype(np.int32)])
    tests = np.concatenate([candidates.tests, np.full(len(centres), Test.CANONICAL, np.uint8)])
    strength = np.concatenate([candidates.strength, np.zeros(len(centres), np.float32)])
    return Candidates(left, right, tests, strength).take(np.argsort(_packed(left, right)))


def _among(values: UInt64Array, known: UInt64Array) -> BoolArray:
    """Which of the values are among some sorted ones."""
    return _places(values, known) >= 0


def _places(values: UInt64Array, known: UInt64Array) -> Int64Array:
    """Where each of the values stands among some sorted ones, -1 where it does not. int64 (values,)."""
    if not len(known):
        return np.full(len(values), -1)
    places = np.searchsorted(known, values).clip(max=len(known) - 1)
    return np.where(known[places] == values, places, -1)


def _packed(left: Int32Array, right: Int32Array) -> UInt64Array:
    packed = left.astype(np.uint64)
    packed <<= _S32
    packed |= right.view(np.uint32)
    return packed


def _plain(table: MatchTable) -> MatchTable:
    """The matches without their evidence, by far the most of them: what stories are told by."""
    return replace(table, evidence=table.evidence[:, :0])


def _with_more(table: MatchTable, more: MatchTable) -> MatchTable:
    """A table with some more matches of the same articles, sorted; both have no evidence."""
    places = np.searchsorted(_packed(table.left, table.right), _packed(more.left, more.right))
    return MatchTable(
        table.ids,
        np.insert(table.left, places, more.left),
        np.insert(table.right, places, more.right),
        np.insert(table.relation, places, more.relation),
        np.insert(table.probability, places, more.probability),
        np.zeros((len(table) + len(more), 0), np.float32),
        np.insert(table.tests, places, more.tests),
    )


def _merged(tables: list[MatchTable]) -> MatchTable:
    """The matches of some tables of the same articles, sorted; the tables are taken out of the list."""
    left, right = (np.concatenate([getattr(table, side) for table in tables]) for side in ("left", "right"))
    order = np.argsort(_packed(left, right))
    places = np.empty_like(order)
    places[order] = np.arange(len(order))
    relation = np.concatenate([table.relation for table in tables])[order]
    probability = np.concatenate([table.probability for table in tables])[order]
    tests = np.concatenate([table.tests for table in tables])[order]
    ids = tables[0].ids
    # by far the most of it is not joined first and sorted then, which would be one more copy, and let go part by part
    evidence = np.empty((len(order), tables[0].evidence.shape[1]), np.float32)
    end = len(order)
    while tables:
        part = tables.pop().evidence
        evidence[places[end - len(part) : end]] = part
        end -= len(part)
    return MatchTable(ids, left[order], right[order], relation, probability, evidence, tests)
