"""The versions of a story in the order in which its sender filed them."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from newsdedup.model.article import ArticleRef
from newsdedup.model.catalog import UNDATED, Catalog
from newsdedup.model.filing import FILINGS, Filing
from newsdedup.model.report import Version
from newsdedup.model.sketch import BoolArray, Int64Array
from newsdedup.stages.text.alignment import align, spell
from newsdedup.stages.text.wire import WireWords, filing_of, item_version
from newsdedup.stages.text.words import read_words

_UNMARKED = {Filing.FIRST, Filing.FORM}
_FIRST = FILINGS.index(Filing.FIRST)
_ORDER = {filing: place for place, filing in enumerate(Filing)}


def version_chain(refs: Iterable[ArticleRef]) -> tuple[Version, ...]:
    """The versions among the articles of a story, first to last; nothing where fewer than two can be told.

    A version is what says so in its headline or slug, in its status, or by a guid that others share, and the earliest
    article that says nothing. Another paper's print of a version is none of its own. Sorted by time; where one has no
    date, by what they say of themselves.
    """
    refs = list(refs)
    return _chain(refs, dated=all(ref.published for ref in refs))


def chain_of(catalog: Catalog, rows: Int64Array, told: BoolArray) -> tuple[Version, ...]:
    """The `version_chain` of the articles of some rows; `told` is what `told_versions` says of the catalog."""
    if not told[rows].any():
        return ()
    when = catalog.published[rows]
    dated = bool((when != UNDATED).all())
    silent = ~told[rows] & (catalog.filing[rows] == _FIRST)
    if catalog.versions != ("",):
        silent &= [catalog.versions[code] == "" for code in catalog.version[rows].tolist()]
    kept = rows[~silent].tolist()
    if silent.any():  # of those that say nothing only the earliest can be a version
        when = np.where(when == UNDATED, np.iinfo(np.int64).max, when)
        earliest = rows[silent & (when == when[silent].min())]
        kept.append(min(earliest.tolist(), key=catalog.ids.__getitem__))
    return _chain(map(catalog.__getitem__, kept), dated=dated)


def told_versions(catalog: Catalog) -> BoolArray:
    """Which articles can make a chain of their story: what says so of itself, and what has a guid. bool (n,)."""
    codes = [code for code, filing in enumerate(FILINGS) if filing not in _UNMARKED]
    identified = np.array([guid != "" for guid in catalog.guids], np.bool_)[catalog.guid]
    return np.isin(catalog.filing, codes) | identified


def _chain(refs: Iterable[ArticleRef], *, dated: bool) -> tuple[Version, ...]:
    told = [(ref, filing_of(ref)) for ref in refs]
    items = _versioned_items(ref for ref, _ in told)
    told.sort(key=lambda pair: _place(*pair, dated=dated))
    chain: list[Version] = []
    seen: dict[tuple[Filing, int | None, str], ArticleRef] = {}
    plain_seen = False
    for ref, words in told:
        unmarked = words.filing in _UNMARKED
        if unmarked and item_version(ref.guid, ref.version).item not in items:
            if plain_seen:
                continue
        else:
            key = words.filing, words.number, words.plain.casefold()
            if key in seen and not _filed_again(seen[key], ref):
                continue
            seen[key] = ref
        plain_seen |= unmarked
        chain.append(Version(ref.id, words.filing, words.number, ref.published))
    return tuple(chain) if seen and len(chain) > 1 else ()


def words_changed(before: str, after: str) -> tuple[int, int]:
    """How many words a text has that the one before it lacks, and the other way round; words that moved are both."""
    a, b = spell(read_words(before), read_words(after))
    kept = sum(run.size for run in align(a, b))
    return len(b) - kept, len(a) - kept


def _versioned_items(refs: Iterable[ArticleRef]) -> set[str]:
    """The items of which there is more than one version."""
    versions: dict[str, set[int | None]] = {}
    for ref in refs:
        found = item_version(ref.guid, ref.version)
        if found.item:
            versions.setdefault(found.item, set()).add(found.version)
    return {item for item, numbers in versions.items() if len(numbers) > 1}


def _place(ref: ArticleRef, words: WireWords, *, dated: bool) -> tuple[object, ...]:
    version = item_version(ref.guid, ref.version).version or 0
    said = _ORDER[words.filing], words.number or 0
    when = ref.published.timestamp() if ref.published else math.inf
    return (when, version, *said, ref.id) if dated else (version, *said, when, ref.id)


def _filed_again(before: ArticleRef, ref: ArticleRef) -> bool:
    """Whether a sender said the same of two articles, and they are two versions for all that."""
    own, other = item_version(ref.guid, ref.version), item_version(before.guid, before.version)
    if own.item and own.item == other.item:
        return own.version != other.version
    return bool(ref.publisher) and ref.publisher == before.publisher and ref.published != before.published
