"""`newsdedup run`: the main job."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import click

from newsdedup import wiring
from newsdedup.cli.clock import now
from newsdedup.cli.options import config_options, names, report_options
from newsdedup.cli.paths import input_paths
from newsdedup.cli.shell import Shell, with_shell
from newsdedup.cli.summary import summary
from newsdedup.config.flags import Flag, assignment


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(allow_dash=True))
@click.option(
    "--files-from",
    metavar="FILE",
    type=click.Path(allow_dash=True),
    help="Also read the paths that FILE lists, one a line (- for stdin).",
)
@report_options
@config_options
@click.option("--no-diffs", is_flag=True, help="Do not compare variants with their canonical article word by word.")
@click.option("--workers", type=int, metavar="N", help="Processes to use; one for each core unless given.")
@with_shell
def run(
    shell: Shell,
    *,
    paths: tuple[str, ...],
    files_from: str | None,
    out: Path,
    config_file: Path | None,
    assignments: tuple[str, ...],
    report: str | None,
    no_diffs: bool,
    force: bool,
    workers: int | None,
) -> None:
    """Find the stories in PATH... and write a report.

    PATH is a file or a folder; - reads JSONL from standard input. Nothing in the input is ever changed.
    """
    since = time.monotonic()
    flags = [assignment(text) for text in assignments]
    if report is not None:
        flags.append(Flag("--report", "run.report", json.dumps(names(report))))
    if no_diffs:
        flags.append(Flag("--no-diffs", "run.diffs", "false"))
    if workers is not None:
        flags.append(Flag("--workers", "run.workers", str(workers)))
    config = wiring.configure(config_file, flags)
    inputs = input_paths(paths, files_from)
    with shell.progress() as progress:
        made = wiring.run(inputs, out, config, stdin=sys.stdin.buffer, force=force, created=now(), progress=progress)
    found = summary(made, out, elapsed_s=time.monotonic() - since)
    shell.result(found.text(), found.data())
