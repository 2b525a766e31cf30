"""What every command is told of how to speak, and where it speaks."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import click

from newsdedup.cli.exit_codes import ExitCode
from newsdedup.errors import OutputError
from newsdedup.progress import Progress, Silent

if TYPE_CHECKING:
    from rich.console import Console

P = ParamSpec("P")
R = TypeVar("R")

_OPTIONS = {
    "quiet": (("-q", "--quiet"), "Say nothing but results and errors."),
    "verbose": (("-v", "--verbose"), "Tell each stage as it ends, also where there is no terminal."),
    "debug": (("--debug",), "Show the traceback of an error."),
    "json": (("--json",), "Print the result as JSON."),
}


@dataclass(frozen=True, slots=True)
class Shell:
    """How a command speaks: results to standard output, all else to standard error."""

    quiet: bool
    verbose: bool
    debug: bool
    json: bool

    @classmethod
    def of(cls, ctx: click.Context) -> Shell:
        """As the global options of this call say."""
        return cls(**{name: bool(ctx.meta.get(f"newsdedup.{name}")) for name in _OPTIONS})

    def result(self, text: str, data: Mapping[str, object]) -> None:
        """Print a result: the text for people, or the data with --json."""
        self.write(json.dumps(data, ensure_ascii=False, indent=2) if self.json else text)

    def write(self, text: str) -> None:
        """Print a result as it is, with one line end."""
        with _stdout():
            sys.stdout.write(f"{text.rstrip(chr(10))}\n")

    def draw(self, draw: Callable[[Console], None], data: Mapping[str, object]) -> None:
        """Print a result that is drawn for people, in colour where the terminal has it, or the data with --json."""
        from rich.console import Console  # noqa: PLC0415  # slow to import

        console = Console(highlight=False)
        with console.capture() as drawn:
            draw(console)
        self.result(drawn.get(), data)

    def progress(self) -> AbstractContextManager[Progress]:
        """What to tell of a long run."""
        if self.quiet or not (self.verbose or sys.stderr.isatty()):
            return nullcontext(Silent())
        from newsdedup.cli.progress import Lines, bars  # noqa: PLC0415  # rich is slow to import

        return bars(keep=self.verbose) if sys.stderr.isatty() else nullcontext(Lines())


def global_options(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command the options that every command has; they may stand before or after its name."""
    for name, (flags, text) in reversed(_OPTIONS.items()):
        command = click.option(*flags, name, is_flag=True, expose_value=False, callback=_remember, help=text)(command)
    return command


def with_shell(command: Callable[Concatenate[Shell, P], R]) -> Callable[P, R]:
    """Give a command the global options, and a Shell that follows them as its first argument."""

    @functools.wraps(command)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        return command(Shell.of(click.get_current_context()), *args, **kwargs)

    return global_options(call)


def _remember(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        ctx.meta[f"newsdedup.{param.name}"] = True


@contextmanager
def _stdout() -> Iterator[None]:
    """Flush standard output at the end; a reader that has seen enough ends the command quietly."""
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        # What is still in the buffer has nowhere to go, and Python would try once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise click.exceptions.Exit(ExitCode.DONE) from error
        raise OutputError(f"standard output: {error.strerror}") from error
