"""The hidden folder in which a report is made, before it is moved into place.

A run that is killed leaves it behind; the next report into the same folder removes it.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_PREFIX = ".newsdedup-writing-"
_LOCK = "in-use"
"""A file that is locked for as long as anybody writes; the system lets go of it with the process, however that ends."""

OLD = "old"
"""Where what stood there before lies while it is replaced."""


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """A new folder in `out`, removed afterwards. Raises OSError if it cannot be made."""
    _remove_left(out)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=out))
    try:
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT)
        try:
            _locked(lock)
            yield folder
        finally:
            os.close(lock)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_left(out: Path) -> None:
    """Remove such folders as killed runs left, but for those that hold what stood in `out` before."""
    for folder in out.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            lock = os.open(folder / _LOCK, os.O_RDWR)
            try:
                if _locked(lock) and not (folder / OLD).exists():
                    shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(lock)


def _locked(lock: int) -> bool:
    """Lock an open file, if nobody has; False if somebody has, or where there are no locks to tell."""
    if sys.platform == "win32":
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
