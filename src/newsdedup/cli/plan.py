"""`newsdedup plan`: what a run will take, before it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsdedup import wiring
from newsdedup.cli.options import config_options
from newsdedup.cli.shell import Shell, with_shell
from newsdedup.config.flags import assignment

if TYPE_CHECKING:  # it loads the readers
    from newsdedup.forecast import Forecast


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path())
@config_options
@with_shell
def plan(shell: Shell, *, paths: tuple[str, ...], config_file: Path | None, assignments: tuple[str, ...]) -> None:
    """Say what a run over PATH... will take.

    Files are counted by format, and their articles guessed from names, sizes and beginnings. Time is that of two
    cores.
    """
    config = wiring.configure(config_file, map(assignment, assignments))
    found = wiring.foresee(paths, config)
    shell.result(_text(found), _data(found))


def _text(found: Forecast) -> str:
    from rich.filesize import decimal  # noqa: PLC0415  # slow to import

    rows = [(kind.format, kind.files, kind.size_bytes, kind.articles) for kind in found.kinds]
    if len(rows) != 1:
        rows.append(("all", found.files, found.size_bytes, found.articles))
    width = max(len("format"), *(len(row[0]) for row in rows))
    table = [f"{'format':{width}}  {'files':>11}  {'size':>9}  {'articles':>13}"]
    table += [
        f"{name:{width}}  {files:11,}  {decimal(size):>9}  {f'~{articles:,}':>13}"
        for name, files, size, articles in rows
    ]
    alone = "with --report clusters --no-diffs"
    table += [
        "",
        f"time    ~{_duration(found.report_s)}; ~{_duration(found.clusters_s)} {alone}",
        f"memory  ~{decimal(found.memory_bytes)}",
        f"output  ~{decimal(found.report_bytes)}; ~{decimal(found.clusters_bytes)} {alone}",
    ]
    return "\n".join(table)


def _duration(seconds: float) -> str:
    """In whole seconds, minutes or hours, whichever tells enough."""
    if seconds < 100:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"


def _data(found: Forecast) -> dict[str, object]:
    return {
        "formats": [asdict(kind) for kind in found.kinds],
        "files": found.files,
        "size_bytes": found.size_bytes,
        "articles": found.articles,
        "seconds": {"all": round(found.report_s, 1), "clusters": round(found.clusters_s, 1)},
        "memory_bytes": found.memory_bytes,
        "output_bytes": {"all": found.report_bytes, "clusters": found.clusters_bytes},
    }
