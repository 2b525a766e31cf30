"""The first run on a machine compiles the kernels: those of pairs and of diffs in a second process, while it reads.

They take about as long as all others together.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from multiprocessing.process import BaseProcess

import numpy as np

from newsdedup.first_run import kept
from newsdedup.model.article import Article, Origin
from newsdedup.model.background import Counts
from newsdedup.model.catalog import Catalog
from newsdedup.model.match import COLUMN, NO_PAIRS
from newsdedup.model.sketch import Sketches
from newsdedup.plan import Plan
from newsdedup.spool import TokenSpool
from newsdedup.stages.background import background_of
from newsdedup.stages.cluster import tell_stories, unheld
from newsdedup.stages.diff.edits import diff
from newsdedup.stages.kernels.compiled import interpreted
from newsdedup.stages.measure import measure
from newsdedup.stages.verify import verify
from newsdedup.workers import PROCESSES, serve


class Ahead:
    """What is compiled ahead: nothing if an earlier run has left it on disk, or if there is but one worker."""

    def __init__(self, plan: Plan, workers: int) -> None:
        self._plan = plan
        self._process: BaseProcess | None = None
        if workers > 1 and not interpreted() and not kept():
            self._process = PROCESSES.Process(target=_compile, args=(plan,), daemon=True)
            self._process.start()

    def wait(self) -> None:
        """Compile what verifies pairs and tells stories, and wait for what measures pairs and makes diffs."""
        if self._process is not None:
            evidence = np.zeros((0, len(COLUMN)), np.float32)
            matches = verify((), TokenSpool().finish(), NO_PAIRS, evidence, self._plan.verify)
            standing = np.zeros(0, np.int32)
            tell_stories(matches, standing)
            unheld(matches, standing, partial(np.zeros_like, dtype=np.bool_))
            self._process.join()


def _compile(plan: Plan) -> None:
    """Measure no pair, and compare two words: the kernels are compiled for that as for any."""
    serve()
    _measure_nothing(plan)
    a, b = (Article(text, text, Origin(text)) for text in "ab")
    diff(a, b)


def _measure_nothing(plan: Plan) -> None:
    prints, ints = np.zeros(0, np.uint64), np.zeros(0, np.int32)
    bands = np.zeros((0, plan.sketch.bands), np.uint32)
    sketches = Sketches(plan.sketch, bands, prints, np.zeros(1, np.int64), prints, ints, ints)
    tokens = TokenSpool().finish()
    background = background_of(Counts(0, np.zeros(1, np.uint32), Counter()))
    measure(tokens, tokens, sketches, Catalog.of([], []), NO_PAIRS, background)
