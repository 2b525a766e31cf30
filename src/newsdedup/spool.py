"""The tokens of a corpus, in files instead of memory: on their way from the workers, and while they are compared."""

from __future__ import annotations

import mmap
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from newsdedup.model.sketch import Int64Array, Tokens

_HASHES, _LETTERS, _FLAGS = (np.dtype(name) for name in ("uint32", "uint32", "uint8"))


@dataclass(frozen=True, slots=True)
class Left:
    """The tokens of some texts, left in a file for another process; int64 `lengths` (n,): how many each text has."""

    path: str
    lengths: Int64Array


def leave(tokens: Tokens, folder: str) -> Left:
    """Write tokens to a new file in a folder: far quicker than to send them, as they are as long as their texts."""
    handle, path = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "wb") as file:
        for array in (tokens.hashes, tokens.letters, tokens.flags):
            array.tofile(file)
    return Left(path, np.diff(tokens.offsets))


class TokenSpool:
    """Tokens written to temporary files as they come, and mapped back into memory at the end."""

    def __init__(self) -> None:
        self._hashes: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as its mapping
        self._letters: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self._flags: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self._lengths: list[NDArray[np.int64]] = []

    def append(self, tokens: Tokens | Left) -> None:
        """Tokens in memory, or those that were left in a file, which is removed."""
        if isinstance(tokens, Left):
            self._take(tokens)
            return
        tokens.hashes.tofile(self._hashes)
        tokens.letters.tofile(self._letters)
        tokens.flags.tofile(self._flags)
        self._lengths.append(np.diff(tokens.offsets))

    def _take(self, left: Left) -> None:
        total = int(left.lengths.sum())
        path = Path(left.path)
        with path.open("rb", buffering=0) as file:
            for own, dtype in ((self._hashes, _HASHES), (self._letters, _LETTERS), (self._flags, _FLAGS)):
                own.write(file.read(total * dtype.itemsize))
        path.unlink()
        self._lengths.append(left.lengths)

    def finish(self) -> Tokens:
        """All tokens, in the order in which they came."""
        lengths = np.concatenate(self._lengths) if self._lengths else np.zeros(0, np.int64)
        offsets = np.zeros(len(lengths) + 1, np.int64)
        np.cumsum(lengths, out=offsets[1:])
        hashes, letters, flags = (_mapped(file) for file in (self._hashes, self._letters, self._flags))
        return Tokens(
            np.frombuffer(hashes, _HASHES), np.frombuffer(letters, _LETTERS), np.frombuffer(flags, _FLAGS), offsets
        )


def _mapped(file: IO[bytes]) -> mmap.mmap | bytearray:
    """A file in memory, copied on write, as the kernels are compiled for arrays that can be written."""
    file.flush()
    # an empty file cannot be mapped
    return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY) if file.seek(0, 2) else bytearray()
