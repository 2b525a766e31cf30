"""Articles that a program has in hand, in the form of a corpus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from newsdedup.model.article import Article, Origin, Skipped
from newsdedup.plan import ReaderParams
from newsdedup.readers.interface import Record

UNIT_ARTICLES = 2000


@dataclass(frozen=True, slots=True)
class MemoryUnit:
    """Some of the records, to be sketched by one worker."""

    records: tuple[Record, ...]

    @property
    def size_bytes(self) -> int:
        """About how much there is to read."""
        return sum(len(record.text) for record in self.records if isinstance(record, Article))


def read_memory_unit(unit: MemoryUnit, _: ReaderParams) -> Iterator[Record]:
    """The records of a unit."""
    return iter(unit.records)


def read_memory_again(unit: MemoryUnit, _: ReaderParams) -> Iterator[Article]:
    """The articles of a unit."""
    return (record for record in unit.records if isinstance(record, Article))


class MemoryCorpus:
    """A corpus of records that were given, not read; their origins must be distinct and in order."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.inputs: tuple[str, ...] = ()
        self.found: tuple[Skipped, ...] = ()
        self.read_unit = read_memory_unit
        self.read_again = read_memory_again
        self._records = tuple(records)

    @property
    def size_bytes(self) -> int:
        """About how much there is to read."""
        return sum(unit.size_bytes for unit in self.units())

    def units(self) -> Iterator[MemoryUnit]:
        """All records, in order."""
        return _units(self._records)

    def units_again(self, wanted: Mapping[Origin, str]) -> Iterator[MemoryUnit]:
        """The wanted articles, each with the id it is mapped to."""
        return _units(tuple(self.select(wanted)))

    def select(self, wanted: Mapping[Origin, str]) -> Iterator[Article]:
        """The wanted articles, each with the id it is mapped to."""
        for record in self._records:
            if isinstance(record, Article) and record.origin in wanted:
                yield replace(record, id=wanted[record.origin])


def _units(records: tuple[Record, ...]) -> Iterator[MemoryUnit]:
    for start in range(0, len(records), UNIT_ARTICLES):
        yield MemoryUnit(records[start : start + UNIT_ARTICLES])
