"""From clusters and matches to what a person reads: diffs, facts, shared passages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, pairwise
from typing import TypeVar

import numpy as np

from newsdedup.model.article import Article, ArticleRef
from newsdedup.model.catalog import Catalog
from newsdedup.model.match import COLUMN, RELATIONS, Match, MatchTable, PlainMatch, Relation, match_of
from newsdedup.model.report import Cluster, Entry, Facts, Link, Memberships, Variant, Version, memberships_of
from newsdedup.model.sketch import Int64Array
from newsdedup.model.stream import Stream
from newsdedup.shelf import Packed, Shelf
from newsdedup.stages.canonical import Standings, reasons
from newsdedup.stages.chain import chain_of, told_versions, words_changed
from newsdedup.stages.diff.edits import diff
from newsdedup.stages.facts import facts
from newsdedup.stages.passages import shared_passages
from newsdedup.stages.text.lines import NO_LINES, Lines
from newsdedup.workers import Workers

T = TypeVar("T", "_Story", "_Pair")
R = TypeVar("R")

EXPLAINED_LINKS = 1000
"""Links that are shown with what they share; a run may have a hundred thousand of them, all in the table of matches."""

BATCH_BYTES = 1 << 16
"""Bytes of the articles that a worker is given at once: a fraction of a second's work."""

AHEAD = 64
"""Batches given out while the first is waited for: a story may take as long as a hundred others, and so do the tables
of a report, which are written meanwhile."""

_NO_FURNITURE: Mapping[str, Lines] = {}


@dataclass(frozen=True, slots=True)
class _Story:
    """One cluster with all that is needed to explain it, as given to a worker."""

    cluster: Cluster
    canonical: Packed
    variants: tuple[tuple[Packed, PlainMatch], ...]
    chain: tuple[Version, ...]
    furniture: Mapping[str, Lines]
    diffs: bool

    def size(self) -> int:
        """Bytes of its articles."""
        return len(self.canonical.content) + sum(len(packed.content) for packed, _ in self.variants)


@dataclass(frozen=True, slots=True)
class _Pair:
    """One link with all that is needed to explain it, as given to a worker."""

    match: PlainMatch
    a: Packed
    b: Packed
    refs: tuple[ArticleRef, ArticleRef]
    furniture: Mapping[str, Lines]
    diffs: bool

    def size(self) -> int:
        """Bytes of its articles."""
        return len(self.a.content) + len(self.b.content)


def with_reasons(clusters: Sequence[Cluster], catalog: Catalog, standings: Standings) -> tuple[Cluster, ...]:
    """The clusters with the reason why the canonical article of each was chosen."""
    if not clusters:
        return ()
    places = catalog.places
    canonical = np.array([places[cluster.canonical] for cluster in clusters], np.int64)
    others = np.array([places[m] for cluster in clusters for m in cluster.members if m != cluster.canonical], np.int64)
    firsts = np.cumsum([0, *(len(cluster.members) - 1 for cluster in clusters[:-1])])
    best = np.minimum.reduceat(standings.places[others], firsts)
    why = reasons(catalog, canonical, standings.at(best), standings)
    return tuple(replace(cluster, reason=reason) for cluster, reason in zip(clusters, why, strict=True))


def explain_clusters(
    clusters: Sequence[Cluster],
    catalog: Catalog,
    matches: MatchTable,
    shelf: Shelf,
    workers: Workers,
    furniture: Mapping[str, Lines] = _NO_FURNITURE,
    *,
    diffs: bool,
) -> Stream[Entry]:
    """The entry of each cluster, in order; without `diffs` texts are not compared word by word.

    `furniture` is what was learned of each site.
    """
    places = catalog.places
    rows = memberships_of(places, clusters, matches).row
    can_chain = told_versions(catalog)

    def story(cluster: Cluster) -> _Story:
        others = [m for m in cluster.members if m != cluster.canonical]
        joined = matches.take(rows[[places[m] for m in others]])
        variants = tuple(zip(map(shelf.__getitem__, others), joined.plain(), strict=True))
        versions = chain_of(catalog, np.array([places[m] for m in cluster.members]), can_chain)
        canonical = shelf[cluster.canonical]
        own = _of_sites(furniture, canonical, *(packed for packed, _ in variants))
        return _Story(cluster, canonical, variants, versions, own, diffs)

    def told(then: Callable[[Entry], R]) -> Iterator[R]:
        return _spread(workers, partial(_explain_story, then), (story(cluster) for cluster in clusters))

    return Stream(told)


def _spread(workers: Workers, work: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
    """`work` of each item, in order, done by the workers for as many items at a time as have BATCH_BYTES."""
    return chain.from_iterable(workers.map(partial(_each, work), _batches(items), ahead=AHEAD))


def _each(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
    return [work(item) for item in items]


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    batch: list[T] = []
    held = 0
    for item in items:
        batch.append(item)
        held += item.size()
        if held >= BATCH_BYTES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _explain_story(then: Callable[[Entry], R], story: _Story) -> R:
    canonical = story.canonical.unpacked()
    variants = [
        _explain_variant(story, canonical, packed.unpacked(), match_of(plain)) for packed, plain in story.variants
    ]
    texts = {article.id: article.text for article in (canonical, *(variant.article for variant in variants))}
    return then(Entry(story.cluster, canonical, tuple(variants), _explain_chain(story, texts)))


def _explain_chain(story: _Story, texts: Mapping[str, str]) -> tuple[Version, ...]:
    """The chain with what each version changed in the one before it."""
    if not story.diffs:
        return story.chain
    changes = [words_changed(texts[before.id], texts[after.id]) for before, after in pairwise(story.chain)]
    later = (
        replace(version, added=added, cut=cut) for version, (added, cut) in zip(story.chain[1:], changes, strict=True)
    )
    return (*story.chain[:1], *later)


def _explain_variant(story: _Story, canonical: Article, article: Article, match: Match) -> Variant:
    if not story.diffs:
        return Variant(article, match, None, Facts())
    a, b = (canonical, article) if match.a == canonical.id else (article, canonical)
    edits = diff(canonical, article, _learned(story.furniture, canonical, article))
    return Variant(article, match, edits, facts(a.text, b.text))


def _of_sites(furniture: Mapping[str, Lines], *articles: Packed) -> Mapping[str, Lines]:
    """The furniture of the sites of some articles: a worker is given no more."""
    return {article.site: furniture[article.site] for article in articles if article.site in furniture}


def _learned(furniture: Mapping[str, Lines], a: Article, b: Article) -> tuple[Lines, Lines]:
    return furniture.get(a.site, NO_LINES), furniture.get(b.site, NO_LINES)


def story_links(matches: MatchTable, belongs: Memberships) -> Int64Array:
    """Rows of the matches that link two stories, one for each pair of stories, the most telling first.

    A story is a cluster or an article on its own. Between two stories the row is taken that is an excerpt rather than
    a template, between canonical articles rather than variants, and shares most.
    """
    n = len(matches.ids)
    story_of = np.where(belongs.cluster < 0, np.arange(n) + n, belongs.cluster)
    variant = belongs.row >= 0
    left, right = story_of[matches.left], story_of[matches.right]
    between = np.flatnonzero(left != right)
    telling = np.lexsort(
        (
            matches.right[between],
            matches.left[between],
            -matches.evidence[between, COLUMN["coverage"]],
            variant[matches.left[between]].astype(np.int8) + variant[matches.right[between]],
            matches.relation[between] == RELATIONS.index(Relation.TEMPLATE),
        )
    )
    rows = between[telling]
    stories = np.minimum(left, right)[rows].astype(np.int64) << 32 | np.maximum(left, right)[rows]
    _, first = np.unique(stories, return_index=True)
    chosen: Int64Array = rows[np.sort(first)]
    return chosen


def explain_links(
    links: Int64Array,
    catalog: Catalog,
    matches: MatchTable,
    shelf: Shelf,
    workers: Workers,
    furniture: Mapping[str, Lines] = _NO_FURNITURE,
    *,
    diffs: bool,
) -> Iterator[Link]:
    """What each link shares, sorted by the pair; without `diffs` only that there is one."""

    def pair(row: int) -> _Pair:
        (match,) = matches.take(np.array([row])).plain()
        refs = (catalog[int(matches.left[row])], catalog[int(matches.right[row])])
        a, b = map(shelf.__getitem__, match[:2])
        return _Pair(match, a, b, refs, _of_sites(furniture, a, b), diffs)

    return _spread(workers, _explain_pair, (pair(row) for row in np.sort(links).tolist()))


def _explain_pair(pair: _Pair) -> Link:
    match = match_of(pair.match)
    if not pair.diffs:
        return Link(match, *pair.refs, (), Facts())
    a, b = pair.a.unpacked(), pair.b.unpacked()
    passages = shared_passages(a.text, b.text, _learned(pair.furniture, a, b))
    return Link(match, *pair.refs, passages, facts(a.text, b.text))
