"""`newsdedup config`: see, write and check settings."""

# ruff: noqa: PLC0415  # the schema of the settings is imported when a command runs, so that help is quick

from __future__ import annotations

from pathlib import Path

import click

from newsdedup.cli.exit_codes import ExitCode
from newsdedup.cli.options import FILE, config_options
from newsdedup.cli.shell import Shell, with_shell
from newsdedup.config.flags import assignment
from newsdedup.errors import ConfigError, OutputError


@click.group()
def config() -> None:
    """Show, write or check settings."""


@config.command()
@config_options
@with_shell
def show(shell: Shell, *, config_file: Path | None, assignments: tuple[str, ...]) -> None:
    """Print the settings in force.

    They are the defaults, under what FILE says, under what --set says.
    """
    from newsdedup.config.load import load
    from newsdedup.config.render import settable, to_yaml

    config = load(config_file, map(assignment, assignments))
    shell.result(to_yaml(config), settable(config))


@config.command()
@click.argument("file", type=FILE, default=Path("newsdedup.yaml"))
@click.option("--force", is_flag=True, help="Replace the file if there is one.")
@with_shell
def init(shell: Shell, *, file: Path, force: bool) -> None:
    """Write the default settings, each explained, to FILE.

    FILE is newsdedup.yaml unless given.
    """
    from newsdedup.config.template import template

    try:
        with file.open("wb" if force else "xb") as stream:
            stream.write(template())
    except FileExistsError as error:
        raise OutputError(f"{file} exists; --force replaces it") from error
    shell.result(f"Wrote {file}", {"file": str(file)})


@config.command()
@click.argument("file", type=FILE)
@with_shell
def validate(shell: Shell, *, file: Path) -> None:
    """Check FILE and list every mistake in it."""
    from newsdedup.config.load import load

    try:
        load(file)
    except ConfigError as error:
        if not shell.json:
            raise
        shell.result("", {"file": str(file), "valid": False, "problems": list(error.problems)})
        raise click.exceptions.Exit(ExitCode.USER) from error
    shell.result(f"{file}: no mistakes", {"file": str(file), "valid": True, "problems": []})
