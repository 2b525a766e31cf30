"""`newsdedup tune`: the weights of the model, fitted to labels."""

# ruff: noqa: PLC0415  # what makes the table is imported when the command runs, so that help is quick

from __future__ import annotations

from pathlib import Path

import click

from newsdedup import wiring
from newsdedup.cli.options import FILE, config_options
from newsdedup.cli.shell import Shell, with_shell
from newsdedup.config.flags import assignment


@click.command()
@click.option(
    "--archive",
    "archives",
    required=True,
    multiple=True,
    type=(click.Path(), FILE),
    metavar="PATH PAIRS",
    help="Articles, and labelled pairs of them; may be repeated, and each archive weighs the same.",
)
@click.option("--out", required=True, type=FILE, metavar="FILE", help="The file of weights to write.")
@click.option("--adjust", is_flag=True, help="Start from the weights in force: for few labels.")
@click.option(
    "--penalty",
    type=click.FloatRange(0, min_open=True),
    default=1.0,
    metavar="X",
    help="What a weight costs; higher keeps weights smaller, or nearer to those in force. Default 1.",
)
@click.option(
    "--target-precision",
    type=click.FloatRange(0, 1, min_open=True),
    metavar="X",
    help="Find the verify.min_probability that reaches it.",
)
@click.option("--config-out", type=FILE, metavar="FILE", help="Also write settings that use what was found.")
@click.option("--force", is_flag=True, help="Replace files that are there.")
@config_options
@with_shell
def tune(
    shell: Shell,
    *,
    archives: tuple[tuple[str, Path], ...],
    out: Path,
    adjust: bool,
    penalty: float,
    target_precision: float | None,
    config_out: Path | None,
    force: bool,
    config_file: Path | None,
    assignments: tuple[str, ...],
) -> None:
    """Fit the weights of the model to labels.

    PATH holds the articles of an archive and PAIRS is a file (JSONL or CSV) with a, b, label and sure for pairs of
    them, as `newsdedup label` writes it. The figures printed are those of sure pairs that the fit had not seen.
    """
    from newsdedup.tuning.report import as_data, as_text

    config = wiring.configure(config_file, map(assignment, assignments))
    with shell.progress() as progress:
        found = wiring.tune(
            archives,
            config,
            out,
            config_out,
            force=force,
            adjust=adjust,
            penalty=penalty,
            target_precision=target_precision,
            progress=progress,
        )
    written = [str(file) for file in (out, config_out) if file]
    shell.result(f"{as_text(found)}\n\nWrote {' and '.join(written)}", as_data(found) | {"written": written})
