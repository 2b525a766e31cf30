"""A command measured from outside: time, processors, and the most memory that it and its workers held at once."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

NEWSDEDUP = Path(sys.executable).with_name("newsdedup")
CLUSTERS_ONLY = ("--report", "clusters", "--no-diffs")
EVERY_S = 0.1


@dataclass(frozen=True)
class Took:
    """What a command took on the clock and of processors, its peak memory (PSS, all processes), what it printed."""

    wall_s: float
    cpu_s: float
    peak_bytes: int
    out: str


def newsdedup(*args: object, **environment: str) -> Took:
    """Run the command that is installed beside this Python; ends the benchmark if it fails."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        since = time.perf_counter()
        process = subprocess.Popen([NEWSDEDUP, *map(str, args)], stdout=out, stderr=err, env=os.environ | environment)
        with _Watch(process.pid) as watch:
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - since
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            raise SystemExit(f"newsdedup {' '.join(map(str, args))}: exit code {process.returncode}\n{err.read()}")
        # what was gone before it was looked at still tells the peak of its largest process
        peak = max(watch.peak, usage.ru_maxrss * 1024)
        return Took(wall, usage.ru_utime + usage.ru_stime, peak, out.read())


class _Watch:
    """Looks again and again at what a process and all below it hold in memory."""

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self._pid = pid
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(EVERY_S):
            self.peak = max(self.peak, sum(map(_pss, _tree(self._pid))))


def _tree(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for parent in found:
        try:
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii").split()
        except OSError:
            continue
        found.extend(map(int, children))
    return found


def _pss(pid: int) -> int:
    """Bytes that a process holds, those it shares divided among all that share them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))
