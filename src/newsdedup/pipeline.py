"""The main use case as one straight line through the stages."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TypeVar

import numpy as np

from newsdedup.engines.interface import Engine, Found
from newsdedup.explain import EXPLAINED_LINKS, explain_clusters, explain_links, story_links, with_reasons
from newsdedup.model.article import Origin
from newsdedup.model.catalog import Catalog
from newsdedup.model.match import RELATIONS, MatchTable
from newsdedup.model.report import Cluster, Counts, Entry, Link, Report, RunHeader, memberships_of
from newsdedup.model.sketch import Int64Array
from newsdedup.model.stream import Stream
from newsdedup.plan import Plan
from newsdedup.progress import Progress
from newsdedup.readers.interface import Corpus
from newsdedup.shelf import Shelf
from newsdedup.shelving import shelve
from newsdedup.stages.canonical import stand
from newsdedup.stages.cluster import cluster_matches
from newsdedup.stages.withdrawn import find_withdrawn
from newsdedup.version import __version__
from newsdedup.workers import Workers

R = TypeVar("R")


def dedupe(
    corpus: Corpus,
    engine: Engine,
    plan: Plan,
    *,
    settings: Mapping[str, object],
    now: datetime,
    progress: Progress,
    workers: int | None = None,
    diffs: bool = True,
) -> Report:
    """Find the stories of a corpus; without `diffs` no two texts are compared word by word for the report.

    The report's entries and links are worked out as they are read, each once.
    """
    found = engine.find_matches(corpus, plan, progress)
    standings = stand(found.catalog, found.matches.articles(), plan.canonical)
    clusters, matches = cluster_matches(found.matches, standings.places)
    clusters = with_reasons(clusters, found.catalog, standings)
    links = story_links(matches, memberships_of(found.catalog.places, clusters, matches))
    shown = links[:EXPLAINED_LINKS]

    @functools.cache
    def shelf() -> Shelf:
        with Workers(workers) as pool:
            return shelve(corpus, _wanted(found.catalog, matches, clusters, shown), plan.reader, pool)

    def entries(then: Callable[[Entry], R]) -> Iterator[R]:
        with Workers(workers) as pool:
            progress.start("diff", len(clusters), "stories")
            stories = explain_clusters(clusters, found.catalog, matches, shelf(), pool, found.furniture, diffs=diffs)
            for told in stories.then(then):
                yield told
                progress.advance()
            progress.finish()

    def linked() -> Iterator[Link]:
        with Workers(workers) as pool:
            progress.start("links", len(shown), "links")
            for link in explain_links(shown, found.catalog, matches, shelf(), pool, found.furniture, diffs=diffs):
                yield link
                progress.advance()
            progress.finish()

    header = RunHeader(__version__, now, corpus.inputs, settings, _counts(found, matches, clusters, len(links)))
    withdrawn = find_withdrawn(found.catalog, matches, clusters)
    return Report(header, found.catalog, clusters, matches, Stream(entries), linked(), found.skipped, withdrawn)


def _wanted(
    catalog: Catalog, matches: MatchTable, clusters: tuple[Cluster, ...], links: Int64Array
) -> dict[Origin, str]:
    """Where the articles stand that the report shows, and what they are called."""
    shown = {m for cluster in clusters for m in cluster.members}
    for row in links.tolist():
        shown |= {catalog.ids[matches.left[row]], catalog.ids[matches.right[row]]}
    return {catalog.origin(i): own for i, own in enumerate(catalog.ids) if own in shown}


def _counts(found: Found, matches: MatchTable, clusters: tuple[Cluster, ...], links: int) -> Counts:
    kept, skipped = len(found.catalog), len(found.skipped)
    clustered = sum(len(cluster.members) for cluster in clusters)
    by_relation = np.bincount(matches.relation, minlength=len(RELATIONS))
    return Counts(
        read=kept + skipped,
        kept=kept,
        skipped=skipped,
        candidates=found.candidates,
        matches={relation.value: int(n) for relation, n in zip(RELATIONS, by_relation, strict=True)},
        clusters=len(clusters),
        clustered=clustered,
        variants=clustered - len(clusters),
        links=links,
        capped_groups=found.capped,
        unread_dates=found.unread_dates,
    )
