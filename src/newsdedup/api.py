"""The interface for Python programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from newsdedup.config.render import resolved
from newsdedup.config.settings import Settings
from newsdedup.engines.local import LocalEngine
from newsdedup.errors import InputError
from newsdedup.model.article import Article, Origin
from newsdedup.model.report import Report
from newsdedup.pipeline import dedupe
from newsdedup.plan import Plan
from newsdedup.progress import Silent
from newsdedup.readers.corpus import FileCorpus
from newsdedup.readers.fields import field_map
from newsdedup.readers.interface import Corpus, Record
from newsdedup.readers.memory import MemoryCorpus

Input = Article | Mapping[str, object] | str | Path


def deduplicate(
    articles: Iterable[Input],
    plan: Plan | None = None,
    *,
    workers: int = 1,
    diffs: bool = True,
    now: datetime | None = None,
) -> Report:
    """Find the stories among some articles.

    `articles` are all `Path` objects, of files and folders to be read; or each is an `Article`, a mapping with fields
    such as `id`, `title`, `text`, `published` (those the configuration knows), or a `str`, which is a text. The order
    of what is in hand counts only for ids of articles that have none: they are called `0`, `1`, ...

    The report is complete: its entries and links are tuples. `now` is when the report says it was made. Raises
    InputError if a path does not exist, or paths stand among other articles, and TypeError if it is given one text or
    path; whatever else is wrong with the input is in `Report.skipped`.
    """
    if isinstance(articles, str | Path):
        raise TypeError(f"deduplicate takes many articles, not one: [{articles!r}]")
    plan = plan or Plan()
    given = list(articles)
    with ExitStack() as stack:
        corpus: Corpus
        if given and all(isinstance(item, Path) for item in given):
            corpus = stack.enter_context(FileCorpus.open([str(item) for item in given], plan.reader))
        else:
            corpus = MemoryCorpus([_record(item, place, plan) for place, item in enumerate(given)])
        report = dedupe(
            corpus,
            LocalEngine(workers),
            plan,
            settings=resolved(plan, Settings(diffs=diffs)),
            now=now or datetime.now(UTC),
            progress=Silent(),
            workers=workers,
            diffs=diffs,
        )
        return replace(report, entries=tuple(report.entries), links=tuple(report.links))


def _record(item: Input, place: int, plan: Plan) -> Record:
    origin = Origin("memory", place)
    match item:
        case Article():
            return replace(item, origin=origin)
        case str():
            return Article(str(place), item, origin)
        case Path():
            raise InputError(f"{item}: paths cannot stand among other articles")
        case _:
            return field_map(plan.reader.fields).article(item, str(place), origin)
