"""`newsdedup evaluate`: how good the verdicts are."""

# ruff: noqa: PLC0415  # what makes the table is imported when the command runs, so that help is quick

from __future__ import annotations

from pathlib import Path

import click

from newsdedup import wiring
from newsdedup.cli.options import FILE, config_options
from newsdedup.cli.shell import Shell, with_shell
from newsdedup.config.flags import assignment


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path())
@click.option(
    "--truth",
    required=True,
    multiple=True,
    type=FILE,
    metavar="FILE",
    help="Labelled pairs or clusters (JSONL, CSV, JSON); may be repeated.",
)
@click.option("--out", type=FILE, metavar="DIR", help="Also write the figures, judged pairs and plots to this folder.")
@config_options
@with_shell
def evaluate(
    shell: Shell,
    *,
    paths: tuple[str, ...],
    truth: tuple[Path, ...],
    out: Path | None,
    config_file: Path | None,
    assignments: tuple[str, ...],
) -> None:
    """Score the stories found in PATH... against labels.

    Precision, recall and F1 come with 95% intervals. What earlier evaluations wrote to DIR is replaced.
    """
    from newsdedup.evaluation.report import as_data, as_text

    config = wiring.configure(config_file, map(assignment, assignments))
    with shell.progress() as progress:
        found = wiring.evaluate(paths, truth, out, config, progress=progress)
    shell.result(as_text(found), as_data(found))
