"""`newsdedup render`: the outputs of a report once more."""

from __future__ import annotations

from pathlib import Path

import click

from newsdedup import wiring
from newsdedup.cli.options import FILE, names, report_options
from newsdedup.cli.shell import Shell, with_shell


@click.command()
@click.argument("report_file", metavar="REPORT.json", type=FILE)
@report_options
@with_shell
def render(shell: Shell, *, report_file: Path, out: Path, report: str | None, force: bool) -> None:
    """Write the outputs of a report again from its report.json."""
    written = wiring.render(report_file, out, None if report is None else names(report), force=force)
    shell.result(f"Wrote {', '.join(written)} to {out}", {"out": str(out), "written": list(written)})
