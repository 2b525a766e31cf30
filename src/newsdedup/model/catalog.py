"""All the articles of a run without their texts, in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from newsdedup.model.article import ArticleRef, Origin, Status
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


@dataclass(frozen=True, slots=True)
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

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, index: int) -> ArticleRef:  # type: ignore[override]  # no slices: nobody needs them
        when = int(self.published[index])
        return ArticleRef(
            id=self.ids[index],
            origin=self.origin(index),
            title=self.titles[index],
            publisher=self.publishers[self.publisher[index]],
            published=None if when == UNDATED else _EPOCH + when * _MICROSECOND,
            words=int(self.words[index]),
            status=STATUSES[self.status[index]],
            slug=self.slugs[self.slug[index]],
            guid=self.guids[self.guid[index]],
            version=self.versions[self.version[index]],
        )

    def __iter__(self) -> Iterator[ArticleRef]:
        return (self[i] for i in range(len(self)))

    @property
    def days(self) -> Int64Array:
        """The day of publication (UTC) of each article, counted from 1970; -1 if unknown. int64 (n,)."""
        return np.where(self.published == UNDATED, -1, self.published // _DAY_US)

    def origin(self, index: int) -> Origin:
        """Where article `index` was read."""
        return Origin(self.sources[self.source[index]], int(self.record[index]))
