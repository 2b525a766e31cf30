"""`newsdedup compile`: what the first run over a large input does, done before."""

from __future__ import annotations

import time

import click

from newsdedup import wiring
from newsdedup.cli.shell import Shell, with_shell


@click.command(name="compile")
@with_shell
def compile_(shell: Shell) -> None:
    """Compile now what later runs need.

    Else a run over more than a few articles does so where none has before. What is compiled is kept on disk for this
    version, Python and processor: in NUMBA_CACHE_DIR if that is set, else beside the program or in the user's cache.
    """
    since = time.monotonic()
    folder = wiring.compile_all()
    elapsed_s = time.monotonic() - since
    shell.result(f"Compiled to {folder} in {elapsed_s:.1f} s", {"folder": folder, "elapsed_s": round(elapsed_s, 3)})
