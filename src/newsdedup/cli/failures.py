"""What a command raises, as a message and an exit code."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager

import click

from newsdedup.cli.exit_codes import ExitCode
from newsdedup.cli.shell import Shell
from newsdedup.errors import ConfigError, NewsdedupError


@contextmanager
def reported(ctx: click.Context) -> Iterator[None]:
    """Print what is raised inside to standard error and exit with its code."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit):
        raise  # click's own, which it reports itself
    except KeyboardInterrupt:
        _fail(ctx, "newsdedup: interrupted", ExitCode.INTERRUPTED)
    except ConfigError as error:
        _fail(ctx, "\n".join(f"newsdedup: error: {problem}" for problem in error.problems), ExitCode.USER)
    except NewsdedupError as error:
        _fail(ctx, f"newsdedup: error: {error}", ExitCode.USER)
    except OSError as error:  # the machine's state, not the program's: a full disk, a path that went away
        _fail(ctx, f"newsdedup: error: {_sentence(error)}", ExitCode.USER)
    except (MemoryError, BrokenExecutor):
        _fail(
            ctx,
            "newsdedup: error: out of memory, or a worker process was killed, most likely for want of it;"
            " try fewer --workers or a larger sketch.sample_rate",
            ExitCode.USER,
        )
    except Exception as error:  # noqa: BLE001  # the last resort, so that a bug is told as one
        if _began_as_interrupt(error):
            _fail(ctx, "newsdedup: interrupted", ExitCode.INTERRUPTED)
        _fail(
            ctx,
            f"newsdedup: bug: {type(error).__name__}: {error} - please report it on the project's issue tracker"
            " with what --debug prints",
            ExitCode.BUG,
        )


def _fail(ctx: click.Context, message: str, code: ExitCode) -> None:
    if Shell.of(ctx).debug:
        traceback.print_exc()
    click.echo(message, err=True)
    ctx.exit(code)


def _began_as_interrupt(error: BaseException | None) -> bool:
    """Whether an error is what became of an interrupt: compiled functions make a SystemError of it, and one of that."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__
    return error is not None


def _sentence(error: OSError) -> str:
    what = error.strerror or str(error)
    return f"{error.filename}: {what}" if error.filename else what
