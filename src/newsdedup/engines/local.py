"""All on this machine: one process for what is joined, several for what is read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from newsdedup.engines.interface import Found
from newsdedup.model.background import Background
from newsdedup.model.match import Candidates, MatchTable, Test
from newsdedup.plan import Plan
from newsdedup.progress import Progress
from newsdedup.readers.interface import Corpus
from newsdedup.sketching import Sketched, sketch_corpus
from newsdedup.stages.background import measure_background
from newsdedup.stages.candidates import propose
from newsdedup.stages.canonical import ranks_of
from newsdedup.stages.cluster import unheld
from newsdedup.stages.measure import measure
from newsdedup.stages.verify import verify
from newsdedup.workers import Workers

ROUNDS = 4
"""Times a changed centre is compared with its group; what is not settled by then is cut."""


class LocalEngine:
    """Read and sketch in worker processes, match in this one."""

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers

    def find_matches(self, corpus: Corpus, plan: Plan, progress: Progress) -> Found:
        """See `engines.interface.Engine`."""
        with Workers(self._workers) as workers:
            sketched = sketch_corpus(corpus, plan, workers, progress)
        progress.start("candidates")
        candidates, capped = propose(sketched.sketches, plan.candidates)
        background = measure_background(sketched.tokens, plan.sketch.shingle_size)
        progress.finish()
        progress.start("verify", len(candidates), "pairs")
        matches = _verified(sketched, candidates, background, plan)
        matches, compared = _hold_to_centres(sketched, matches, candidates, background, plan)
        progress.finish()
        return Found(sketched.catalog, matches, sketched.skipped, compared, capped, sketched.unread_dates)


BATCH_PAIRS = 1 << 18
"""Pairs measured before those that are no match are let go: bounds the memory for evidence."""


def _verified(sketched: Sketched, candidates: Candidates, background: Background, plan: Plan) -> MatchTable:
    """The matches among the candidates, sorted as they are."""
    starts = range(0, max(len(candidates), 1), BATCH_PAIRS)
    return _joined([_verified_batch(sketched, candidates[s : s + BATCH_PAIRS], background, plan) for s in starts])


def _verified_batch(sketched: Sketched, candidates: Candidates, background: Background, plan: Plan) -> MatchTable:
    evidence = measure(
        sketched.tokens, sketched.headlines, sketched.catalog, candidates, background, plan.sketch.shingle_size
    )
    return verify(sketched.catalog.ids, sketched.tokens, candidates, evidence, plan.verify)


def _hold_to_centres(
    sketched: Sketched, matches: MatchTable, candidates: Candidates, background: Background, plan: Plan
) -> tuple[MatchTable, int]:
    """Compare every member of a group with the group's centre; also says how many pairs were compared in all.

    A new match may move a centre, so this is done again until nothing is left to compare.
    """
    ranks = ranks_of(sketched.catalog, plan.canonical)
    compared = _packed(candidates.left, candidates.right)
    for _ in range(ROUNDS):
        open_pairs = np.array(unheld(matches, ranks.__getitem__), np.int32).reshape(-1, 2)
        new = open_pairs[~np.isin(_packed(open_pairs[:, 0], open_pairs[:, 1]), compared)]
        if not len(new):
            break
        tests = np.full(len(new), Test.CANONICAL, np.uint8)
        more = Candidates(new[:, 0].copy(), new[:, 1].copy(), tests)
        compared = np.concatenate([compared, _packed(more.left, more.right)])
        matches = _merged(matches, _verified(sketched, more, background, plan))
    return matches, len(compared)


def _packed(left: np.typing.NDArray[np.int32], right: np.typing.NDArray[np.int32]) -> np.typing.NDArray[np.uint64]:
    packed: np.typing.NDArray[np.uint64] = left.astype(np.uint64) << np.uint64(32) | right.astype(np.uint64)
    return packed


def _merged(a: MatchTable, b: MatchTable) -> MatchTable:
    """The matches of both, sorted."""
    joined = _joined([a, b])
    return joined.take(np.argsort(_packed(joined.left, joined.right)))


def _joined(tables: Sequence[MatchTable]) -> MatchTable:
    """The matches of some tables of the same articles, one table after the other."""
    return MatchTable(
        tables[0].ids,
        np.concatenate([table.left for table in tables]),
        np.concatenate([table.right for table in tables]),
        np.concatenate([table.relation for table in tables]),
        np.concatenate([table.probability for table in tables]),
        np.concatenate([table.evidence for table in tables]),
        np.concatenate([table.tests for table in tables]),
    )
