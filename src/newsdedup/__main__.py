"""The command `newsdedup`, also as `python -m newsdedup`."""

from __future__ import annotations

import gc
import sys
import warnings

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


if __name__ == "__main__":
    main()
