"""The command `newsdedup` and the table of its subcommands, each imported only when asked for."""

from __future__ import annotations

from typing import Any

import click

from newsdedup.cli.failures import reported
from newsdedup.cli.shell import global_options
from newsdedup.errors import UnknownNameError
from newsdedup.registry import Registry

COMMANDS: Registry[click.Command] = Registry(
    "command",
    {
        "run": "newsdedup.cli.run:run",
        "plan": "newsdedup.cli.plan:plan",
        "check": "newsdedup.cli.check:check",
        "index": "newsdedup.cli.index:index",
        "render": "newsdedup.cli.render:render",
        "diff": "newsdedup.cli.diff:diff",
        "explain": "newsdedup.cli.explain:explain",
        "boilerplate": "newsdedup.cli.boilerplate:boilerplate",
        "evaluate": "newsdedup.cli.evaluate:evaluate",
        "label": "newsdedup.cli.label:label",
        "tune": "newsdedup.cli.tune:tune",
        "config": "newsdedup.cli.config:config",
        "compile": "newsdedup.cli.compile:compile_",
    },
)


class Commands(click.Group):
    """The subcommands of the table, in its order; whatever they raise becomes a message and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(COMMANDS.names())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        try:
            return COMMANDS.load(cmd_name)
        except UnknownNameError as error:
            ctx.fail(str(error))

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  # click's signature
        with reported(ctx):
            return super().invoke(ctx)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="newsdedup", message="%(prog)s %(version)s")
@global_options
def newsdedup() -> None:
    """Find the copies, revisions, excerpts and look-alikes in a news corpus, and show why.

    Results go to standard output, progress and messages to standard error. Exit codes: 0 done, 1 duplicates found
    by `check`, 2 something you can mend, 3 a bug, 130 interrupted.
    """
