"""The parts of an index and of a check put together, as `wiring` does for a run."""

# ruff: noqa: PLC0415  # what a command does not need it does not load

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from newsdedup.errors import InputError, StoreError
from newsdedup.progress import Progress

if TYPE_CHECKING:  # these lead to numpy
    from newsdedup.config.settings import Config
    from newsdedup.indexing import Changed
    from newsdedup.model.verdict import CheckReport, Policy
    from newsdedup.model.window import Window
    from newsdedup.plan import Plan
    from newsdedup.readers.corpus import FileCorpus
    from newsdedup.readers.interface import Corpus
    from newsdedup.stores.interface import Filter, Header, Row, Store

CHECKED_WEIGHT = 2
"""What a byte of a delivery weighs that is checked against an index: of that, a few articles are compared with each."""


@contextmanager
def _opened(name: str) -> Iterator[Store]:
    from newsdedup.stores import open_store

    store = open_store(name)
    try:
        yield store
    finally:
        store.close()


def index_add(
    index: str, paths: Sequence[str], config: Config, *, text: bool | None, stdin: BinaryIO, progress: Progress
) -> Changed:
    """Add what the paths hold to an index, which is made if there is none; `text` is whether it keeps texts.

    Raises InputError, StoreError.
    """
    from newsdedup.first_run import SKETCHING, decide, fitting
    from newsdedup.readers.corpus import FileCorpus
    from newsdedup.workers import Workers

    plan = config.plan
    own = () if "://" in index else tuple(Path(f"{index}{end}") for end in ("", "-wal", "-shm"))
    with _opened(index) as store, FileCorpus.open(paths, plan.reader, exclude=own, stdin=stdin) as corpus:
        decide(corpus.unpacked_bytes, SKETCHING)
        from newsdedup.indexing import add, check_header, create

        header = store.header()
        if header is None:
            create(store, plan, text=text is not False)
        elif text is False and header.text:
            raise StoreError(f"{index}: the index keeps texts; --no-text must be given when it is made")
        check_header(store, plan)
        with Workers(fitting(config.settings.workers)) as workers:
            return add(corpus, store, plan, workers, progress)


def index_remove(index: str, ids: Sequence[str]) -> Changed:
    """Take the articles with some ids out of an index. Raises StoreError, also if an id is not there."""
    from newsdedup.indexing import Changed, plan_for, remove, with_ids

    with _opened(index) as store:
        plan = plan_for(store)
        with store.writing():
            rows = with_ids(store, ids)
            missing = sorted(set(ids) - {row.id for row in rows})
            if missing:
                raise StoreError(f"{index}: has no article called {', '.join(missing)}; nothing was removed")
            remove(store, rows, plan)
        return Changed(removed=len(rows))


def index_info(index: str) -> tuple[Header, int, int | None]:
    """The header of an index, how many articles it holds, and its bytes on disk. Raises StoreError."""
    with _opened(index) as store:
        header = _header(store)
        with store.reading():
            articles = store.size()[0]
    return header, articles, None if "://" in index else os.stat(index).st_size  # noqa: PTH116


def index_query(index: str, ids: Sequence[str]) -> list[Row]:
    """The articles of an index that have one of the ids. Raises StoreError."""
    from newsdedup.indexing import with_ids

    with _opened(index) as store:
        _header(store)
        with store.reading():
            return with_ids(store, ids)


def index_verify(index: str) -> int:
    """Read all of an index; return how many articles it holds. Raises StoreError with all that is wrong."""
    with _opened(index) as store:
        _header(store)
        problems = store.problems()
        if problems:
            raise StoreError("\n".join(f"{index}: {problem}" for problem in problems))
        with store.reading():
            return store.size()[0]


def index_prune(index: str, where: Filter | None) -> Changed:
    """Take out what a filter names, and let go of all that belongs to no article. Raises StoreError."""
    from newsdedup.indexing import plan_for, prune

    with _opened(index) as store:
        return prune(store, where, plan_for(store))


def index_merge(index: str, others: Sequence[str], progress: Progress) -> Changed:
    """Add the articles of other indexes; an index that is not there yet is made like the first. Raises StoreError."""
    from contextlib import ExitStack

    from newsdedup.indexing import merge, plan_for

    with ExitStack() as stack:
        sources = [stack.enter_context(_opened(name)) for name in others]
        headers = [_header(source) for source in sources]
        store = stack.enter_context(_opened(index))
        if store.header() is None:
            store.create(headers[0])
        return merge(store, sources, plan_for(store), progress)


def _header(store: Store) -> Header:
    header = store.header()
    if header is None:
        raise StoreError(f"{store.name}: there is no index; `newsdedup index add {store.name} PATH...` makes one")
    return header


def check(
    paths: Sequence[str],
    against: str,
    config: Config,
    *,
    policy: Policy,
    window: Window,
    baseline: Path | None,
    update_baseline: bool,
    diffs: bool,
    add_if_clean: bool,
    stdin: BinaryIO,
    progress: Progress,
) -> CheckReport:
    """Check what the paths hold against an index, a folder or a report.json.

    Index, baseline and paths are looked at before anything is read. Raises InputError, OutputError, StoreError.
    """
    from newsdedup.baseline import check_baseline, read_baseline
    from newsdedup.config.render import resolved
    from newsdedup.first_run import fitting
    from newsdedup.readers.corpus import FileCorpus

    plan = config.plan
    accepted = None
    if baseline is not None and not (update_baseline and not baseline.exists()):
        accepted = read_baseline(baseline)
    if baseline is not None and update_baseline:
        check_baseline(baseline)
    if add_if_clean and not _kept(against):
        raise InputError(f"{against}: --add-if-clean needs an index to add to")
    with (
        FileCorpus.open(paths, plan.reader, stdin=stdin) as corpus,
        _known(against, corpus, paths, config, progress) as store,
    ):
        from newsdedup.gate import check

        return check(
            corpus,
            store,
            plan,
            policy=policy,
            window=window,
            accepted=accepted,
            diffs=diffs,
            add_if_clean=add_if_clean,
            settings=resolved(plan, config.settings),
            progress=progress,
            workers=fitting(config.settings.workers),
        )


def accept(baseline: Path, report: CheckReport) -> int:
    """Write a baseline that accepts what failed; return how many entries it has. Raises OSError."""
    from newsdedup.baseline import write_baseline

    return write_baseline(baseline, report)


def _kept(against: str) -> bool:
    return not Path(against).is_dir() and not _is_report(against)


def _is_report(against: str) -> bool:
    try:
        with open(against, "rb") as file:  # noqa: PTH123  # may be an address
            return file.read(20) == b'{"newsdedup_report":'
    except OSError:
        return False


@contextmanager
def _known(against: str, new: FileCorpus, paths: Sequence[str], config: Config, progress: Progress) -> Iterator[Store]:
    """What is known: an index, or one made in memory of a folder (but for the delivery) or of a report's articles."""
    from newsdedup.first_run import decide
    from newsdedup.readers.corpus import FileCorpus

    plan = config.plan
    if Path(against).is_dir():
        delivery = [Path(path) for path in paths if path != "-"]
        with FileCorpus.open([against], plan.reader, exclude=delivery) as corpus:
            decide(new.unpacked_bytes + corpus.unpacked_bytes)
            yield _in_memory(against, corpus, config, progress)
    elif _is_report(against):
        articles = _articles_of(Path(against), plan)
        decide(new.unpacked_bytes + articles.size_bytes)
        yield _in_memory(against, articles, config, progress)
    else:
        with _opened(against) as store:
            decide(new.unpacked_bytes * CHECKED_WEIGHT)
            yield store


def _in_memory(name: str, corpus: Corpus, config: Config, progress: Progress) -> Store:
    from newsdedup.first_run import fitting
    from newsdedup.indexing import add, create
    from newsdedup.stores.memory import MemoryStore
    from newsdedup.workers import Workers

    store = MemoryStore(name)
    create(store, config.plan, text=True)
    with Workers(fitting(config.settings.workers)) as workers:
        add(corpus, store, config.plan, workers, progress)
    return store


def _articles_of(report_file: Path, plan: Plan) -> Corpus:
    """The articles of a report, read once more where the run read them.

    Raises InputError if they are not there, or are not what they were.
    """
    from newsdedup.readers.corpus import FileCorpus
    from newsdedup.readers.memory import MemoryCorpus
    from newsdedup.writers.report_json import read_report

    report = read_report(report_file)
    wanted = {report.catalog.origin(place): own for place, own in enumerate(report.catalog.ids)}
    absent = [path for path in report.header.inputs if not Path(path).exists()]
    if absent:
        raise InputError(
            f"{report_file}: was made from {', '.join(absent)}, which is not here; run this from the same folder,"
            " or check against an index"
        )
    with FileCorpus.open(report.header.inputs, plan.reader) as corpus:
        return MemoryCorpus(list(corpus.select(wanted)))
