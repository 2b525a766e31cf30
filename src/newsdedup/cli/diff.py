"""`newsdedup diff`: how one article became another."""

# ruff: noqa: PLC0415  # what draws is imported when the command runs, so that help is quick

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from newsdedup import wiring
from newsdedup.cli.options import config_options
from newsdedup.cli.shell import Shell, with_shell
from newsdedup.config.flags import assignment


@click.command()
@click.argument("a", type=click.Path())
@click.argument("b", type=click.Path())
@config_options
@with_shell
def diff(shell: Shell, *, a: str, b: str, config_file: Path | None, assignments: tuple[str, ...]) -> None:
    """Show word by word how file B differs from file A."""
    from newsdedup.writers.forms import edit_form
    from newsdedup.writers.terminal import show_diff

    config = wiring.configure(config_file, map(assignment, assignments))
    found = wiring.compare_two(a, b, (), config.plan)
    data = {"a": found.a.id, "b": found.b.id, "edits": [edit_form(edit) for edit in found.edits]}
    shell.draw(partial(show_diff, found.a, found.b, found.edits), data)
