"""Entries sorted that are too many for memory: in runs, in temporary files, merged at the end."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO

import numpy as np

from newsdedup.model.sketch import Int64Array, UInt64Array
from newsdedup.stores.segments import CHUNK, Fetch, merged

HELD = 1 << 23
"""Entries held in memory, 64 MB."""


class Runs:
    """Entries added in any order, and had back sorted."""

    def __init__(self) -> None:
        self._held: list[UInt64Array] = []
        self._size = 0
        self._files: list[IO[bytes]] = []  # each lives as long as its run is mapped
        self._runs: list[UInt64Array] = []

    @property
    def empty(self) -> bool:
        return not (self._size or self._runs)

    def add(self, entries: UInt64Array) -> None:
        """Add some entries."""
        if len(entries):
            self._held.append(entries)
            self._size += len(entries)
        if self._size >= HELD:
            file = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the runs
            self._sorted().tofile(file)
            file.flush()
            self._files.append(file)
            self._runs.append(np.asarray(np.memmap(file, np.uint64, mode="r")))
            self._held, self._size = [], 0

    def merged(self) -> Iterator[UInt64Array]:
        """All of them, sorted, in pieces."""
        runs = [*self._runs, self._sorted()] if self._size else self._runs
        if len(runs) == 1:
            return iter(runs)
        return merged([(run[::CHUNK], _chunks_of(run)) for run in runs], np.zeros(0, np.int64))

    def _sorted(self) -> UInt64Array:
        return np.sort(np.concatenate(self._held))


def _chunks_of(run: UInt64Array) -> Fetch:
    def fetch(wanted: Int64Array) -> UInt64Array:
        return run[wanted[0] * CHUNK : (wanted[-1] + 1) * CHUNK] if len(wanted) else run[:0]

    return fetch
