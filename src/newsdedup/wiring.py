"""The parts put together: the only place where the names of a configuration become objects.

What a command does not need it does not load: every function imports its own parts, and what works with the kernels
only when it is known how large the input is.
"""

# ruff: noqa: PLC0415  # see above

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from newsdedup.config.flags import Flag
from newsdedup.errors import InputError
from newsdedup.progress import Progress
from newsdedup.writers import WRITERS

if TYPE_CHECKING:  # these lead to numpy
    from newsdedup.boilerplate import Explained, Learned
    from newsdedup.comparison import Comparison
    from newsdedup.config.settings import Config
    from newsdedup.evaluation.report import Evaluation
    from newsdedup.forecast import Forecast
    from newsdedup.model.article import Article
    from newsdedup.model.report import Report
    from newsdedup.plan import Plan, ReaderParams
    from newsdedup.readers.corpus import FileCorpus
    from newsdedup.tuning.tune import Tuned


def configure(file: Path | None, flags: Iterable[Flag]) -> Config:
    """The configuration in force: defaults, then the file, then the flags.

    Raises ConfigError with every mistake of both.
    """
    from newsdedup.config.load import load

    return load(file, flags)


def run(
    paths: Sequence[str],
    out: Path,
    config: Config,
    *,
    stdin: BinaryIO,
    force: bool,
    created: datetime,
    progress: Progress,
) -> Report:
    """Deduplicate what the paths hold and write the report; its entries and links have then been read.

    The output is checked before anything is read. Raises OutputError, InputError, InputChangedError.
    """
    from newsdedup.config.render import resolved
    from newsdedup.first_run import decide, fitting
    from newsdedup.readers.corpus import FileCorpus
    from newsdedup.writers.folder import check_output, write_report

    plan, settings = config.plan, config.settings
    names = [name for name in settings.report if settings.diffs or name != "diffs"]
    check_output(out, names, force=force)
    with FileCorpus.open(paths, plan.reader, exclude=(out,), stdin=stdin) as corpus:
        decide(corpus.unpacked_bytes)
        from newsdedup.engines.local import LocalEngine
        from newsdedup.pipeline import dedupe

        workers = fitting(settings.workers)
        report = dedupe(
            corpus,
            LocalEngine(workers),
            plan,
            settings=resolved(plan, settings),
            now=created,
            progress=progress,
            workers=workers,
            diffs=settings.diffs,
        )
        write_report(report, out, names, force=force)
    return report


def compile_all() -> str:
    """Compile all kernels; return the folder in which their machine code is kept."""
    from newsdedup.compiling import compile_all
    from newsdedup.stages.kernels.machine_code import spare_scipy

    spare_scipy()
    return compile_all()


def foresee(paths: Sequence[str], config: Config) -> Forecast:
    """What a run over the paths will take. Raises InputError if one does not exist."""
    from newsdedup.forecast import forecast

    return forecast(paths, config.plan.reader)


def render(report_file: Path, out: Path, names: Sequence[str] | None, *, force: bool) -> Sequence[str]:
    """Write a report.json out again, and tell which outputs were written; None is all of them.

    Raises ReportFormatError if it cannot be read, OutputError, UnknownNameError.
    """
    from newsdedup.writers.folder import check_output, write_report
    from newsdedup.writers.report_json import read_report

    chosen = tuple(names) if names is not None else WRITERS.names()
    check_output(out, chosen, force=force)
    write_report(read_report(report_file), out, chosen, force=force)
    return chosen


def evaluate(
    paths: Sequence[str], truth: Sequence[Path], out: Path | None, config: Config, *, progress: Progress
) -> Evaluation:
    """Score what a run over the paths finds against what the files say is true; `out` gets the figures and plots.

    Truth and output are checked before anything is read. Raises InputError, OutputError, InputChangedError.
    """
    from newsdedup.config.render import resolved
    from newsdedup.evaluation.folder import make_folder, write_evaluation
    from newsdedup.evaluation.truth import read_truth
    from newsdedup.first_run import decide, fitting
    from newsdedup.readers.corpus import FileCorpus

    plan, settings = config.plan, config.settings
    known = read_truth(truth)
    if out is not None:
        make_folder(out)
    with FileCorpus.open(paths, plan.reader, exclude=() if out is None else (out,)) as corpus:
        decide(corpus.unpacked_bytes)
        from newsdedup.engines.local import LocalEngine
        from newsdedup.evaluate import evaluate

        workers = fitting(settings.workers)
        found = evaluate(
            corpus,
            LocalEngine(workers),
            plan,
            known,
            truth_files=tuple(map(str, truth)),
            settings=resolved(plan, settings),
            progress=progress,
            workers=workers,
        )
    if out is not None:
        write_evaluation(found, out)
    return found


def questions(
    paths: Sequence[str], answers: Path, count: int, config: Config, *, progress: Progress
) -> list[tuple[Article, Article]]:
    """The pairs of articles that teach most when they are labelled, but for those that `answers` holds already.

    Raises InputError if there is nothing to ask or `answers` holds something else, InputChangedError.
    """
    from newsdedup.first_run import decide, fitting
    from newsdedup.readers.corpus import FileCorpus
    from newsdedup.tuning.answers import answers_in

    plan = config.plan
    known = {frozenset((pair.a, pair.b)) for pair in answers_in(answers)}
    with FileCorpus.open(paths, plan.reader, exclude=(answers,)) as corpus:
        decide(corpus.unpacked_bytes)
        from newsdedup.engines.local import LocalEngine
        from newsdedup.stages.canonical import stand
        from newsdedup.stages.cluster import cluster_matches
        from newsdedup.tuning.choose import choose

        found = LocalEngine(fitting(config.settings.workers)).find_matches(corpus, plan, progress)
        clusters, _ = cluster_matches(
            found.matches, stand(found.catalog, found.matches.articles(), plan.canonical).places
        )
        story_of = {member: cluster.id for cluster in clusters for member in cluster.members}
        rows = choose(found.matches, story_of, known, count)
        pairs = [(int(found.matches.left[row]), int(found.matches.right[row])) for row in rows]
        wanted = {found.catalog.origin(place): found.catalog.ids[place] for pair in pairs for place in pair}
        articles = {article.id: article for article in corpus.select(wanted)}
    if not pairs:
        raise InputError(f"no pair in {', '.join(paths)} is left to label")
    return [(articles[found.catalog.ids[a]], articles[found.catalog.ids[b]]) for a, b in pairs]


def tune(
    archives: Sequence[tuple[str, Path]],
    config: Config,
    out: Path,
    config_out: Path | None,
    *,
    force: bool,
    adjust: bool,
    penalty: float,
    target_precision: float | None,
    progress: Progress,
) -> Tuned:
    """Fit weights to the labelled pairs of archives, each a path and a file of pairs, and write them to `out`.

    With `adjust` the fit starts from the weights in force. `config_out` gets settings that use the weights, and the
    probability found if a precision was asked for and is reached. Labels and outputs are checked before anything is
    read. Raises InputError, OutputError.
    """
    from newsdedup.evaluation.truth import read_pairs
    from newsdedup.labelled import measure_pairs
    from newsdedup.readers.corpus import FileCorpus
    from newsdedup.tuning.labels import Archive, gather
    from newsdedup.tuning.tune import config_for, tune
    from newsdedup.workers import Workers
    from newsdedup.writers.one_file import check_file, write_file

    plan = config.plan
    for file in (out, config_out):
        if file is not None:
            check_file(file, force=force)
    labelled = [(path, file, read_pairs(file)) for path, file in archives]
    measured = []
    for path, file, pairs in labelled:
        ids = [(pair.a, pair.b) for pair in pairs]
        with FileCorpus.open([path], plan.reader) as corpus, Workers(config.settings.workers) as workers:
            measured.append(Archive(file.name, pairs, measure_pairs(corpus, ids, plan, workers, progress)))
    try:
        start = plan.verify.weights if adjust else None
        found = tune(gather(measured), penalty, start, plan.verify.min_probability, target_precision)
    except ValueError as error:
        raise InputError(str(error)) from error
    write_file(out, found.weights.to_yaml())
    if config_out is not None:
        write_file(config_out, config_for(found, os.path.relpath(out, config_out.parent)))
    return found


def learned_lines(paths: Sequence[str], config: Config, *, progress: Progress) -> tuple[Learned, ...]:
    """What the publishers of the articles in the paths print around their stories.

    Raises InputError, InputChangedError.
    """
    from newsdedup.first_run import decide, fitting
    from newsdedup.readers.corpus import FileCorpus
    from newsdedup.workers import Workers

    with FileCorpus.open(paths, config.plan.reader) as corpus:
        decide(corpus.unpacked_bytes)
        from newsdedup.boilerplate import learned_lines

        with Workers(fitting(config.settings.workers)) as workers:
            return learned_lines(corpus, config.plan, workers, progress)


def explain_article(paths: Sequence[str], article: str, config: Config, *, progress: Progress) -> Explained:
    """What counts for little in one article, named by its id in the corpus. Raises InputError, InputChangedError."""
    from newsdedup.first_run import decide, fitting
    from newsdedup.readers.corpus import FileCorpus
    from newsdedup.workers import Workers

    with FileCorpus.open(paths, config.plan.reader) as corpus:
        decide(corpus.unpacked_bytes)
        from newsdedup.boilerplate import explain_article

        with Workers(fitting(config.settings.workers)) as workers:
            return explain_article(article, corpus, config.plan, workers, progress)


def compare_two(a: str, b: str, inside: Sequence[str], plan: Plan) -> Comparison:
    """Compare two articles, each named by its file or, if there are paths in `inside`, by its id in that corpus.

    Raises InputError if one of them is not there, or if a file holds more than one article.
    """
    from newsdedup.first_run import decide

    found = _members(inside, {a, b}, plan.reader) if inside else {}
    first, second = (found.get(name) or _only_article(name, plan.reader, inside) for name in (a, b))
    decide(len(first.text) + len(second.text))
    from newsdedup.comparison import compare

    return compare(first, second, plan)


def _members(inside: Sequence[str], wanted: set[str], params: ReaderParams) -> dict[str, Article]:
    """Those articles of a corpus that are wanted, by id as a report gives it."""
    from newsdedup.model.ids import tell_apart
    from newsdedup.readers.corpus import FileCorpus

    with FileCorpus.open(inside, params) as corpus:
        known = [(article.id, article.origin) for article in _articles(corpus, params)]
        ids = tell_apart([own for own, _ in known])
        places = {origin: own for own, (_, origin) in zip(ids, known, strict=True) if own in wanted}
        return {article.id: article for article in corpus.select(places)}


def _only_article(file: str, params: ReaderParams, inside: Sequence[str]) -> Article:
    """The article of a file that holds one, called by the path that was given."""
    from newsdedup.readers.corpus import FileCorpus

    if inside and not Path(file).exists():
        raise InputError(f'no article in {", ".join(inside)} has the id "{file}", and there is no such file')
    with FileCorpus.open([file], params) as corpus:
        articles = list(islice(_articles(corpus, params), 2))
    if not articles:
        raise InputError(f"{file}: holds no article that can be read; `newsdedup run` on it says why")
    if len(articles) > 1:
        raise InputError(f"{file}: holds more than one article; name them by id, with explain A B --in {file}")
    return replace(articles[0], id=file)


def _articles(corpus: FileCorpus, params: ReaderParams) -> Iterator[Article]:
    from newsdedup.model.article import Article

    records = (record for unit in corpus.units() for record in corpus.read_unit(unit, params))
    return (record for record in records if isinstance(record, Article))
