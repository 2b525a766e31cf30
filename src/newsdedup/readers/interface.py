"""What a corpus is, and a reader of one raw format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

from newsdedup.model.article import Article, Origin, Skipped
from newsdedup.plan import ReaderParams

Record = Article | Skipped


@dataclass(frozen=True, slots=True)
class Source:
    """One stream of bytes to read: a file, or a member of a container.

    `name` is what `Origin.source` shows; `default_id` what an article without an id of its own is called
    (with `#n` for the n-th record where a file holds many).
    """

    name: str
    default_id: str


class Reader(Protocol):
    """Reads one raw format.

    A reader never raises for bad input: what it cannot read it yields as `Skipped`, with the origin of the
    record. Every record of the input is yielded exactly once, in order, as an article or as skipped.
    """

    def read(self, source: Source, stream: BinaryIO, params: ReaderParams) -> Iterator[Record]:
        """The records of one stream, decompressed, positioned at its start."""


class LineReader(Reader, Protocol):
    """Reads a format of one record a line, so that a large file can be read in parts by several workers."""

    def read_lines(
        self, source: Source, lines: Iterable[bytes], first_record: int, params: ReaderParams
    ) -> Iterator[Record]:
        """The records of some lines of a stream; the first of them is record `first_record`."""


class Unit(Protocol):
    """A piece of work for one worker; can be sent to another process."""

    @property
    def size_bytes(self) -> int:
        """Bytes to be read."""


class Corpus(Protocol):
    """All the input of a run, in pieces for several workers."""

    inputs: tuple[str, ...]
    """What the user gave, sorted."""
    found: tuple[Skipped, ...]
    """What had to be skipped before anything was read."""

    @property
    def read_unit(self) -> Callable[[Any, ReaderParams], Iterator[Record]]:
        """Reads a unit: each record of it once, in order. Can be sent to another process."""

    @property
    def size_bytes(self) -> int:
        """Bytes to be read in all."""

    @property
    def read_again(self) -> Callable[[Any, ReaderParams], Iterator[Article]]:
        """Reads the wanted articles of a unit that `units_again` gave, in order. Can be sent to another process.

        Raises InputChangedError if one is not there any more.
        """

    def units(self) -> Iterator[Unit]:
        """All there is to read, in order; the same each time."""

    def units_again(self, wanted: Mapping[Origin, str]) -> Iterator[Unit]:
        """What there is to read again for the wanted articles, in order; each is to have the id it is mapped to.

        Raises InputChangedError if what holds one is not as it was.
        """

    def select(self, wanted: Mapping[Origin, str]) -> Iterator[Article]:
        """The wanted articles once more, in order, each with the id it is mapped to.

        Raises InputChangedError if one is not there any more.
        """
