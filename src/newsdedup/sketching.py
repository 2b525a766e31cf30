"""Articles to sketches: read a corpus in parallel, keep of each article what matching needs, and let go of its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsdedup.model.article import Article, Skipped, Status
from newsdedup.model.catalog import STATUSES, Catalog, interned, microseconds
from newsdedup.model.filing import FILING_CODE
from newsdedup.model.ids import tell_apart
from newsdedup.model.sketch import Int32Array, Int64Array, Sketches, SketchParams, Tokens, UInt32Array, UInt64Array
from newsdedup.plan import Plan, ReaderParams
from newsdedup.progress import Progress
from newsdedup.readers.interface import Corpus, Record, Unit
from newsdedup.spool import Arrays, Left, Spool, TokenSpool, leave, offsets_of
from newsdedup.stages.sketch import sketch, sketch_codes
from newsdedup.stages.text.headlines import headline_of
from newsdedup.stages.text.view import matching_codes
from newsdedup.stages.text.wire import filing_of, wire_words
from newsdedup.workers import Workers

BATCH_CHARS = 4_000_000
"""Text held at once by one worker."""

_CODED = ("sources", "publishers", "sites", "slugs", "guids", "versions")
_NUMBERS = {"records": np.int32, "published": np.int64, "statuses": np.uint8, "filings": np.uint8}

_SCRAMBLE = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Sketched:
    """A corpus after one pass: row i of `catalog`, `sketches`, `tokens` and `headlines` is article i."""

    catalog: Catalog
    sketches: Sketches
    tokens: Tokens
    headlines: Tokens
    skipped: tuple[Skipped, ...]
    sites: tuple[str, ...]
    site: Int32Array
    """Whose pages each article is one of: an index into `sites`, of which one may be empty, for unknown."""
    unread_dates: int = 0


@dataclass(frozen=True, slots=True)
class _Task:
    """A unit as given to a worker."""

    read: Callable[[Any, ReaderParams], Iterator[Record]]
    unit: Unit
    plan: Plan
    folder: str | None
    """Where to leave tokens for the main process, which are too much to send; None to return them."""


@dataclass(slots=True)
class _Part:
    """What one batch of a unit sends back to the main process."""

    ids: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    records: list[int] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    publishers: list[str] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    published: list[int] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    slugs: list[str] = field(default_factory=list)
    guids: list[str] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    filings: list[int] = field(default_factory=list)
    columns: dict[str, NDArray[Any]] = field(default_factory=dict)
    """Once closed: which value of each list of `_CODED` each article has, and the numbers of each of `_NUMBERS`."""
    headlines_plain: list[str] = field(default_factory=list)
    """Headlines without version words, to be sketched; not sent back."""
    sketches: Sketches | None = None
    """Without samples and band keys."""
    tokens: Int64Array | None = None
    """How many each text has."""
    long: Arrays | Left = ()
    """Of the tokens hashes, letters and flags, the samples, and the band keys."""
    headlines: Tokens | None = None
    skipped: list[Skipped] = field(default_factory=list)
    unread_dates: int = 0

    def add(self, article: Article) -> None:
        self.ids.append(article.id)
        self.sources.append(article.origin.source)
        self.records.append(article.origin.record)
        title = article.title or headline_of(article.text)
        words = wire_words(title)
        if article.slug or not article.title or article.status is not Status.USABLE:
            self.filings.append(FILING_CODE[filing_of(article).filing])
        else:  # most articles: only the headline says anything
            self.filings.append(FILING_CODE[words.filing])
        self.titles.append(title)
        self.headlines_plain.append(words.plain)
        self.publishers.append(article.publisher)
        self.sites.append(article.site)
        self.published.append(microseconds(article.published))
        self.statuses.append(STATUSES.index(article.status))
        self.slugs.append(article.slug)
        self.guids.append(article.guid)
        self.versions.append(article.version)
        self.unread_dates += article.date_text != ""

    def close(self) -> None:
        """Make of the lists what the main process can join in no time."""
        for name in _CODED:
            values, self.columns[name] = interned(getattr(self, name))
            setattr(self, name, list(values))
        for name, dtype in _NUMBERS.items():
            self.columns[name] = np.array(getattr(self, name), dtype)
            setattr(self, name, [])


def sketch_corpus(corpus: Corpus, plan: Plan, workers: Workers, progress: Progress) -> Sketched:
    """Read and sketch every article of a corpus.

    The result does not depend on the number of workers. Texts are not kept; tokens are kept in a temporary file.
    """
    progress.start("read", corpus.size_bytes, "bytes")
    if workers.count > 1:
        _sketched(_Part(), [], plan)  # so that workers begin with the kernels in memory, where they are forked
    parts: list[_Part] = []
    spool, headlines = Spool(*TokenSpool.DTYPES, np.uint64, np.uint32), TokenSpool()
    tasks = (_Task(corpus.read_unit, unit, plan, workers.folder) for unit in corpus.units())
    for size, unit_parts in workers.map(_sketch_unit, tasks):
        for part in unit_parts:
            if part.headlines is not None:
                spool.append(part.long)
                headlines.append(part.headlines)
                part.long, part.headlines = (), None
            parts.append(part)
        progress.advance(size)
    progress.finish()
    skipped = sorted((*corpus.found, *(s for part in parts for s in part.skipped)), key=lambda s: s.origin)
    hashes, letters, flags, samples, band_keys = spool.finish()
    tokens = Tokens(hashes, letters, flags, offsets_of([p.tokens for p in parts if p.tokens is not None]))
    sketches = _join_sketches(parts, samples, band_keys, plan.sketch)
    unread_dates = sum(part.unread_dates for part in parts)
    catalog = _catalog(parts, sketches)
    sites = _coded(parts, "sites")
    return Sketched(catalog, sketches, tokens, headlines.finish(), tuple(skipped), *sites, unread_dates)


def _sketch_unit(task: _Task) -> tuple[int, list[_Part]]:
    """Read one unit in batches and sketch them; also says how many bytes of input that was."""
    parts = []
    for part in _sketch_batches(task):
        if task.folder is not None and not isinstance(part.long, Left):
            part.long = leave(part.long, task.folder)
        parts.append(part)
    return task.unit.size_bytes, parts


def _sketch_batches(task: _Task) -> Iterator[_Part]:
    plan = task.plan
    part, texts, size = _Part(), list[str](), 0
    for record in task.read(task.unit, plan.reader):
        if isinstance(record, Skipped):
            part.skipped.append(record)
            continue
        part.add(record)
        texts.append(record.text)
        size += len(record.text)
        if size >= BATCH_CHARS:
            yield _sketched(part, texts, plan)
            part, texts, size = _Part(), [], 0
    yield _sketched(part, texts, plan)


def _sketched(part: _Part, texts: Sequence[str], plan: Plan) -> _Part:
    sketches, tokens = sketch_codes(*matching_codes(texts, plan.text), plan.sketch)
    own, part.headlines = sketch(part.headlines_plain, replace(plan.sketch, bands=1, rows=1))
    part.headlines_plain = []
    part.close()
    # "See page 3." under two headlines is two stories; a long text under two headlines is one
    short = sketches.words < plan.candidates.min_words
    # scrambled first: a text that only repeats its headline would else come out as 0, whatever it says
    sketches.fingerprints[short] ^= own.fingerprints[short] * _SCRAMBLE
    part.long = tokens.hashes, tokens.letters, tokens.flags, sketches.sample_hashes, sketches.band_keys
    part.sketches = replace(sketches, sample_hashes=sketches.sample_hashes[:0], band_keys=sketches.band_keys[:0])
    part.tokens = np.diff(tokens.offsets)
    return part


def _join_sketches(
    parts: Sequence[_Part], samples: UInt64Array, band_keys: UInt32Array, params: SketchParams
) -> Sketches:
    found = [part.sketches for part in parts if part.sketches is not None] or [sketch([], params)[0]]
    return Sketches(
        params=params,
        band_keys=band_keys.reshape(-1, params.bands),
        sample_hashes=samples,
        sample_offsets=offsets_of([np.diff(s.sample_offsets) for s in found]),
        fingerprints=np.concatenate([s.fingerprints for s in found]),
        shingles=np.concatenate([s.shingles for s in found]),
        words=np.concatenate([s.words for s in found]),
    )


def _catalog(parts: Sequence[_Part], sketches: Sketches) -> Catalog:
    sources, source = _coded(parts, "sources")
    publishers, publisher = _coded(parts, "publishers")
    slugs, slug = _coded(parts, "slugs")
    guids, guid = _coded(parts, "guids")
    versions, version = _coded(parts, "versions")
    return Catalog(
        ids=tell_apart([i for p in parts for i in p.ids]),
        sources=sources,
        source=source,
        record=_numbers(parts, "records"),
        titles=tuple(t for p in parts for t in p.titles),
        publishers=publishers,
        publisher=publisher,
        published=_numbers(parts, "published"),
        status=_numbers(parts, "statuses"),
        words=sketches.words,
        slugs=slugs,
        slug=slug,
        guids=guids,
        guid=guid,
        versions=versions,
        version=version,
        filing=_numbers(parts, "filings"),
    )


def _coded(parts: Sequence[_Part], name: str) -> tuple[tuple[str, ...], Int32Array]:
    """What `interned` says of a list of all parts."""
    values, codes = interned(value for part in parts for value in getattr(part, name))
    sizes = [len(getattr(part, name)) for part in parts]
    own = np.split(codes, np.cumsum(sizes)[:-1]) if parts else []
    return values, np.concatenate(
        [codes[:0], *(mine[part.columns[name]] for mine, part in zip(own, parts, strict=True))]
    )


def _numbers(parts: Sequence[_Part], name: str) -> NDArray[Any]:
    return np.concatenate([np.zeros(0, _NUMBERS[name]), *(part.columns[name] for part in parts)])
