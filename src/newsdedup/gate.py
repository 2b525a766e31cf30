"""The second use case: a delivery checked against an index, article by article."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

import numpy as np

from newsdedup.checking import Words, compare, enough_shared, find_pairs, keys_in, sibling_pairs, words_in
from newsdedup.indexing import add_all, check_header, ref_of, with_ids
from newsdedup.model.article import Article, ArticleRef, Origin
from newsdedup.model.catalog import UNDATED
from newsdedup.model.match import COLUMN, RELATIONS, Candidates, MatchTable
from newsdedup.model.sketch import BoolArray, Float32Array, Int64Array, UInt8Array
from newsdedup.model.verdict import Accepted, CheckReport, Difference, Policy, Verdict
from newsdedup.model.window import ALL_TIME, Window
from newsdedup.plan import Plan
from newsdedup.progress import Progress
from newsdedup.readers.interface import Corpus
from newsdedup.sketching import Sketched, sketch_corpus
from newsdedup.stages.cluster import story_id
from newsdedup.stages.diff.edits import diff
from newsdedup.stores.content import unpack
from newsdedup.stores.interface import Row, Store
from newsdedup.version import __version__
from newsdedup.workers import Workers


def check(
    corpus: Corpus,
    store: Store,
    plan: Plan,
    *,
    policy: Policy,
    progress: Progress,
    workers: int | None = None,
    window: Window = ALL_TIME,
    accepted: AbstractSet[Accepted] | None = None,
    diffs: bool = False,
    add_if_clean: bool = False,
    settings: Mapping[str, object] | None = None,
) -> CheckReport:
    """A verdict on every article of a delivery, against an index and against those before it in the delivery.

    With `add_if_clean` the delivery is added if the check does not fail, before anyone else can write to the index.
    Raises StoreError as `check_header`, before any article is read.
    """
    header = check_header(store, plan)
    with Workers(workers) as pool:
        sketched = sketch_corpus(corpus, plan, pool, progress)
    with store.writing() if add_if_clean else store.reading():
        progress.start("check", len(sketched.catalog))
        verdicts = judge(sketched, store, words_in(store, sketched), plan, window)
        verdicts = tuple(_weighed(verdict, policy, accepted or set()) for verdict in verdicts)
        if diffs:
            verdicts = _with_differences(verdicts, corpus, store)
        report = CheckReport(
            version=__version__,
            against=store.name,
            indexed=store.size()[0],
            verdicts=verdicts,
            policy=policy,
            skipped=sketched.skipped,
            stale=_stale(verdicts, accepted or set()),
            settings=settings or {},
        )
        progress.finish()
        if add_if_clean and not report.failed:
            with Workers(workers) as pool:
                add_all(corpus, store, plan, pool, progress, text=header.text)
    return report


def judge(sketched: Sketched, store: Store, words: Words, plan: Plan, window: Window = ALL_TIME) -> tuple[Verdict, ...]:
    """The verdict on each article, inside of `store.reading`."""
    keys = keys_in(sketched, plan)
    found = find_pairs(store, keys, sketched, plan.candidates)
    rows = store.rows(found.numbers)
    numbers = np.array([row.number for row in rows], np.int64)
    there = np.isin(found.numbers, numbers)  # what was removed may still be found
    left = np.searchsorted(numbers, found.numbers).clip(max=max(len(rows) - 1, 0))
    samples = np.array([row.samples for row in rows] or [0], np.int64)
    tests = enough_shared(found, samples[left], sketched, plan.candidates)
    published = np.array([row.published for row in rows] or [0], np.int64)
    timely = _timely(published[left], sketched.catalog.published[found.rows], window)
    worth = there & timely & (tests != 0)

    siblings = sibling_pairs(sketched, plan.candidates)
    dates = sketched.catalog.published
    near = _timely(dates[siblings.left], dates[siblings.right], replace(window, since=None))
    pairs = _sorted(
        np.concatenate([left[worth], siblings.left[near].astype(np.int64) + len(rows)]),
        np.concatenate([found.rows[worth], siblings.right[near]]).astype(np.int64) + len(rows),
        np.concatenate([tests[worth], siblings.tests[near]]),
    )
    used = np.unique(pairs.left[pairs.left < len(rows)])
    rows = [rows[place] for place in used]
    moved = _without_unused(pairs, used, len(numbers))
    refs = [ref_of(row) for row in rows]
    return _verdicts(compare(store, rows, refs, sketched, keys, moved, words, plan), refs, sketched)


def _timely(known: Int64Array, new: Int64Array, window: Window) -> BoolArray:
    fine: BoolArray = np.ones(len(known), np.bool_)
    if window.since is not None:
        fine &= (known >= window.since) | (known == UNDATED)
    if window.within is not None:
        dated = (known != UNDATED) & (new != UNDATED)
        apart = np.abs(np.where(dated, known, 0) - np.where(dated, new, 0))
        fine &= ~dated | (apart <= window.within)
    return fine


def _sorted(left: Int64Array, right: Int64Array, tests: UInt8Array) -> Candidates:
    order = np.lexsort((right, left))
    strength: Float32Array = np.ones(len(order), np.float32)  # all are compared, at once
    return Candidates(left[order].astype(np.int32), right[order].astype(np.int32), tests[order], strength)


def _without_unused(pairs: Candidates, used: np.typing.NDArray[np.int32], known: int) -> Candidates:
    """The same pairs where only the known articles in `used` are left."""
    gone = known - len(used)
    left = np.where(pairs.left < known, np.searchsorted(used, pairs.left), pairs.left - gone)
    return replace(pairs, left=left.astype(np.int32), right=(pairs.right - gone).astype(np.int32))


def _verdicts(matches: MatchTable, known: Sequence[ArticleRef], sketched: Sketched) -> tuple[Verdict, ...]:
    """Of each article the closest relation, and of equal ones the likeliest; an indexed article before a sibling."""
    coverage = matches.evidence[:, COLUMN["coverage"]]
    order = np.lexsort((matches.left, -coverage, -matches.probability, matches.relation, matches.right))
    best: dict[int, int] = {}
    earliest: dict[int, int] = {}
    for row in order.tolist():
        article = int(matches.right[row]) - len(known)
        best.setdefault(article, row)
        if RELATIONS[matches.relation[row]].joins:
            earliest[article] = min(int(matches.left[row]), earliest.get(article, 1 << 31))
    stories: list[str | None] = []
    verdicts = []
    for place, ref in enumerate(sketched.catalog):
        row = best.get(place, -1)
        stories.append(_story(earliest.get(place), known, sketched, stories))
        if row < 0:
            verdicts.append(Verdict(ref))
            continue
        left = int(matches.left[row])
        sibling = left >= len(known)
        other = sketched.catalog[left - len(known)] if sibling else known[left]
        verdicts.append(Verdict(ref, matches[row], other, sibling, stories[-1] or story_id(other.id)))
    return tuple(verdicts)


def _story(
    first: int | None, known: Sequence[ArticleRef], sketched: Sketched, stories: Sequence[str | None]
) -> str | None:
    if first is None:
        return None
    if first < len(known):
        return story_id(known[first].id)
    return stories[first - len(known)] or story_id(sketched.catalog.ids[first - len(known)])


def _weighed(verdict: Verdict, policy: Policy, accepted: AbstractSet[Accepted]) -> Verdict:
    if verdict.relation not in policy.fail_on:
        return verdict
    known = verdict.key in accepted
    return replace(verdict, failed=not known, accepted=known)


def _stale(verdicts: Sequence[Verdict], accepted: AbstractSet[Accepted]) -> tuple[Accepted, ...]:
    used = {verdict.key for verdict in verdicts if verdict.accepted}
    return tuple(sorted(accepted - used, key=lambda entry: (entry.source, entry.member, entry.story)))


def _with_differences(verdicts: Sequence[Verdict], corpus: Corpus, store: Store) -> tuple[Verdict, ...]:
    """The verdicts with a diff each, where both texts are to be had."""
    told = [verdict for verdict in verdicts if verdict.known]
    wanted = {verdict.article.origin: verdict.article.id for verdict in told}
    wanted |= {verdict.known.origin: verdict.known.id for verdict in told if verdict.sibling and verdict.known}
    articles = {article.id: article for article in corpus.select(wanted)}
    text_of = _texts(store, [verdict.known for verdict in told if verdict.known and not verdict.sibling])

    def difference(verdict: Verdict) -> Difference | None:
        if verdict.known is None:
            return None
        known = articles.get(verdict.known.id) if verdict.sibling else text_of(verdict.known)
        article = articles[verdict.article.id]
        return None if known is None else Difference(known, article, diff(known, article))

    return tuple(replace(verdict, difference=difference(verdict)) for verdict in verdicts)


def _texts(store: Store, refs: Sequence[ArticleRef]) -> Callable[[ArticleRef], Article | None]:
    rows: dict[tuple[str, Origin, str], Row] = {
        (row.id, Origin(row.source, row.record), row.title): row for row in with_ids(store, [ref.id for ref in refs])
    }

    def article(ref: ArticleRef) -> Article | None:
        row = rows.get((ref.id, ref.origin, ref.title))
        text = unpack(row.content) if row else None
        if row is None or not isinstance(text, str):
            return None
        return Article(row.id, text, ref.origin, row.title, publisher=row.publisher, published=ref.published)

    return article
