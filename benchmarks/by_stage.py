"""Where does the time go?

    python benchmarks/by_stage.py [CORPUS] [--articles 50000]

Reads, normalises and sketches in one process, one after the other; then does it as a run does, in all its workers,
and goes on to candidates, verification, stories, diffs and outputs. CORPUS is a file or folder; invented articles
unless given.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import families
from tables import options, publish

from newsdedup import deduplicate
from newsdedup.engines.interface import Found
from newsdedup.engines.local import LocalEngine
from newsdedup.model.article import Article
from newsdedup.pipeline import dedupe
from newsdedup.plan import Plan
from newsdedup.progress import Progress, Silent
from newsdedup.readers.corpus import FileCorpus
from newsdedup.readers.interface import Corpus
from newsdedup.sketching import BATCH_CHARS
from newsdedup.stages.sketch import sketch_codes
from newsdedup.stages.text.view import matching_codes
from newsdedup.writers import WRITERS
from newsdedup.writers.folder import write_report

R = TypeVar("R")
SEEDS = Path(__file__).parents[1] / "corpus" / "seeds"


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--articles", type=int, default=50_000, metavar="N", help="to invent if no corpus is given")
    given = parser.parse_args()
    deduplicate([SEEDS])  # so that kernels are compiled
    with tempfile.TemporaryDirectory(prefix="newsdedup-bench-") as name:
        folder = Path(name)
        corpus = given.corpus or families.write(folder / "corpus.jsonl", families.stories(given.articles))
        took, articles, megabytes, pairs = measured(corpus, folder / "report")
    cores = len(os.sched_getaffinity(0))
    publish(
        "by stage",
        f"{corpus.stem if given.corpus else 'Invented articles'}: {articles:,} articles, {megabytes:,.1f} MB of text,"
        f" {pairs:,} pairs compared",
        ["stage", "of cores", "s", "articles/s", "MB/s"],
        [
            [
                stage,
                "1" if stage in took.alone else str(cores),
                f"{s:.2f}",
                f"{articles / s:,.0f}",
                f"{megabytes / s:,.1f}",
            ]
            for stage, s in took.seconds.items()
        ],
        dry_run=given.dry_run,
    )


@dataclass
class Stopwatch:
    """Seconds of each stage; as a progress it is told of those of the engine by the engine."""

    seconds: dict[str, float] = field(default_factory=dict)
    alone: set[str] = field(default_factory=set)
    """Stages that use one core."""
    _stage: str = ""
    _since: float = 0.0

    def time(self, stage: str, work: Callable[[], R], *, alone: bool = False) -> R:
        since = time.perf_counter()
        result = work()
        self.seconds[stage] = time.perf_counter() - since
        if alone:
            self.alone.add(stage)
        return result

    def start(self, stage: str, total: int | None = None, unit: str = "articles") -> None:  # noqa: ARG002  # the interface
        self._stage, self._since = stage, time.perf_counter()

    def advance(self, done: int = 1) -> None: ...

    def finish(self) -> None:
        stage = {"read": "read, normalise and sketch"}.get(self._stage, self._stage)
        self.seconds[stage] = time.perf_counter() - self._since


@dataclass(frozen=True)
class Known:
    """An engine that has found the matches already."""

    found: Found

    def find_matches(self, corpus: Corpus, plan: Plan, progress: Progress) -> Found:  # noqa: ARG002  # the interface
        return self.found


def measured(path: Path, out: Path) -> tuple[Stopwatch, int, float, int]:
    """The times, and how many articles, megabytes of text and compared pairs they are for."""
    plan, watch = Plan(), Stopwatch()
    with FileCorpus.open([str(path)], plan.reader) as corpus:
        texts = watch.time("read", lambda: [article.text for article in read(corpus, plan)], alone=True)
        megabytes = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6
        views = watch.time(
            "normalise", lambda: [matching_codes(some, plan.text) for some in batches(texts)], alone=True
        )
        watch.time("sketch", lambda: [sketch_codes(*view, plan.sketch) for view in views], alone=True)
        found = LocalEngine().find_matches(corpus, plan, watch)
        report = watch.time(
            "cluster",
            lambda: dedupe(corpus, Known(found), plan, settings={}, now=datetime.now(UTC), progress=Silent()),
            alone=True,
        )
        entries = watch.time("diff", lambda: tuple(report.entries))
        links = watch.time("links", lambda: tuple(report.links))
        whole = replace(report, entries=entries, links=links)
        watch.time("write", lambda: write_report(whole, out, WRITERS.names(), force=False), alone=True)
    return watch, len(texts), megabytes, found.candidates


def read(corpus: FileCorpus, plan: Plan) -> Iterator[Article]:
    records = (record for unit in corpus.units() for record in corpus.read_unit(unit, plan.reader))
    return (record for record in records if isinstance(record, Article))


def batches(texts: list[str], chars: int = BATCH_CHARS) -> Iterator[list[str]]:
    """Texts as many at a time as have so many characters: those that a worker takes, unless given."""
    batch, size = [], 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size >= chars:
            yield batch
            batch, size = [], 0
    yield batch


if __name__ == "__main__":
    main()
