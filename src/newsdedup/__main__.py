"""The command `newsdedup`, also as `python -m newsdedup`."""

from __future__ import annotations

import gc
import os
import sys
import warnings
from contextlib import suppress

from newsdedup.cli.interrupts import heed_terminations
from newsdedup.cli.main import newsdedup


def main() -> None:
    """Run the command line and exit."""
    # A name that the terminal's encoding cannot show is no reason to fail.
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a TextIOWrapper at start-up
    heed_terminations()
    # what libraries have to say of a page's odd dates is of no use to a user
    warnings.filterwarnings("ignore", module="dateutil")
    # what a run makes lives to its end; to look through it for cycles again and again costs seconds in a large run
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)
    newsdedup.main(prog_name="newsdedup")


def console() -> None:
    """Run the command line, then leave at once: to take apart all that a run has made takes long and frees nothing."""
    try:
        main()
    except SystemExit as ended:
        if not isinstance(ended.code, int):
            raise  # Python knows how to tell of a message
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(ended.code)


if __name__ == "__main__":
    console()
