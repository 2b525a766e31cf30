"""Guesses (candidate pairs) and facts (matches) about two articles."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from newsdedup.model.sketch import Float32Array, Int32Array, UInt8Array


class Relation(enum.Enum):
    """What one article is to another."""

    EXACT = "exact"
    COPY = "copy"
    REVISION = "revision"
    EXCERPT = "excerpt"
    TEMPLATE = "template"

    @property
    def joins(self) -> bool:
        """Whether it makes the two one story, so that they share a cluster."""
        return self in {Relation.EXACT, Relation.COPY, Relation.REVISION}


RELATIONS: tuple[Relation, ...] = tuple(Relation)
"""Code c in a table of matches is RELATIONS[c]."""


class Test(enum.IntFlag):
    """The tests that can propose a pair."""

    __test__ = False  # not a test case

    FINGERPRINT = 1
    BANDS = 2
    SAMPLE = 4
    CANONICAL = 8
    """Not a guess: the pair was compared because one is the canonical article of the other's group."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs worth verifying, each once and sorted: int32 `left` < `right`; uint8 `tests` (bits of Test)."""

    left: Int32Array
    right: Int32Array
    tests: UInt8Array
    strength: Float32Array
    """float32: how alike the two may be, 0.0 .. 1.0: what is compared first."""

    def __len__(self) -> int:
        return len(self.left)

    def take(self, rows: NDArray[np.integer] | NDArray[np.bool_] | slice) -> Candidates:
        """The chosen pairs, in the order given."""
        return Candidates(self.left[rows], self.right[rows], self.tests[rows], self.strength[rows])


NO_PAIRS = Candidates(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.uint8), np.zeros(0, np.float32))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was measured on a pair (a, b); every ratio lies in 0.0 .. 1.0.

    The order of the fields is the order of the columns in `MatchTable.evidence`.
    """

    jaccard: float
    """Shared shingles over all shingles of both."""
    containment: float
    """Shared shingles over those of the article that has fewer."""
    containment_a: float
    """Shared shingles over those of a."""
    containment_b: float
    rare_containment: float
    """Containment with each shingle weighted by how few other articles have it."""
    recurring: float
    """How much of what is shared comes up on other days too: 0.0 none, 1.0 all, on many days; -1.0 if not known.

    Estimated from the sample, so that it is never quite 0.0 or 1.0.
    """
    alignment: float
    """Tokens of the shorter that align in order with the longer, equal or misprinted, over the shorter's tokens."""
    coverage: float
    """Tokens of the shorter that stand in passages shared word for word, in any order."""
    coverage_longer: float
    """The same of the longer."""
    longest_run: int
    """Tokens in the longest passage the two share word for word."""
    lead: float
    """Share of the shorter's first 40 tokens that stand in shared passages."""
    lead_longer: float
    """The same of the longer's first 40 tokens."""
    density: float
    """Aligned tokens of the shorter over its tokens from the first aligned to the last."""
    density_longer: float
    """The same of the longer."""
    words: int
    """Words of the shorter; in scripts without spaces two characters are one."""
    length_ratio: float
    """Tokens of the shorter over tokens of the longer."""
    figures_shared: int
    figures_differing: int
    """Figures of the shorter that the longer lacks."""
    figures_kept: int
    """Figures of the shorter that stand in the same place in the longer."""
    figures_replaced: int
    """Figures of the shorter in whose place the longer has others."""
    replaced: float
    """Of the information in the shorter, the share in whose place the longer says something else."""
    misprints: float
    """Share of the aligned tokens that are only nearly equal."""
    news: float
    """Of the information (idf) in the shorter's words, figures and names, the share that the longer lacks."""
    names_shared: int
    names_differing: int
    """Capitalised words of the shorter that the longer lacks."""
    headline: float
    """How alike the headlines are, or how much of one stands in the other text; -1.0 if not known."""
    headline_news: float
    """Of the information in each headline, the share that the other article nowhere has; the lesser of the two."""
    days_apart: float
    """Days between the two dates of publication; -1.0 where one is unknown."""
    weekdays_apart: float
    """Days between the days of the week that both leads name, the least, 0.0 .. 3.0; -1.0 if one names none."""


COLUMN = {name: i for i, name in enumerate(Evidence.__dataclass_fields__)}
"""The column of each field of Evidence in a table of evidence."""


@dataclass(frozen=True, slots=True)
class Match:
    """A verified pair, a < b by position in the corpus."""

    a: str
    b: str
    relation: Relation
    probability: float
    """That the two are one story: 0.0 surely not, 1.0 surely."""
    evidence: Evidence
    tests: Test


PlainMatch: TypeAlias = tuple[str, str, Relation, float, tuple[int | float, ...], int]
"""The fields of a match, with those of the evidence as numbers and the tests as bits."""


def match_of(plain: PlainMatch) -> Match:
    """The match of these fields."""
    a, b, relation, probability, evidence, tests = plain
    return Match(a, b, relation, probability, Evidence(*evidence), Test(tests))  # type: ignore[arg-type]  # whole numbers where counts are


@dataclass(frozen=True, slots=True)
class MatchTable(Sequence[Match]):
    """Many matches in columns; iterating gives `Match` objects.

    int32 `left` < `right` index into `ids`; uint8 `relation` into RELATIONS; float32 `probability`;
    float32 `evidence` (n, fields of Evidence); uint8 `tests` (bits of Test). Sorted by (left, right).
    """

    ids: Sequence[str]
    left: Int32Array
    right: Int32Array
    relation: UInt8Array
    probability: Float32Array
    evidence: Float32Array
    tests: UInt8Array

    def __len__(self) -> int:
        return len(self.left)

    @overload
    def __getitem__(self, index: int) -> Match: ...

    @overload
    def __getitem__(self, index: slice) -> MatchTable: ...

    def __getitem__(self, index: int | slice) -> Match | MatchTable:
        if isinstance(index, slice):
            return self.take(np.arange(len(self))[index])
        return next(iter(self.take(np.array([index]))))

    def __iter__(self) -> Iterator[Match]:
        return map(match_of, self.plain())

    def plain(self) -> Iterator[PlainMatch]:
        """What `match_of` makes each match of: far quicker to make, and to send to another process."""
        for start in range(0, len(self), _BLOCK):
            rows = slice(start, start + _BLOCK)
            yield from zip(
                map(self.ids.__getitem__, self.left[rows].tolist()),
                map(self.ids.__getitem__, self.right[rows].tolist()),
                map(RELATIONS.__getitem__, self.relation[rows].tolist()),
                np.round(self.probability[rows].astype(np.float64), 4).tolist(),
                plain_evidence(self.evidence[rows]),
                self.tests[rows].tolist(),
                strict=True,
            )

    def take(self, rows: NDArray[np.integer] | NDArray[np.bool_]) -> MatchTable:
        """A table of the chosen rows, in the order given."""
        return MatchTable(
            self.ids,
            self.left[rows],
            self.right[rows],
            self.relation[rows],
            self.probability[rows],
            self.evidence[rows],
            self.tests[rows],
        )

    def articles(self) -> Int32Array:
        """The places of all articles that have a match, sorted. int32 (n,)."""
        return np.unique(np.concatenate([self.left, self.right]))

    def joining(self) -> MatchTable:
        """Only the matches that make two articles one story."""
        codes = [i for i, relation in enumerate(RELATIONS) if relation.joins]
        return self.take(np.isin(self.relation, codes))


_BLOCK = 4096
"""Matches of a table that are made plain at a time."""

_COUNTS = [
    COLUMN[name]
    for name in (
        "longest_run",
        "figures_kept",
        "figures_replaced",
        "words",
        "figures_shared",
        "figures_differing",
        "names_shared",
        "names_differing",
    )
]


def plain_evidence(rows: Float32Array) -> list[tuple[int | float, ...]]:
    """Rows of `MatchTable.evidence` as plain numbers: counts whole, all others rounded to four digits."""
    columns: list[list[int | float]] = np.round(rows.T.astype(np.float64), 4).tolist()
    for column, counts in zip(_COUNTS, rows.T[_COUNTS].astype(np.int64).tolist(), strict=True):
        columns[column] = counts
    return list(zip(*columns, strict=True))


def evidence_of(row: Float32Array) -> Evidence:
    """Evidence from a row of `MatchTable.evidence`."""
    return Evidence(*plain_evidence(row[None])[0])  # type: ignore[arg-type]  # whole numbers where counts are
