"""What an index keeps, and a place to keep it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from newsdedup.model.background import Counts
from newsdedup.model.sketch import Int64Array, UInt64Array

FORMAT = 2
"""Raised whenever the content of an index changes in a way that older programs cannot follow."""

KEY_BITS, NUMBER_BITS = 36, 28
"""An entry is a key and the number of an article that has it, in one uint64.

36 bits of a hash are enough, as a key only proposes: of 10,000,000 articles with 90 keys each, a foreign one meets
one key in eighty of an article by chance, and it takes two shared samples or a full comparison to make a match.
"""
MOST_ARTICLES = 1 << NUMBER_BITS


class Row(NamedTuple):
    """One article as it is kept, in the order of the columns."""

    number: int
    """Given once, in order of arrival, never again."""
    digest: bytes
    """Of everything that was read of the article but where it stood: tells a second delivery of it from a new one."""
    id: str
    source: str
    record: int
    title: str
    publisher: str
    published: int
    """As `Catalog.published`."""
    status: int
    """Place in STATUSES."""
    words: int
    samples: int
    """Sampled shingles."""
    fingerprint: int
    """Of `Sketches.fingerprints`, signed; 0 if the text is too short to be compared."""
    content: bytes
    """Its text, packed, or only its tokens."""


@dataclass(frozen=True, slots=True)
class Header:
    """What an index is; a check must read and sketch as it was built."""

    params: Mapping[str, dict[str, int]]
    """The settings, by section, that the entries depend on."""
    text: bool
    """Whether texts are kept, for diffs."""
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Filter:
    """Some of the articles: those for which all that is given holds."""

    before: int | None = None
    """Published before this; in microseconds, as `Row.published`. What is undated is not."""
    publishers: frozenset[str] = frozenset()
    statuses: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Hits:
    """Which articles have which of the keys looked up: pairs of int64 `places` among the keys and int64 `numbers`."""

    places: Int64Array
    numbers: Int64Array
    capped: Int64Array
    """The places of keys that more articles have than asked for; of these the first and the last are given."""


NO_HITS = Hits(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))


class Store(Protocol):
    """A place to keep an index. Everything that can go wrong with it is raised as StoreError.

    What is written is written inside `writing`, all of it or nothing. Several threads may read at once.
    """

    @property
    def name(self) -> str:
        """What the user calls it."""

    def header(self) -> Header | None:
        """What was created here, if anything was."""

    def create(self, header: Header) -> None:
        """Make an empty index."""

    def reading(self) -> AbstractContextManager[None]:
        """Everything read inside is of one moment, whatever others write."""

    def writing(self) -> AbstractContextManager[None]:
        """Everything written inside is kept when it ends well, and nothing otherwise; one writer at a time."""

    def generation(self) -> int:
        """Another number whenever the content changed."""

    def size(self) -> tuple[int, int]:
        """How many articles there are, and the number that the next will get."""

    def append(self, rows: Sequence[Row], entries: UInt64Array) -> None:
        """Add articles, and entries in any order. A row's number is at least that which `size` gave."""

    def count(self, packed: bytes, sign: int = 1) -> None:
        """Add counts (as `tally.pack` gives them) to the background, or take them away (-1)."""

    def counts(self) -> Counts:
        """The background; the caller may change it."""

    def look_up(self, keys: UInt64Array, cap: int) -> Hits:
        """The articles that have the keys; of a key that more than `cap` have, the first and the last.

        Articles that were removed may be among them.
        """

    def rows(self, numbers: Int64Array) -> list[Row]:
        """The articles of those numbers that are there, sorted by number."""

    def marks(self, numbers: Int64Array) -> Int64Array:
        """Of the articles of those numbers that are there: number, `published` and `fingerprint`, sorted by number.

        int64 (n, 3); much faster than `rows`.
        """

    def all_rows(self, where: Filter | None = None) -> Iterator[Row]:
        """Every article, or those of a filter, sorted by number."""

    def all_entries(self) -> Iterator[UInt64Array]:
        """Every entry of an article that is there, in pieces."""

    def remove(self, numbers: Iterable[int]) -> None:
        """Take articles out. Their keys may stay, known to nobody, until `compact`."""

    def compact(self) -> None:
        """Let go of all that belongs to no article, and of the room it took."""

    def problems(self) -> list[str]:
        """What is wrong with it, in sentences; reads everything."""

    def close(self) -> None:
        """Let go of files and connections."""


def entries_of(keys: UInt64Array, numbers: UInt64Array) -> UInt64Array:
    """Keys (36 bits) and the numbers of their articles in one."""
    packed: UInt64Array = keys << np.uint64(NUMBER_BITS) | numbers
    return packed


def numbers_of(entries: UInt64Array) -> Int64Array:
    """The article of each entry."""
    return (entries & np.uint64(MOST_ARTICLES - 1)).astype(np.int64)
