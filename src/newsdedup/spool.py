"""What is long in a corpus, in files instead of memory: on its way from the workers, and while it is compared."""

from __future__ import annotations

import io
import mmap
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from newsdedup.model.sketch import Tokens

COPIED_AT_ONCE = 1 << 18

Arrays = Sequence[NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Left:
    """Arrays that were left in a file for another process, one after the other, with how many entries each has."""

    path: str
    sizes: tuple[int, ...]


def leave(arrays: Arrays, folder: str) -> Left:
    """Write arrays to a new file in a folder: far quicker than to send them."""
    handle, path = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "wb") as file:
        for array in arrays:
            array.tofile(file)
    return Left(path, tuple(array.size for array in arrays))


class Spool:
    """Arrays, some at a time, each added to a temporary file of its own, and mapped back into memory at the end."""

    def __init__(self, *dtypes: DTypeLike) -> None:
        self._dtypes = [np.dtype(dtype) for dtype in dtypes]
        self._buffer = memoryview(bytearray(COPIED_AT_ONCE))
        self._files: list[IO[bytes]] = [tempfile.TemporaryFile() for _ in dtypes]  # noqa: SIM115  # mapped at the end

    def append(self, arrays: Arrays | Left) -> None:
        """One array of each type, in memory or left in a file, which is removed."""
        if isinstance(arrays, Left):
            self._take(arrays)
            return
        for file, array in zip(self._files, arrays, strict=True):
            array.tofile(file)

    def _take(self, left: Left) -> None:
        path = Path(left.path)
        with path.open("rb", buffering=0) as file:
            for own, dtype, size in zip(self._files, self._dtypes, left.sizes, strict=True):
                self._copy(file, own, size * dtype.itemsize)
        path.unlink()

    def _copy(self, source: io.FileIO, target: IO[bytes], size: int) -> None:
        """Through a small buffer that stays: to get fresh memory for all of it takes ten times as long."""
        while size > 0:
            count = source.readinto(self._buffer[:size])
            if not count:
                raise EOFError(f"{source.name}: is shorter than it was when it was left")
            target.write(self._buffer[:count])
            size -= count

    def finish(self) -> list[NDArray[Any]]:
        """All arrays of each type as one, in the order in which they came."""
        return [np.frombuffer(_mapped(file), dtype) for file, dtype in zip(self._files, self._dtypes, strict=True)]


class TokenSpool:
    """Tokens written to temporary files as they come, and mapped back into memory at the end."""

    DTYPES = (np.uint32, np.uint32, np.uint8)

    def __init__(self) -> None:
        self._spool = Spool(*self.DTYPES)
        self._lengths: list[NDArray[np.int64]] = []

    def append(self, tokens: Tokens) -> None:
        """Add the tokens of some texts."""
        self._spool.append((tokens.hashes, tokens.letters, tokens.flags))
        self._lengths.append(np.diff(tokens.offsets))

    def finish(self) -> Tokens:
        """All tokens, in the order in which they came."""
        hashes, letters, flags = self._spool.finish()
        return Tokens(hashes, letters, flags, offsets_of(self._lengths))


def offsets_of(lengths: Sequence[NDArray[np.integer[Any]]]) -> NDArray[np.int64]:
    """Where each of n things begins and the last one ends that are so long and lie one after the other, (n + 1,)."""
    offsets = np.zeros(sum(map(len, lengths)) + 1, np.int64)
    if lengths:
        np.cumsum(np.concatenate(lengths), out=offsets[1:])
    return offsets


def _mapped(file: IO[bytes]) -> mmap.mmap | bytearray:
    """A file in memory, copied on write, as the kernels are compiled for arrays that can be written."""
    file.flush()
    # an empty file cannot be mapped
    return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY) if file.seek(0, 2) else bytearray()
