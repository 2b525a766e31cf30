"""All the articles of a run without their texts, in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

import numpy as np

from newsdedup.model.article import ArticleRef, Origin, Status
from newsdedup.model.sketch import Int32Array, Int64Array, UInt8Array

STATUSES: tuple[Status, ...] = tuple(Status)
UNDATED = -(2**63)
"""Stands in `Catalog.published` for an unknown date."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(when: datetime | None) -> int:
    """An aware date as `Catalog.published` has it; exact for every date, which a float is not."""
    return UNDATED if when is None else (when - _EPOCH) // _MICROSECOND


def moment(published: int) -> datetime | None:
    """The date that `microseconds` was given."""
    return None if published == UNDATED else _EPOCH + published * _MICROSECOND


@dataclass(frozen=True, slots=True)
class Catalog(Sequence[ArticleRef]):
    """Row i is article i; rows are sorted by origin.

    `ids` are unique; `titles` are headlines, taken from the text where an article came without one. int32 `source`
    indexes into `sources`, int32 `publisher` into `publishers`; int64 `published` is microseconds since 1970 UTC or
    UNDATED; uint8 `status` indexes STATUSES; int32 `words` counts the tokens of the matching view.
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

    @classmethod
    def of(cls, refs: Sequence[ArticleRef]) -> Self:
        """The columns of some articles, in the order given."""
        sources = {source: i for i, source in enumerate(dict.fromkeys(ref.origin.source for ref in refs))}
        publishers = {publisher: i for i, publisher in enumerate(dict.fromkeys(ref.publisher for ref in refs))}
        return cls(
            ids=tuple(ref.id for ref in refs),
            sources=tuple(sources),
            source=np.array([sources[ref.origin.source] for ref in refs], np.int32),
            record=np.array([ref.origin.record for ref in refs], np.int32),
            titles=tuple(ref.title for ref in refs),
            publishers=tuple(publishers),
            publisher=np.array([publishers[ref.publisher] for ref in refs], np.int32),
            published=np.array([microseconds(ref.published) for ref in refs], np.int64),
            status=np.array([STATUSES.index(ref.status) for ref in refs], np.uint8),
            words=np.array([ref.words for ref in refs], np.int32),
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
        )

    def __iter__(self) -> Iterator[ArticleRef]:
        return (self[i] for i in range(len(self)))

    def origin(self, index: int) -> Origin:
        """Where article `index` was read."""
        return Origin(self.sources[self.source[index]], int(self.record[index]))
