"""All the articles of a run without their texts, in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Self

import numpy as np

from newsdedup.model.article import ArticleRef, Origin, Status
from newsdedup.model.filing import FILING_CODE, Filing
from newsdedup.model.sketch import Int32Array, Int64Array, UInt8Array

STATUSES: tuple[Status, ...] = tuple(Status)
UNDATED = -(2**63)
"""Stands in `Catalog.published` for an unknown date."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_US = 86_400_000_000
_MICROSECOND = timedelta(microseconds=1)


def microseconds(when: datetime | None) -> int:
    """An aware date as `Catalog.published` has it; exact for every date, which a float is not."""
    return UNDATED if when is None else (when - _EPOCH) // _MICROSECOND


def moment(published: int) -> datetime | None:
    """The date that `microseconds` was given."""
    return None if published == UNDATED else _EPOCH + published * _MICROSECOND


def days_of(published: Int64Array) -> Int64Array:
    """The day (UTC) of each date as `Catalog.published` has it, counted from 1970; -1 if unknown."""
    return np.where(published == UNDATED, -1, published // _DAY_US)


@dataclass(frozen=True)
class Catalog(Sequence[ArticleRef]):
    """Row i is article i; rows are sorted by origin.

    `ids` are unique; `titles` are headlines, taken from the text where an article came without one. int32 `source`
    indexes into `sources`, and so do `publisher`, `slug`, `guid` and `version` into the tuples named for them; int64
    `published` is microseconds since 1970 UTC or UNDATED; uint8 `status` indexes STATUSES and uint8 `filing` FILINGS;
    int32 `words` counts the tokens of the matching view.
    """

    ids: tuple[str, ...]
    sources: tuple[str, ...]
    source: Int32Array
    record: Int32Array
    titles: tuple[str, ...]
    publishers: tuple[str, ...]
    publisher: Int32Array
    published: Int64Array
    status: UInt8Array
    words: Int32Array
    slugs: tuple[str, ...]
    slug: Int32Array
    guids: tuple[str, ...]
    guid: Int32Array
    versions: tuple[str, ...]
    version: Int32Array
    filing: UInt8Array

    @classmethod
    def of(cls, refs: Sequence[ArticleRef], filings: Iterable[Filing]) -> Self:
        """The columns of some articles, in the order given, with what each filing is (see `stages.text.wire`)."""
        sources, source = interned(ref.origin.source for ref in refs)
        publishers, publisher = interned(ref.publisher for ref in refs)
        slugs, slug = interned(ref.slug for ref in refs)
        guids, guid = interned(ref.guid for ref in refs)
        versions, version = interned(ref.version for ref in refs)
        return cls(
            ids=tuple(ref.id for ref in refs),
            sources=sources,
            source=source,
            record=np.array([ref.origin.record for ref in refs], np.int32),
            titles=tuple(ref.title for ref in refs),
            publishers=publishers,
            publisher=publisher,
            published=np.array([microseconds(ref.published) for ref in refs], np.int64),
            status=np.array([STATUSES.index(ref.status) for ref in refs], np.uint8),
            words=np.array([ref.words for ref in refs], np.int32),
            slugs=slugs,
            slug=slug,
            guids=guids,
            guid=guid,
            versions=versions,
            version=version,
            filing=np.array([FILING_CODE[filing] for filing in filings], np.uint8),
        )

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, index: int) -> ArticleRef:  # type: ignore[override]  # no slices: nobody needs them
        return ArticleRef(
            id=self.ids[index],
            origin=self.origin(index),
            title=self.titles[index],
            publisher=self.publishers[self.publisher[index]],
            published=moment(int(self.published[index])),
            words=int(self.words[index]),
            status=STATUSES[self.status[index]],
            slug=self.slugs[self.slug[index]],
            guid=self.guids[self.guid[index]],
            version=self.versions[self.version[index]],
        )

    def __iter__(self) -> Iterator[ArticleRef]:
        return (self[i] for i in range(len(self)))

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The row of each id."""
        return {own: place for place, own in enumerate(self.ids)}

    @property
    def days(self) -> Int64Array:
        """The day of publication (UTC) of each article, counted from 1970; -1 if unknown. int64 (n,)."""
        return days_of(self.published)

    def origin(self, index: int) -> Origin:
        """Where article `index` was read."""
        return Origin(self.sources[self.source[index]], int(self.record[index]))


def interned(values: Iterable[str]) -> tuple[tuple[str, ...], Int32Array]:
    """The distinct values in order of appearance, and for each value which of them it is."""
    places: dict[str, int] = {}
    codes = np.array([places.setdefault(value, len(places)) for value in values], np.int32)
    return tuple(places), codes
