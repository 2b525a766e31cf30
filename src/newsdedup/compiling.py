"""All kernels compiled on purpose, so that later runs begin at once: for the image of a container, say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from newsdedup.engines.local import LocalEngine
from newsdedup.gate import check
from newsdedup.indexing import add, create
from newsdedup.model.article import Article, Origin
from newsdedup.model.match import Candidates
from newsdedup.model.verdict import Policy
from newsdedup.pipeline import dedupe
from newsdedup.plan import Plan
from newsdedup.progress import Silent
from newsdedup.readers.memory import MemoryCorpus
from newsdedup.stages.kernels.compare import compare_pairs
from newsdedup.stages.kernels.machine_code import kept_in
from newsdedup.stages.order import FEW_PAIRS, first_pairs, strongest_first
from newsdedup.stores.memory import MemoryStore
from newsdedup.workers import Workers

_DAY = datetime(2024, 3, 1, 12, tzinfo=UTC)
_NOTICE = (
    "The mayor of {} opened the new {} of the town on Friday and thanked all who had worked on it for {} long years."
    " She said that the council would look after it well, that it was there for everybody, and that others would follow"
    " before the year was out. Several members of the council were there, and a band played in the rain."
)
_FURNITURE = "Sign up here for our daily letter. All rights of the publisher are reserved. "


def compile_all() -> str:
    """Work some articles of no meaning in every way that needs a kernel; return where the machine code is kept."""
    plan = Plan()
    corpus = MemoryCorpus(_articles())
    report = dedupe(corpus, LocalEngine(), plan, settings={}, now=_DAY, progress=Silent(), workers=1)
    _ = [*report.entries, *report.links]
    for text in (True, False):
        store = MemoryStore("")
        create(store, plan, text=text)
        with Workers(1) as alone:
            add(corpus, store, plan, alone, Silent())
        check(corpus, store, plan, policy=Policy(), progress=Silent(), workers=1, diffs=True)
    _choose_among_many()
    return kept_in(compare_pairs)


def _articles() -> list[Article]:
    """Stories within page furniture, from day to day; and a form filled for many towns, for two of them twice."""
    stories = [_FURNITURE + " ".join(map(_word, range(60 * i, 60 * i + 60))) + "." for i in range(1, 10)]
    notices = [_NOTICE.format(*map(_word, (i, 10 + i, 20 + i))) for i in range(8)]
    notices += [notices[0], notices[1].replace("look after it well", "look well after it")]
    return [
        Article(str(i), text, Origin("built in", i), publisher=publisher, published=_DAY + timedelta(days=day))
        for i, (text, publisher, day) in enumerate(
            [*((text, "Herald", i) for i, text in enumerate(stories)), *((text, "", 0) for text in notices)]
        )
    ]


def _word(n: int) -> str:
    """A word of its own for every number."""
    return "".join(f"{'bdfgklmnprst'[digit]}{'aeiou'[digit % 5]}" for digit in (n % 12, n // 12 % 12, n // 144 % 12))


def _choose_among_many() -> None:
    """Choose among more pairs than a few articles have."""
    n = FEW_PAIRS + 1
    nothing = np.zeros(n, np.int32)
    pairs = Candidates(nothing, nothing + 1, np.zeros(n, np.uint8), np.zeros(n, np.float32))
    first_pairs(pairs, strongest_first(pairs), np.zeros(2, np.int64))
