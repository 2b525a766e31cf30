"""A table of figures with where and when it was measured, printed and put into README.md beside this file."""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

README = Path(__file__).with_name("README.md")
_TOLD = ("newsdedup", "numpy", "numba", "datasketch", "rapidfuzz", "orjson")


def options(doc: str | None) -> argparse.ArgumentParser:
    """The command line of a benchmark, with `--dry-run`."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dry-run", action="store_true", help="print the table and leave README.md as it is")
    return parser


def publish(section: str, corpus: str, head: Sequence[str], rows: Sequence[Sequence[str]], *, dry_run: bool) -> None:
    """Print a table; unless `dry_run`, put it between `<!-- section -->` and `<!-- end of section -->`."""
    lines = [f"{corpus}. {circumstances()}", "", _row(head), _row(["---"] * len(head)), *map(_row, rows)]
    table = "\n".join(lines)
    print(table)
    if dry_run:
        return
    marks = re.compile(rf"(<!-- {section} -->\n).*?(<!-- end of {section} -->)", re.DOTALL)
    page, count = marks.subn(lambda found: f"{found[1]}{table}\n{found[2]}", README.read_text("utf-8"))
    if count != 1:
        raise SystemExit(f"README.md has no section {section}")
    README.write_text(page, "utf-8")


def circumstances() -> str:
    """Date, machine and versions, in a sentence."""
    cores = len(os.sched_getaffinity(0))
    gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in _TOLD)
    return (
        f"{time.strftime('%Y-%m-%d')}, commit {_commit()}, {cores} cores of {_processor()}, {gib:.0f} GiB, load"
        f" {os.getloadavg()[0]:.1f} at the end, Python {platform.python_version()}, {versions}."
    )


def _processor() -> str:
    told = re.search(r"^model name\s*: (.*)", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    return told[1] if told else platform.machine()


def _commit() -> str:
    command = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    done = subprocess.run(command, cwd=README.parent, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
