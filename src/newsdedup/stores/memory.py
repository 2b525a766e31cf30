"""An index in memory: for a check against a folder, and the plainest of all stores to test the others against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from newsdedup.model.background import Counts
from newsdedup.model.catalog import UNDATED
from newsdedup.model.sketch import Int64Array, UInt64Array
from newsdedup.stores.interface import NO_HITS, Filter, Header, Hits, Row, numbers_of
from newsdedup.stores.segments import find
from newsdedup.stores.tally import Tally, pack


class MemoryStore:
    """See `stores.interface.Store`. For one thread, and gone with it."""

    def __init__(self, name: str = "memory") -> None:
        self.name = name
        self._header: Header | None = None
        self._rows: dict[int, Row] = {}
        self._next = 0
        self._entries: UInt64Array = np.zeros(0, np.uint64)
        self._pending: list[UInt64Array] = []
        self._tally = Tally()
        self._generation = 0

    def header(self) -> Header | None:
        return self._header

    def create(self, header: Header) -> None:
        self._header = self._header or header

    @contextmanager
    def reading(self) -> Iterator[None]:
        yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        before = (dict(self._rows), self._next, self._sorted(), pack(self._tally.counts()))
        try:
            yield
            self._generation += 1
        except BaseException:
            self._rows, self._next, self._entries, packed = before
            self._pending = []
            self._tally = Tally()
            self._tally.add(packed)
            raise

    def generation(self) -> int:
        return self._generation

    def size(self) -> tuple[int, int]:
        return len(self._rows), self._next

    def append(self, rows: Sequence[Row], entries: UInt64Array) -> None:
        self._rows |= {row.number: row for row in rows}
        self._next = max([self._next, *(row.number + 1 for row in rows)])
        self._pending.append(entries)

    def count(self, packed: bytes, sign: int = 1) -> None:
        self._tally.add(packed, sign)

    def counts(self) -> Counts:
        return self._tally.counts()

    def look_up(self, keys: UInt64Array, cap: int) -> Hits:
        entries = self._sorted()
        if not len(entries):
            return NO_HITS
        return find(keys, entries[:1], lambda _: entries, cap)

    def rows(self, numbers: Int64Array) -> list[Row]:
        return [self._rows[number] for number in np.unique(numbers).tolist() if number in self._rows]

    def marks(self, numbers: Int64Array) -> Int64Array:
        found = [(row.number, row.published, row.fingerprint) for row in self.rows(numbers)]
        return np.array(found, np.int64).reshape(-1, 3)

    def all_rows(self, where: Filter | None = None) -> Iterator[Row]:
        for _, row in sorted(self._rows.items()):
            if where is None or chosen(row, where):
                yield row

    def all_entries(self) -> Iterator[UInt64Array]:
        entries = self._sorted()
        yield entries[np.isin(numbers_of(entries), list(self._rows))]

    def remove(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self._rows.pop(number, None)

    def compact(self) -> None:
        (self._entries,) = self.all_entries()

    def problems(self) -> list[str]:
        counted = self._tally.articles
        return [] if counted == len(self._rows) else [f"{len(self._rows)} articles, background of {counted}"]

    def close(self) -> None:
        """Nothing is held but memory."""

    def _sorted(self) -> UInt64Array:
        if self._pending:
            self._entries = np.sort(np.concatenate([self._entries, *self._pending]))
            self._pending = []
        return self._entries


def chosen(row: Row, where: Filter) -> bool:
    """Whether all that a filter gives holds for an article."""
    return (
        (where.before is None or UNDATED != row.published < where.before)
        and (not where.publishers or row.publisher in where.publishers)
        and (not where.statuses or row.status in where.statuses)
    )
