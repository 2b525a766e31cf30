"""What comes out: clusters explained, links, counts and the settings they were made with."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from newsdedup.model.article import Article, ArticleRef, Skipped
from newsdedup.model.catalog import Catalog
from newsdedup.model.match import Match, MatchTable

Span = tuple[int, int]
"""Half-open offsets into a text as it came."""

REPORT_FORMAT = 1
"""Raised whenever report.json changes in a way that old readers cannot follow."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Articles that are one story.

    `members` are sorted and at least two; `canonical` is one of them, and every other member has
    a joining match with it. `id` is made from the canonical article's id alone.
    """

    id: str
    canonical: str
    members: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.members) < 2:
            raise ValueError(f"cluster {self.id}: needs at least two members")
        if list(self.members) != sorted(set(self.members)):
            raise ValueError(f"cluster {self.id}: members must be sorted and unique")
        if self.canonical not in self.members:
            raise ValueError(f"cluster {self.id}: {self.canonical} is not a member")


class EditKind(enum.Enum):
    """What an edit is about, where that is plain."""

    HEADLINE = "headline"
    CREDIT = "credit"
    FURNITURE = "furniture"
    FIGURE = "figure"
    NAME = "name"
    QUOTE = "quote"
    TYPOGRAPHY = "typography"
    """Case, quotes, dashes, spacing, punctuation: nothing that the matching view sees."""
    MOVED = "moved"
    """A sentence that stands elsewhere: one edit takes it out, one with the same `move` puts it in."""
    ADDED = "added"
    CUT = "cut"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class Edit:
    """The canonical text in `canonical_span` stands as `text` in the variant, at `variant_span`."""

    kind: EditKind
    canonical_span: Span
    variant_span: Span
    text: str
    move: int | None = None
    """Two edits of kind MOVED with the same number are one move."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Text that two articles share, in nearly the same words."""

    a_span: Span
    b_span: Span
    text: str
    """As it stands in a."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Figures and names, as they stand in the texts, that two articles share or do not."""

    figures_shared: tuple[str, ...] = ()
    figures_only_a: tuple[str, ...] = ()
    figures_only_b: tuple[str, ...] = ()
    names_shared: tuple[str, ...] = ()
    names_only_a: tuple[str, ...] = ()
    names_only_b: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """A member of a cluster beside its canonical article, and how to get there from it.

    `edits` are sorted by `canonical_span`, then `variant_span`, do not overlap, and turn the canonical
    text into the variant's; None where diffs were not asked for.
    """

    article: Article
    match: Match
    edits: tuple[Edit, ...] | None
    facts: Facts
    """Of the two as `match` has them, a and b."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two articles that are not one story but share something, and what they share."""

    match: Match
    a: ArticleRef
    b: ArticleRef
    passages: tuple[Passage, ...]
    facts: Facts


@dataclass(frozen=True, slots=True)
class Entry:
    """One story: its canonical article, why that one, its variants, and what it is linked to."""

    cluster: Cluster
    canonical: Article
    reason: str
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there was of everything. read = kept + skipped, in records."""

    read: int
    kept: int
    skipped: int
    candidates: int
    matches: Mapping[str, int]
    """By relation."""
    clusters: int
    clustered: int
    """Articles in clusters."""
    variants: int
    links: int
    capped_groups: int
    """Groups of a candidate test too large to pair up in full; they were linked as stars."""
    unread_dates: int = 0
    """Articles whose date could not be read; it is kept as it came, in `date_text`."""


@dataclass(frozen=True, slots=True)
class RunHeader:
    """What made a report."""

    version: str
    created: datetime
    inputs: tuple[str, ...]
    settings: Mapping[str, object]
    """Every setting as it was in force."""
    counts: Counts


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a run.

    `entries` are sorted by cluster id and `links` by (a, b); both may be read only once when they
    stream from disk.
    """

    header: RunHeader
    catalog: Catalog
    clusters: tuple[Cluster, ...]
    matches: MatchTable
    entries: Iterable[Entry]
    links: Iterable[Link]
    skipped: tuple[Skipped, ...] = field(default=())
