"""Whether the kernels are compiled in this run: not for a small input, where no earlier run has left machine code.

To compile takes longer than to work a small input in plain Python, and a container forgets what was compiled.
"""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Iterator
from hashlib import sha1
from importlib.metadata import version
from pathlib import Path

from newsdedup.stages import kernels
from newsdedup.stages.kernels.compiled import begun, interpret, interpreted, sources
from newsdedup.workers import FORKED

SMALL_BYTES = 30_000
"""Input up to which plain Python is quick enough: so much news takes it a second more, at most two where each article
is compared with each, and five if that is sixty versions of one brief."""

LATE = "compare.compare_pairs"
"""The kernel whose machine code stands for all: a run compiles few after it, and none that takes longer."""

SKETCHING = "sketch.sketch_texts"
"""The same for what reads articles and compares none."""

HEAD_BYTES = 1 << 16
"""Within which a file of machine code says what it was made of and for."""

_KERNELS = Path(str(kernels.__path__[0]))


def decide(size_bytes: int, kernel: str = LATE) -> None:
    """Interpret the kernels in this process if they are for so small an input, and this one was not kept.

    To be called before anything is imported that leads to kernels; else they work as they did.
    """
    if size_bytes <= SMALL_BYTES and not begun() and not kept(kernel):
        interpret()
    if not interpreted():
        from newsdedup.stages.kernels.machine_code import spare_scipy  # noqa: PLC0415  # brings numba

        spare_scipy()


def fitting(workers: int | None) -> int | None:
    """How many processes can work as this one does: a new one that is not forked would compile."""
    return 1 if interpreted() and not FORKED else workers


def kept(kernel: str = LATE) -> bool:
    """Whether machine code of a kernel that this processor can run lies on disk.

    Found without numba, which takes a fifth of a second to import, if there is none.
    """
    return any(_fits(file) for folder in _folders() for file in sorted(folder.glob(f"{kernel}-*.nbc")))


def _folders() -> Iterator[Path]:
    """Where numba looks, if it may write there."""
    apart = f"{_KERNELS.name}_{sha1(str(_KERNELS).encode(), usedforsecurity=False).hexdigest()}"
    places = [_KERNELS / "__pycache__", _of_user() / apart]
    if given := os.environ.get("NUMBA_CACHE_DIR"):
        places.insert(0, Path(given, apart))
    yield from itertools.islice(filter(_writable, places), 1)


def _writable(folder: Path) -> bool:
    """Whether numba can write to a folder, or could make it."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK)


def _of_user() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", ""), "numba", "Cache")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "numba"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "numba")


def _fits(file: Path) -> bool:
    """Whether a file holds machine code of these sources, for this Python and processor.

    It is a pickle that begins with what it was made of and for, where each of these stands in full.
    """
    if f".py{sys.version_info[0]}{sys.version_info[1]}{sys.abiflags}." not in file.name:
        return False
    with file.open("rb") as opened:
        told = opened.read(HEAD_BYTES)
    if sources().encode() not in told or version("numba").encode() not in told:
        return False
    from newsdedup.stages.kernels.machine_code import spare_scipy, target  # noqa: PLC0415  # brings numba

    spare_scipy()
    return all(part.encode() in told for part in target())
