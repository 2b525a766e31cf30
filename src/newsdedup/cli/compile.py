"""`newsdedup compile`: what the first run over a large input does, done before."""

from __future__ import annotations

import time

import click

from newsdedup import wiring
from newsdedup.cli.shell import Shell, with_shell


@click.command(name="compile")
@with_shell
def compile_(shell: Shell) -> None:
    """Compile now what later runs need, so that they begin at once.

    Else the first run over more than a few articles does so. What is compiled is kept on disk for this version, Python
    and processor: in the folder that NUMBA_CACHE_DIR names, else beside the program or in a cache of the user.
    """
    since = time.monotonic()
    folder = wiring.compile_all()
    elapsed_s = time.monotonic() - since
    shell.result(f"Compiled to {folder} in {elapsed_s:.1f} s", {"folder": folder, "elapsed_s": round(elapsed_s, 3)})
