"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

P = ParamSpec("P")
R = TypeVar("R")

FILE = click.Path(path_type=Path)
"""A path, completed by the shell; whether it can be used is checked where it is used."""


def config_options(command: Callable[P, R]) -> Callable[P, R]:
    """`--config FILE` as `config_file`, and `--set KEY=VALUE` as `assignments`."""
    assign = click.option(
        "--set", "assignments", multiple=True, metavar="KEY=VALUE", help="Set one key, over the file; may be repeated."
    )
    file = click.option("--config", "config_file", type=FILE, metavar="FILE", help="Settings (YAML).")
    return file(assign(command))


def report_options(command: Callable[P, R]) -> Callable[P, R]:
    """`--out DIR`, `--report NAMES` and `--force`."""
    out = click.option("--out", required=True, type=FILE, metavar="DIR", help="The folder to write to.")
    report = click.option(
        "--report",
        metavar="NAME,...",
        help="Outputs to write instead of all: json, clusters, matches, skipped, canonical, diffs, csv, html.",
    )
    force = click.option("--force", is_flag=True, help="Replace a report that is in the folder.")
    return out(report(force(command)))


def names(report: str) -> list[str]:
    """The names in `--report json,csv`."""
    return [name.strip() for name in report.split(",")]
