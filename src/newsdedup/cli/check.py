"""`newsdedup check`: a delivery against what is known."""

# ruff: noqa: PLC0415  # what a command needs is imported when it runs, so that help is quick

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsdedup import wiring, wiring_index
from newsdedup.cli.clock import now
from newsdedup.cli.exit_codes import ExitCode
from newsdedup.cli.options import FILE, config_options, names
from newsdedup.cli.paths import input_paths
from newsdedup.cli.shell import Shell, with_shell
from newsdedup.cli.times import moment, span
from newsdedup.config.flags import Flag, assignment
from newsdedup.verdicts import FORMATS

if TYPE_CHECKING:
    from newsdedup.model.match import Relation
    from newsdedup.model.verdict import CheckReport


@click.command()
@click.argument("paths", nargs=-1, metavar="NEW...", type=click.Path(allow_dash=True))
@click.option(
    "--files-from",
    metavar="FILE",
    type=click.Path(allow_dash=True),
    help="Also check the paths that FILE lists, one a line (- for stdin).",
)
@click.option(
    "--against",
    required=True,
    metavar="KNOWN",
    type=click.Path(),
    help="An index, a folder of articles, or a report.json.",
)
@click.option(
    "--fail-on",
    default="copy,revision",
    metavar="RELATION,...",
    show_default=True,
    help="Relations that fail: exact, copy (exact too), revision, excerpt, template; or none.",
)
@click.option("--max", "most", type=click.IntRange(min=0), metavar="N", help="Duplicates to let pass.")
@click.option(
    "--max-percent", type=click.FloatRange(0, 100), metavar="X", help="Duplicates to let pass, of a hundred articles."
)
@click.option("--since", metavar="DATE", help="Only known articles published since DATE, or since 90d ago, count.")
@click.option("--window", metavar="SPAN", help="Only known articles published within 14d of the new one count.")
@click.option(
    "--format",
    "form",
    metavar="NAME",
    help="How to tell: text, json, jsonl, github, gitlab, sarif, junit, markdown.",
)
@click.option(
    "--also", multiple=True, metavar="NAME=FILE", help="Write another format to FILE as well; may be repeated."
)
@click.option("--baseline", type=FILE, metavar="FILE", help="Duplicates that were accepted before do not fail.")
@click.option("--update-baseline", is_flag=True, help="Accept all that fails now, and forget what does no more.")
@click.option("--diff", "diffs", is_flag=True, help="Show word by word how each article differs from the known one.")
@click.option("--add-if-clean", is_flag=True, help="Add the delivery to the index if the check passes.")
@click.option("--strict", is_flag=True, help="Exit with 2 if anything in the delivery cannot be read.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever duplicates there are.")
@click.option("--workers", type=int, metavar="N", help="Processes to use; one for each core unless given.")
@config_options
@with_shell
def check(
    shell: Shell,
    *,
    paths: tuple[str, ...],
    files_from: str | None,
    against: str,
    fail_on: str,
    most: int | None,
    max_percent: float | None,
    since: str | None,
    window: str | None,
    form: str | None,
    also: tuple[str, ...],
    baseline: Path | None,
    update_baseline: bool,
    diffs: bool,
    add_if_clean: bool,
    strict: bool,
    exit_zero: bool,
    workers: int | None,
    config_file: Path | None,
    assignments: tuple[str, ...],
) -> None:
    """Check new articles for duplicates of known ones.

    Each gets a verdict against KNOWN and against those before it in the delivery: new, or what it is to which known
    article. Exit codes: 0 clean, 1 duplicates, 2 something you can mend, 3 a bug, 130 interrupted.
    """
    from newsdedup.model.verdict import Policy
    from newsdedup.model.window import Window

    if update_baseline and baseline is None:
        raise click.UsageError("--update-baseline needs --baseline FILE.")
    flags = [assignment(text) for text in assignments]
    if workers is not None:
        flags.append(Flag("--workers", "run.workers", str(workers)))
    config = wiring.configure(config_file, flags)
    form = form or ("json" if shell.json else "text")
    FORMATS.load(form)
    files = [_also(text) for text in also]
    policy = Policy(_relations(fail_on), most, max_percent)
    when = Window(moment(since, "--since", now()) if since else None, span(window, "--window") if window else None)
    with shell.progress() as progress:
        report = wiring_index.check(
            input_paths(paths, files_from, none_listed=True),
            against,
            config,
            policy=policy,
            window=when,
            baseline=baseline,
            update_baseline=update_baseline,
            diffs=diffs,
            add_if_clean=add_if_clean,
            stdin=sys.stdin.buffer,
            progress=progress,
        )
    _remark(report, baseline)
    root = str(Path.cwd())
    for name, file in files:
        _save(file, FORMATS.load(name)(report, root))
    code = ExitCode.DUPLICATES if report.failed and not exit_zero else ExitCode.DONE
    if baseline is not None and update_baseline:
        accepted = wiring_index.accept(baseline, report)
        click.echo(f"newsdedup: {baseline} accepts {accepted:,} duplicates", err=True)
        code = ExitCode.DONE
    if strict and report.skipped:
        click.echo(f"newsdedup: error: {len(report.skipped):,} of the delivery could not be read (--strict)", err=True)
        code = ExitCode.USER
    with suppress(click.exceptions.Exit):  # a reader that has seen enough does not change what was found
        shell.write(FORMATS.load(form)(report, root))
    click.get_current_context().exit(code)


def _relations(fail_on: str) -> frozenset[Relation]:
    from newsdedup.model.match import Relation
    from newsdedup.registry import did_you_mean

    known = [relation.value for relation in Relation]
    found = set()
    for name in names(fail_on):
        if name == "none":
            continue
        if name not in known:
            told = f'there is no relation "{name}"{did_you_mean(name, known)} (there are: {", ".join(known)}, none)'
            raise click.BadParameter(told, param_hint="--fail-on")
        found.add(Relation(name))
    # what fails as a copy fails all the more as the same text
    return frozenset(found | {Relation.EXACT} if Relation.COPY in found else found)


def _also(text: str) -> tuple[str, Path]:
    name, equals, file = text.partition("=")
    if not equals or not file:
        raise click.BadParameter(f'"{text}" is not NAME=FILE', param_hint="--also")
    FORMATS.load(name)
    return name, Path(file)


def _save(file: Path, text: str) -> None:
    """A file that is given by its system, such as a job summary, is added to; any other is replaced as a whole."""
    from newsdedup.writers.one_file import check_file, write_file

    if str(file) == os.environ.get("GITHUB_STEP_SUMMARY") or (file.exists() and not file.is_file()):
        with file.open("a", encoding="utf-8") as stream:
            stream.write(f"{text}\n")
        return
    check_file(file, force=True)
    write_file(file, f"{text}\n")


def _remark(report: CheckReport, baseline: Path | None) -> None:
    """Say what may be a mistake, though it is none for certain."""
    if not report.verdicts:
        click.echo("newsdedup: the delivery holds no article", err=True)
    if not report.indexed:
        click.echo(f"newsdedup: {report.against} holds no article: nothing is known yet", err=True)
    if report.stale and not any(verdict.accepted for verdict in report.verdicts):
        click.echo(
            f"newsdedup: {baseline}: nothing that it accepts is a duplicate here; is it of another corpus?", err=True
        )
