"""Matches to stories, so that no chain of likenesses merges two of them.

Articles joined by matches form groups; in each, a centre is chosen. What matches the centre stays with it, and what
nearly does if most of the others vouch for it; what is left over chooses a centre of its own. (After the star
clustering of Aslam, Pelekhov and Rus 2004.)
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from newsdedup.model.match import RELATIONS, MatchTable, Relation
from newsdedup.model.report import Cluster

Neighbours = dict[int, set[int]]
RankOf = Callable[[int], tuple[Any, ...]]
"""From an article's place in the corpus to where it stands under the policy; the least is best."""


def neighbours_of(matches: MatchTable) -> Neighbours:
    """For each article that is one story with another: those it matches."""
    joining = matches.joining()
    found: Neighbours = {}
    for a, b in zip(joining.left.tolist(), joining.right.tolist(), strict=True):
        found.setdefault(a, set()).add(b)
        found.setdefault(b, set()).add(a)
    return found


def _groups(articles: Iterable[int], neighbours: Neighbours) -> list[set[int]]:
    """The connected components of some articles."""
    left = set(articles)
    groups = []
    for first in sorted(left):
        if first not in left:
            continue
        left.remove(first)
        group, edge = {first}, [first]
        while edge:
            new = neighbours[edge.pop()] & left
            left -= new
            group |= new
            edge += new
        groups.append(group)
    return groups


DOUBT = 0.2
"""From this chance of being one story on, what other articles say of a pair counts."""

CONTENDERS = 3
"""Articles of a group, best ranked first, that are compared with all of it to see whether they can be its centre."""


def _centre(group: set[int], neighbours: Neighbours, rank_of: RankOf) -> int:
    """The best article under the policy of those that match over two thirds as many as the best connected one does.

    An article that hangs on by few matches, such as a round-up that holds a brief, cannot be the centre of a group.
    """
    degree = {article: len(neighbours[article] & group) for article in group}
    most = max(degree.values())
    return min((article for article in group if 3 * degree[article] > 2 * most), key=lambda a: (rank_of(a), a))


def unheld(matches: MatchTable, rank_of: RankOf) -> list[tuple[int, int]]:
    """Pairs, sorted, that must be verified before the groups can be told apart, if that was not done yet.

    They are those of each group's centre, and of its best ranked articles, with members that no match joins to them:
    a candidate test may have proposed only some pairs of a large group.
    """
    neighbours = neighbours_of(matches)
    pairs = set()
    for group in _groups(neighbours, neighbours):
        contenders = heapq.nsmallest(CONTENDERS, group, key=lambda a: (rank_of(a), a))
        for centre in (_centre(group, neighbours, rank_of), *contenders):
            pairs |= {(min(centre, m), max(centre, m)) for m in group - neighbours[centre] - {centre}}
    return sorted(pairs)


def cluster_matches(matches: MatchTable, rank_of: RankOf) -> tuple[tuple[Cluster, ...], MatchTable]:
    """The stories, sorted by id, and the matches as settled: every member has a joining one with the canonical article.

    An article stays with a centre that it matches; or that it nearly matches, if it matches most of those that do
    (its match with the centre is then settled as a revision). Does not depend on the order of the matches. Linear in
    the matches, but for groups that fall apart.
    """
    neighbours = neighbours_of(matches)
    doubtful = _doubtful(matches)
    clusters = []
    settled: list[int] = []
    groups = _groups(neighbours, neighbours)
    while groups:
        group = groups.pop()
        if len(group) < 2:
            continue
        centre = _centre(group, neighbours, rank_of)
        held = (neighbours[centre] & group) | {centre}
        near = {m: row for m, row in doubtful.get(centre, {}).items() if m in group - held}
        backed = [m for m in near if 3 * len(neighbours[m] & held) >= 2 * len(held)]
        settled += [near[m] for m in backed]
        held.update(backed)
        clusters.append(_cluster(centre, held, matches.ids))
        groups += _groups(group - held, neighbours)
    relation = matches.relation.copy()
    relation[settled] = RELATIONS.index(Relation.REVISION)
    return tuple(sorted(clusters, key=lambda cluster: cluster.id)), replace(matches, relation=relation)


def _doubtful(matches: MatchTable) -> dict[int, dict[int, int]]:
    """For each article: those it nearly matches, with the row of the match."""
    joins = np.isin(matches.relation, [code for code, relation in enumerate(RELATIONS) if relation.joins])
    found: dict[int, dict[int, int]] = {}
    for row in np.flatnonzero(~joins & (matches.probability >= DOUBT)).tolist():
        a, b = int(matches.left[row]), int(matches.right[row])
        found.setdefault(a, {})[b] = row
        found.setdefault(b, {})[a] = row
    return found


def story_id(article_id: str) -> str:
    """What the story is called that has this article for its canonical one."""
    return hashlib.sha256(article_id.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _cluster(centre: int, held: set[int], ids: Sequence[str]) -> Cluster:
    canonical = ids[centre]
    return Cluster(story_id(canonical), canonical, tuple(sorted(ids[member] for member in held)))
