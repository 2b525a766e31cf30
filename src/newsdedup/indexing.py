"""Articles put into an index, and taken out of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from newsdedup.checking import count_in, days_in, keys_in, params_of, sketch_articles, tokens_of
from newsdedup.errors import StoreError
from newsdedup.model.article import Article, ArticleRef, Origin, Skipped
from newsdedup.model.catalog import STATUSES, moment
from newsdedup.model.sketch import Tokens, UInt64Array
from newsdedup.plan import Plan, ReaderParams
from newsdedup.progress import Progress
from newsdedup.readers.interface import Corpus, Record, Unit
from newsdedup.sketching import Sketched
from newsdedup.stores.content import Kept, pack_text, pack_tokens
from newsdedup.stores.interface import Filter, Header, Row, Store, entries_of, numbers_of
from newsdedup.stores.keys import id_keys
from newsdedup.stores.tally import Tally, pack
from newsdedup.workers import Workers

BATCH_CHARS = 4_000_000
"""Text held at once by one worker."""
BATCH_ROWS = 2000
"""Indexed articles held at once."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change to an index came to."""

    added: int = 0
    known: int = 0
    """Articles that were in the index already, in every detail."""
    removed: int = 0
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class _Task:
    """A unit as given to a worker."""

    read: Callable[[Any, ReaderParams], Iterator[Record]]
    unit: Unit
    plan: Plan
    text: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """Articles ready for an index, numbered from 0: their rows, entries and tokens."""

    rows: list[Row]
    entries: UInt64Array
    tokens: Tokens


def create(store: Store, plan: Plan, *, text: bool) -> None:
    """Make an empty index for what `plan` reads and sketches."""
    store.create(Header(params_of(plan), text))


def check_header(store: Store, plan: Plan) -> Header:
    """The header of an index that fits the plan.

    Raises StoreError if there is no index, or it was built with other parameters; names each that differs.
    """
    header = store.header()
    if header is None:
        raise StoreError(f"{store.name}: there is no index; `newsdedup index add {store.name} PATH...` makes one")
    wanted = params_of(plan)
    if header.params.get("sketch", {}).get("normaliser") != plan.sketch.normaliser:
        raise StoreError(
            f"{store.name}: the index was built by a version of the program that reads texts in another way;"
            " build it again"
        )
    differing = [
        (f"{section}.{name}", header.params.get(section, {}).get(name), value)
        for section, values in wanted.items()
        for name, value in values.items()
        if header.params.get(section, {}).get(name) != value
    ]
    if differing:
        told = ", ".join(f"{name} = {_yaml(old)} (the settings say {_yaml(new)})" for name, old, new in differing)
        cure = " ".join(f"--set {name}={_yaml(old)}" for name, old, _ in differing)
        raise StoreError(f"{store.name}: the index was built with {told}; use {cure}, or build a new index")
    return header


def plan_for(store: Store, plan: Plan | None = None) -> Plan:
    """A plan that fits an index: `plan`, or the default one, but for what the index was built with.

    Raises StoreError if there is no index, or it was built by a version that reads texts in another way.
    """
    header = store.header()
    plan = plan or Plan()
    if header is not None:
        try:
            fitting = replace(
                plan,
                sketch=replace(plan.sketch, **header.params["sketch"] | {"normaliser": plan.sketch.normaliser}),
                text=replace(plan.text, **{name: bool(value) for name, value in header.params["text"].items()}),
                candidates=replace(plan.candidates, **header.params["candidates"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise StoreError(f"{store.name}: the index names parameters that this program does not know") from error
        plan = fitting
    check_header(store, plan)
    return plan


def _yaml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def add(corpus: Corpus, store: Store, plan: Plan, workers: Workers, progress: Progress) -> Changed:
    """Add every article of a corpus to an index, all in one transaction; those it has already stay as they are.

    Raises StoreError as `check_header`, or if the index cannot be written.
    """
    header = check_header(store, plan)
    with store.writing():
        return add_all(corpus, store, plan, workers, progress, text=header.text)


def add_all(corpus: Corpus, store: Store, plan: Plan, workers: Workers, progress: Progress, *, text: bool) -> Changed:
    """The same inside of `store.writing`, for an index that is known to fit."""
    progress.start("index", corpus.size_bytes, "bytes")
    added = known = 0
    skipped = list(corpus.found)
    tasks = (_Task(corpus.read_unit, unit, plan, text) for unit in corpus.units())
    newcomers = _Newcomers(store, plan)
    for size, parts, left_out in workers.map(_prepare, tasks):
        skipped += left_out
        for part in parts:
            new = len(newcomers.put(part))
            added, known = added + new, known + len(part.rows) - new
        progress.advance(size)
    newcomers.finish()
    progress.finish()
    return Changed(added, known, skipped=tuple(sorted(skipped, key=lambda skip: skip.origin)))


class _Newcomers:
    """Gives articles their numbers and puts them into a store, but for those that are there."""

    def __init__(self, store: Store, plan: Plan) -> None:
        self._store = store
        self._plan = plan
        self._before, self._next = store.size()
        self._seen: set[bytes] = set()
        self._tally = Tally()

    def put(self, part: _Part) -> list[int]:
        """Add what is new of a part; return its places in the part."""
        there = self._there(part.rows)
        new = list[int]()
        for place, row in enumerate(part.rows):
            if row.digest not in self._seen and row.digest not in there:
                new.append(place)
            self._seen.add(row.digest)
        numbers = np.arange(self._next, self._next + len(new), dtype=np.uint64)
        rows = [part.rows[place]._replace(number=number) for place, number in zip(new, numbers.tolist(), strict=True)]
        if len(new) == len(part.rows):
            entries, tokens = part.entries + np.uint64(self._next), part.tokens
        else:
            entries = _renumbered(part.entries, np.array(new, np.int64), numbers)
            tokens = tokens_of(rows, self._plan)
        if rows:
            self._store.append(rows, entries)
            count_in(self._tally, tokens, days_in(rows))
            self._next += len(rows)
        return new

    def finish(self) -> None:
        """Add what was counted."""
        if self._tally.articles:
            self._store.count(pack(self._tally.counts()))

    def _there(self, rows: Sequence[Row]) -> set[bytes]:
        """The digests, of those of some rows, that the index had before."""
        if not self._before or not rows:
            return set()
        hits = self._store.look_up(id_keys(row.id for row in rows), 1000)
        wanted = {row.digest for row in rows}
        return {row.digest for row in self._store.rows(hits.numbers) if row.digest in wanted}


def _renumbered(entries: UInt64Array, places: np.typing.NDArray[np.int64], numbers: UInt64Array) -> UInt64Array:
    """The entries of the articles at `places`, with their new numbers."""
    old = numbers_of(entries)
    kept = np.isin(old, places)
    if not kept.any():
        return entries[:0]
    new = numbers[np.searchsorted(places, old[kept])]
    return entries[kept] - old[kept].astype(np.uint64) + new


def _prepare(task: _Task) -> tuple[int, list[_Part], list[Skipped]]:
    """Read one unit and make all of it ready; also says how many bytes of input that was."""
    parts, skipped = [], list[Skipped]()
    articles, size = list[Article](), 0
    for record in task.read(task.unit, task.plan.reader):
        if isinstance(record, Skipped):
            skipped.append(record)
            continue
        articles.append(record)
        size += len(record.text)
        if size >= BATCH_CHARS:
            parts.append(_part(articles, sketch_articles(articles, task.plan), task.plan, text=task.text))
            articles, size = [], 0
    if articles:
        parts.append(_part(articles, sketch_articles(articles, task.plan), task.plan, text=task.text))
    return task.unit.size_bytes, parts, skipped


def _part(articles: Sequence[Article], sketched: Sketched, plan: Plan, *, text: bool) -> _Part:
    keys = keys_in(sketched, plan)
    named = entries_of(id_keys(article.id for article in articles), np.arange(len(articles), dtype=np.uint64))
    entries = np.concatenate([entries_of(keys.keys, keys.owners.astype(np.uint64)), named])
    catalog = sketched.catalog
    samples = np.diff(sketched.sketches.sample_offsets).tolist()
    live = np.isin(np.arange(len(articles)), keys.live)
    fingerprints = np.where(live, sketched.sketches.fingerprints.view(np.int64), 0).tolist()
    rows = [
        Row(
            place, _digest(article, published), article.id, article.origin.source, article.origin.record, title,
            article.publisher, published, status, words, sampled, fingerprint,
            pack_text(article.text) if text else pack_tokens(_kept(sketched.tokens, place)),
        )
        for place, (article, title, published, status, words, sampled, fingerprint) in enumerate(
            zip(
                articles, catalog.titles, catalog.published.tolist(), catalog.status.tolist(), catalog.words.tolist(),
                samples, fingerprints, strict=True,
            )
        )
    ]  # fmt: skip
    return _Part(rows, entries, _in_memory(sketched.tokens))


def _in_memory(tokens: Tokens) -> Tokens:
    """What is counted of tokens, to be sent to another process."""
    return Tokens(np.array(tokens.hashes), np.zeros(0, np.uint32), np.zeros(0, np.uint8), tokens.offsets)


def _kept(tokens: Tokens, place: int) -> Kept:
    own = slice(tokens.offsets[place], tokens.offsets[place + 1])
    return Kept(tokens.hashes[own], tokens.letters[own], tokens.flags[own])


def _digest(article: Article, published: int) -> bytes:
    """Of all that was read of an article but where it stood."""
    told = (
        article.id, article.title, article.publisher, str(published), article.status.value, article.version,
        article.text,
    )  # fmt: skip
    return hashlib.blake2b("\0".join(told).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def ref_of(row: Row) -> ArticleRef:
    """An article as a verdict shows it."""
    return ArticleRef(
        id=row.id,
        origin=Origin(row.source, row.record),
        title=row.title,
        publisher=row.publisher,
        published=moment(row.published),
        words=row.words,
        status=STATUSES[row.status],
    )


def with_ids(store: Store, ids: Sequence[str]) -> list[Row]:
    """The articles of an index that have one of the ids, in order of arrival; more than one may have the same."""
    wanted = set(ids)
    hits = store.look_up(id_keys(ids), 1 << 20)
    return [row for row in store.rows(hits.numbers) if row.id in wanted]


def remove(store: Store, rows: Sequence[Row], plan: Plan) -> None:
    """Take articles out of an index and its background, inside of `store.writing`."""
    if rows:
        tally = Tally()
        count_in(tally, tokens_of(rows, plan), days_in(rows))
        store.count(pack(tally.counts()), -1)
        store.remove(row.number for row in rows)


def prune(store: Store, where: Filter | None, plan: Plan) -> Changed:
    """Take out what a filter names, then let go of all that belongs to no article."""
    check_header(store, plan)
    removed = 0
    if where is not None:
        with store.writing():
            chosen = [row.number for row in store.all_rows(where)]
            for start in range(0, len(chosen), BATCH_ROWS):
                remove(store, store.rows(np.array(chosen[start : start + BATCH_ROWS])), plan)
        removed = len(chosen)
    store.compact()
    return Changed(removed=removed)


def merge(store: Store, others: Sequence[Store], plan: Plan, progress: Progress) -> Changed:
    """Add all articles of other indexes, as they were sketched there; those that are here already stay as they are.

    Raises StoreError if one was built with other parameters, or keeps no texts where this one does.
    """
    header = check_header(store, plan)
    for other in others:
        found = check_header(other, plan)
        if header.text and not found.text:
            raise StoreError(f"{other.name}: keeps no texts, and {store.name} does; merge them the other way round")
        if not header.text and found.text:
            raise StoreError(f"{other.name}: keeps texts, and {store.name} does not; build one anew to merge them")
    added = known = 0
    with store.writing():
        for other in others:
            with other.reading():
                held, _ = other.size()
                progress.start(f"merge {other.name}", held)
                new, there = _merge(store, other, plan, progress)
                added, known = added + new, known + there
                progress.finish()
    return Changed(added, known)


def _merge(store: Store, other: Store, plan: Plan, progress: Progress) -> tuple[int, int]:
    newcomers = _Newcomers(store, plan)
    places, numbers = list[int](), list[int]()
    known = 0
    for rows in _batches(other.all_rows()):
        before = store.size()[1]
        own = [row.number for row in rows]
        new = newcomers.put(_Part(rows, np.zeros(0, np.uint64), tokens_of(rows, plan)))
        known += len(rows) - len(new)
        places += [own[place] for place in new]
        numbers += range(before, before + len(new))
        progress.advance(len(rows))
    newcomers.finish()
    old, given = np.array(places, np.int64), np.array(numbers, np.uint64)
    for entries in other.all_entries():
        store.append([], _renumbered(entries, old, given))
    return len(places), known


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH_ROWS:
            yield batch
            batch = []
    if batch:
        yield batch
