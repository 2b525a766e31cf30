"""What comes out: clusters explained, links, counts and the settings they were made with."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import numpy as np

from newsdedup.model.article import Article, ArticleRef, Skipped
from newsdedup.model.catalog import Catalog
from newsdedup.model.filing import Filing
from newsdedup.model.match import Match, MatchTable
from newsdedup.model.sketch import Int32Array, Int64Array

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
    reason: str = ""
    """Why the canonical article is kept, and not another."""

    def __post_init__(self) -> None:
        if len(self.members) < 2:
            raise ValueError(f"cluster {self.id}: needs at least two members")
        if list(self.members) != sorted(set(self.members)):
            raise ValueError(f"cluster {self.id}: members must be sorted and unique")
        if self.canonical not in self.members:
            raise ValueError(f"cluster {self.id}: {self.canonical} is not a member")


@dataclass(frozen=True, slots=True)
class Memberships:
    """To which story each of n articles belongs, and by which match.

    int32 `cluster` (n,): place among the clusters, -1 for an article on its own; int64 `row` (n,): row of the match
    with the canonical article, -1 for that itself and for an article on its own.
    """

    cluster: Int32Array
    row: Int64Array


def memberships_of(places: Mapping[str, int], clusters: Sequence[Cluster], matches: MatchTable) -> Memberships:
    """The memberships of the articles that stand at those `places`, 0 to n - 1.

    Raises KeyError if a member of a cluster has no place, and ValueError if it has no match with the canonical article.
    """
    n = len(places)
    sizes = [len(story.members) for story in clusters]
    members = np.array([places[member] for story in clusters for member in story.members], np.int64)
    cluster: Int32Array = np.full(n, -1, np.int32)
    cluster[members] = np.repeat(np.arange(len(clusters), dtype=np.int32), sizes)
    centre: Int64Array = np.full(n, -1, np.int64)
    centre[members] = np.repeat(np.array([places[story.canonical] for story in clusters], np.int64), sizes)
    variants = np.flatnonzero((centre >= 0) & (centre != np.arange(n)))
    wanted = np.minimum(variants, centre[variants]) << 32 | np.maximum(variants, centre[variants])
    known = matches.left.astype(np.int64) << 32 | matches.right
    rows = np.searchsorted(known, wanted)
    if len(wanted) and (len(known) == 0 or (known[rows.clip(max=len(known) - 1)] != wanted).any()):
        raise ValueError("a member of a cluster has no match with its canonical article")
    row: Int64Array = np.full(n, -1, np.int64)
    row[variants] = rows
    return Memberships(cluster, row)


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
class Version:
    """One filing of a story by its sender."""

    id: str
    filing: Filing
    number: int | None
    """Of the update or lead, where it says one."""
    published: datetime | None
    added: int | None = None
    """Words that it has and the version before it lacks; None for the first, and where texts were not compared."""
    cut: int | None = None
    """The other way round."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One story: its canonical article, why that one, its variants, and what it is linked to."""

    cluster: Cluster
    canonical: Article
    variants: tuple[Variant, ...]
    chain: tuple[Version, ...] = ()
    """How its sender filed it, first to last; empty where nothing tells of more than one version."""


class Tie(enum.Enum):
    """By what a live article was known to be one that its sender took back; the surest first."""

    EXACT = "exact"
    COPY = "copy"
    REVISION = "revision"
    ITEM = "item"
    """Another version of the same item, by its guid."""
    HEADLINE = "headline"
    """The same headline at the same time; what was sent to withdraw it may be a notice only."""
    SLUG = "slug"
    """The same slug of the same publisher on the same day."""


@dataclass(frozen=True, slots=True)
class LiveCopy:
    """An article that tells what was withdrawn, and was not withdrawn itself."""

    article: ArticleRef
    tie: Tie


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An article that its sender took back, and every copy of it that still stands."""

    article: ArticleRef
    live: tuple[LiveCopy, ...]
    """At least one, the surest first."""


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


@dataclass(frozen=True)
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
    withdrawn: tuple[Withdrawal, ...] = field(default=())
    """What was taken back and is still live, by origin."""

    @cached_property
    def memberships(self) -> Memberships:
        """To which story each article of the catalog belongs."""
        return memberships_of(self.catalog.places, self.clusters, self.matches)
