"""Matches to stories, so that no chain of likenesses merges two of them.

Articles joined by matches form groups; in each, a centre is chosen. What matches the centre stays with it, and what
nearly does if most of the others vouch for it; what is left over chooses a centre of its own. (After the star
clustering of Aslam, Pelekhov and Rus 2004.)
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from newsdedup.model.match import RELATIONS, MatchTable, Relation
from newsdedup.model.report import Cluster
from newsdedup.model.sketch import BoolArray, Float32Array, Int32Array, Int64Array, UInt64Array
from newsdedup.stages.kernels.settle import fill_rows, settle, unheld_pairs

DOUBT = 0.2
"""From this chance of being one story on, what other articles say of a pair counts."""

SURE = 0.95
"""No pair counts for more than one that is so likely one story, or so unlikely."""

CONTENDERS = 2
"""So many members that stand best, and so many of the best connected, are compared with all of a group in doubt."""

FULL_UP_TO = 8
"""Groups in doubt of up to so many are compared in full."""


@dataclass(frozen=True, slots=True)
class Stories:
    """The stories of n articles: int32 `centres` (n,), of each article the centre of its story, -1 where it is alone.

    bool `settled`, beside the matches: those that hold though their probability alone says no.
    """

    centres: Int32Array
    settled: BoolArray

    @property
    def labels(self) -> Int32Array:
        """For each article its story: the centre's place, or its own where it is alone. int32 (n,)."""
        return np.where(self.centres < 0, np.arange(len(self.centres), dtype=np.int32), self.centres)


@dataclass(frozen=True, slots=True)
class _Graph:
    """Who is beside whom: of article i, `others[starts[i]:starts[i + 1]]`, sorted, by those `rows` of the matches."""

    starts: Int64Array
    others: Int32Array
    rows: Int64Array


def tell_stories(matches: MatchTable, standing: Int32Array) -> Stories:
    """Group the articles so that every member matches the centre of its story, or nearly does and most vouch for it.

    int32 `standing` (n,): where each article stands under the canonical policy, the least being best, no two alike;
    from n on it is barred from being a centre where there is another. See `stages.canonical.stand`.
    Linear in the matches, but for groups that fall apart.
    """
    joins = _joins(matches)
    graph = _graph(matches, joins)
    against = _graph(matches, ~joins)
    near = _graph(matches, ~joins & (matches.probability >= DOUBT))
    odds = _odds(matches)
    centres: Int32Array = np.full(len(matches.ids), -1, np.int32)
    settled: BoolArray = np.zeros(len(matches), np.bool_)
    settle(
        _connected(graph), graph.starts, graph.others, odds[graph.rows], against.starts, against.others,
        odds[against.rows], near.starts, near.others, near.rows, standing, centres, settled,
    )  # fmt: skip
    return Stories(centres, settled)


def unheld(matches: MatchTable, standing: Int32Array, compared: Callable[[UInt64Array], BoolArray]) -> UInt64Array:
    """Pairs, packed and sorted, that must be verified before the groups can be told apart, and are not `compared`.

    They are first those of the member of best standing with all that no match joins to it: if all of them match, it is
    the centre of the story, whatever else there is. Of a group where some do not, they are all pairs, if it is small;
    if it is large those of its centre, and of the members of best standing, with members that no match joins to them:
    a candidate test may have proposed only some pairs of it.
    """
    graph = _graph(matches, _joins(matches))
    connected = _connected(graph)
    room = (2 * CONTENDERS + 1 + FULL_UP_TO // 2) * len(connected) + 1
    pairs: UInt64Array = np.empty(room, np.uint64)
    of_best: BoolArray = np.empty(room, np.bool_)
    group: Int32Array = np.empty(room, np.int32)
    count = unheld_pairs(connected, graph.starts, graph.others, standing, CONTENDERS, FULL_UP_TO, pairs, of_best, group)
    pairs, of_best, group = pairs[:count], of_best[:count], group[:count]
    asked = ~compared(pairs)
    waiting = np.zeros(len(connected), np.bool_)
    waiting[group[asked & of_best]] = True
    return np.sort(pairs[asked & (of_best | ~waiting[group])])


def cluster_matches(matches: MatchTable, standing: Int32Array) -> tuple[tuple[Cluster, ...], MatchTable]:
    """The stories, sorted by id, and the matches as settled: every member has a joining one with the canonical article.

    A match of an article that stays only because others vouch for it is settled as a revision. See `tell_stories`.
    """
    stories = tell_stories(matches, standing)
    members = np.flatnonzero(stories.centres >= 0)
    members = members[np.argsort(stories.centres[members], kind="stable")]
    centres = stories.centres[members]
    cuts = np.flatnonzero(np.diff(centres)) + 1
    clusters = [
        _cluster(int(group[0]), part.tolist(), matches.ids)
        for group, part in zip(np.split(centres, cuts), np.split(members, cuts), strict=True)
        if len(part)
    ]
    relation = matches.relation.copy()
    relation[stories.settled] = RELATIONS.index(Relation.REVISION)
    return tuple(sorted(clusters, key=lambda cluster: cluster.id)), replace(matches, relation=relation)


def _joins(matches: MatchTable) -> BoolArray:
    table = np.array([relation.joins for relation in RELATIONS], np.bool_)
    joins: BoolArray = table[matches.relation]
    return joins


def _graph(matches: MatchTable, chosen: BoolArray) -> _Graph:
    n = len(matches.ids)
    degrees = np.bincount(matches.left[chosen], minlength=n) + np.bincount(matches.right[chosen], minlength=n)
    starts = np.zeros(n + 1, np.int64)
    np.cumsum(degrees, out=starts[1:])
    others: Int32Array = np.empty(starts[-1], np.int32)
    rows: Int64Array = np.empty(starts[-1], np.int64)
    fill_rows(matches.left, matches.right, chosen, starts[:-1].copy(), others, rows)
    return _Graph(starts, others, rows)


def _odds(matches: MatchTable) -> Float32Array:
    """The log-odds of one story of each match, cut off where no single pair should count for more."""
    chance = matches.probability.astype(np.float64).clip(1 - SURE, SURE)
    odds: Float32Array = np.log(chance / (1 - chance)).astype(np.float32)
    return odds


def _connected(graph: _Graph) -> Int32Array:
    return np.flatnonzero(np.diff(graph.starts)).astype(np.int32)


def story_id(article_id: str) -> str:
    """What the story is called that has this article for its canonical one."""
    return hashlib.sha256(article_id.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _cluster(centre: int, members: list[int], ids: Sequence[str]) -> Cluster:
    canonical = ids[centre]
    return Cluster(story_id(canonical), canonical, tuple(sorted(ids[member] for member in members)))
