"""Articles that their senders took back, and what still stands of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

import numpy as np

from newsdedup.model.article import ArticleRef
from newsdedup.model.catalog import Catalog
from newsdedup.model.filing import Filing
from newsdedup.model.match import COLUMN, RELATIONS, MatchTable, Relation
from newsdedup.model.report import Cluster, LiveCopy, Tie, Withdrawal
from newsdedup.stages.text.kills import killed_articles
from newsdedup.stages.text.wire import filing_of, item_version, plain_headline, plain_slug

HEADLINE_CHARS = 16
"""A shorter headline may be that of another story."""

HEADLINE_SPAN, SLUG_SPAN = timedelta(days=3), timedelta(days=1)
"""How far apart two articles may be published to be known by headline or slug."""

Found = Iterator[tuple[int, int, Tie]]
"""Withdrawn article, live article, and by what the one is known to be the other."""

_ORDER = {tie: place for place, tie in enumerate(Tie)}
_BY_RELATION = {Relation.EXACT: Tie.EXACT, Relation.COPY: Tie.COPY, Relation.REVISION: Tie.REVISION}


def find_withdrawn(catalog: Catalog, matches: MatchTable, clusters: Sequence[Cluster]) -> tuple[Withdrawal, ...]:
    """Every article that was withdrawn and of which something is still live, by origin.

    Live is what has the same text, copies or revises it, belongs to its story and copies one of those, is another
    version of its item, or had its headline or slug at the time. Not named is what takes its place: a correction, a
    later version of its item, and a later revision that is an update or changes figures.
    """
    killed = killed_articles(catalog)
    if not killed:
        return ()
    live: dict[int, dict[int, Tie]] = {place: {} for place in killed}
    for one, other, tie in _by_match(catalog, matches, killed):
        live[one][other] = tie
    for found in (_by_story(catalog, matches, clusters, live), _by_label(catalog, killed)):
        for one, other, tie in list(found):
            live[one].setdefault(other, tie)
    return tuple(_withdrawal(catalog, one, others) for one, others in sorted(live.items()) if others)


def _withdrawal(catalog: Catalog, one: int, others: dict[int, Tie]) -> Withdrawal:
    surest = sorted(others, key=lambda other: (_ORDER[others[other]], other))
    return Withdrawal(catalog[one], tuple(LiveCopy(catalog[other], others[other]) for other in surest))


def _by_match(catalog: Catalog, matches: MatchTable, killed: Sequence[int]) -> Found:
    """What a joining match ties to an article that was withdrawn."""
    left, right = np.isin(matches.left, killed), np.isin(matches.right, killed)
    for row in np.flatnonzero(left ^ right).tolist():
        relation = RELATIONS[matches.relation[row]]
        one, other = int(matches.left[row]), int(matches.right[row])
        if right[row]:
            one, other = other, one
        figures = bool(matches.evidence[row, COLUMN["figures_replaced"]])
        if relation.joins and not _replaces(catalog[other], catalog[one], relation, figures=figures):
            yield one, other, _BY_RELATION[relation]


def _by_story(
    catalog: Catalog, matches: MatchTable, clusters: Sequence[Cluster], live: dict[int, dict[int, Tie]]
) -> Found:
    """What belongs to the story of an article that was withdrawn and was not compared with it itself."""
    places = catalog.places
    stories = [(places[c.canonical], [places[m] for m in c.members]) for c in clusters]
    stories = [(centre, members) for centre, members in stories if not live.keys().isdisjoint(members)]
    centres = [centre for centre, _ in stories]
    near = np.flatnonzero(np.isin(matches.left, centres) | np.isin(matches.right, centres)).tolist()
    relations = {(int(matches.left[row]), int(matches.right[row])): RELATIONS[matches.relation[row]] for row in near}
    compared = set(relations)
    for row in np.flatnonzero(np.isin(matches.left, list(live)) | np.isin(matches.right, list(live))).tolist():
        compared.add((int(matches.left[row]), int(matches.right[row])))
    for centre, members in stories:
        for one in live.keys() & members:
            for other in members:
                if other in live or other == centre or (min(one, other), max(one, other)) in compared:
                    continue
                relation = relations[min(centre, other), max(centre, other)]
                copied = relation in {Relation.EXACT, Relation.COPY}
                if copied and centre in live[one]:
                    yield one, other, max(_BY_RELATION[relation], live[one][centre], key=_ORDER.__getitem__)
                elif not copied and not _replaces(catalog[other], catalog[one], relation, figures=True):
                    yield one, other, Tie.REVISION


def _by_label(catalog: Catalog, killed: Sequence[int]) -> Found:
    """What has the guid, the headline or the slug of an article that was withdrawn."""
    barred = set(killed)
    for name, tie, close in _LABELS:
        wanted: dict[str, list[int]] = {}
        for one in killed:
            if label := name(catalog[one]):
                wanted.setdefault(label, []).append(one)
        for other, ref in enumerate(catalog) if wanted else ():
            for one in wanted.get(name(ref), ()) if other not in barred else ():
                if close(ref, catalog[one]):
                    yield one, other, tie


def _item(ref: ArticleRef) -> str:
    return item_version(ref.guid, ref.version).item if ref.guid else ""


def _headline(ref: ArticleRef) -> str:
    plain = plain_headline(ref.title).casefold()
    return plain if len(plain) >= HEADLINE_CHARS else ""


def _slug(ref: ArticleRef) -> str:
    return f"{plain_slug(ref.slug)}\n{ref.publisher.casefold()}" if ref.slug and ref.publisher else ""


def _later(ref: ArticleRef, withdrawn: ArticleRef) -> bool:
    """Whether an article was filed after the withdrawn one, as far as is known."""
    own, other = (item_version(each.guid, each.version) for each in (ref, withdrawn))
    if own.item and own.item == other.item and own.version is not None and other.version is not None:
        return own.version > other.version
    return ref.published is not None and withdrawn.published is not None and ref.published > withdrawn.published


def _replaces(ref: ArticleRef, withdrawn: ArticleRef, relation: Relation, *, figures: bool) -> bool:
    """Whether an article takes the place of the withdrawn one; `figures` of it stand in the place of others."""
    if not _later(ref, withdrawn):
        return False
    filing = filing_of(ref).filing
    return filing is Filing.CORRECTION or (relation is Relation.REVISION and (figures or filing is Filing.UPDATE))


def _before(ref: ArticleRef, withdrawn: ArticleRef) -> bool:
    return not _later(ref, withdrawn)


def _within(span: timedelta) -> Callable[[ArticleRef, ArticleRef], bool]:
    """Whether an article was filed at most so long before the withdrawn one; not if a date is unknown."""

    def close(ref: ArticleRef, withdrawn: ArticleRef) -> bool:
        if ref.published is None or withdrawn.published is None:
            return False
        return timedelta(0) <= withdrawn.published - ref.published <= span

    return close


_LABELS: tuple[tuple[Callable[[ArticleRef], str], Tie, Callable[[ArticleRef, ArticleRef], bool]], ...] = (
    (_item, Tie.ITEM, _before),
    (_headline, Tie.HEADLINE, _within(HEADLINE_SPAN)),
    (_slug, Tie.SLUG, _within(SLUG_SPAN)),
)
