"""Which pairs teach most when they are labelled."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

import numpy as np

from newsdedup.model.match import RELATIONS, MatchTable, Relation

Pair = frozenset[str]


def choose(matches: MatchTable, story_of: Mapping[str, str], known: AbstractSet[Pair], count: int) -> list[int]:
    """Up to `count` rows of the matches, those of probabilities nearest 0.5 first (Lewis and Gale 1994).

    The relations take turns, each with its most doubtful pair, so that none is left out; a story, which is an article
    itself unless `story_of` names another, comes only once while there are others. Pairs that are `known`, and those
    of equal texts, teach nothing.
    """
    doubt = np.abs(matches.probability.astype(np.float64) - 0.5)
    turns: dict[int, deque[int]] = {}
    for row in np.lexsort((matches.right, matches.left, doubt)).tolist():
        relation = int(matches.relation[row])
        if RELATIONS[relation] is not Relation.EXACT and frozenset(_ids(matches, row)) not in known:
            turns.setdefault(relation, deque()).append(row)
    chosen: list[int] = []
    later: list[int] = []
    seen: set[str] = set()
    while turns and len(chosen) < count:
        for relation in sorted(turns):
            row = turns[relation].popleft()
            stories = {story_of.get(own, own) for own in _ids(matches, row)}
            (later if seen & stories else chosen).append(row)
            seen |= stories
        turns = {relation: rows for relation, rows in turns.items() if rows}
    chosen = (chosen + sorted(later, key=lambda row: doubt[row]))[:count]
    return sorted(chosen, key=lambda row: (doubt[row], row))


def _ids(matches: MatchTable, row: int) -> tuple[str, str]:
    return matches.ids[matches.left[row]], matches.ids[matches.right[row]]
