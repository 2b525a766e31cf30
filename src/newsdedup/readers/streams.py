"""Streams of bytes that may break off, and how they say so."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from newsdedup.model.article import SkipReason

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD_BYTES: Final = 65_536
"""How much of a stream can be looked at before it is read."""
MEGABYTE: Final = 1_000_000


class BrokenStreamError(Exception):
    """A stream cannot be read further. It is caught where records are made, and becomes a `Skipped`."""

    def __init__(self, reason: SkipReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class ChunkStream(io.RawIOBase):
    """A raw stream over chunks of bytes. What was delivered before a failure can be read before it shows."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")
        self._failure: BrokenStreamError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        target = memoryview(buffer)
        filled = 0
        while filled < len(target) and self._fetch():
            count = min(len(self._rest), len(target) - filled)
            target[filled : filled + count] = self._rest[:count]
            self._rest = self._rest[count:]
            filled += count
        if not filled and self._failure:
            raise self._failure
        return filled

    def _fetch(self) -> bool:
        """Whether there is something in `_rest`."""
        while not self._rest and not self._failure:
            try:
                self._rest = memoryview(next(self._chunks))
            except StopIteration:
                return False
            except BrokenStreamError as failure:
                self._failure = failure
        return bool(self._rest)


def stream_of(chunks: Iterator[bytes]) -> io.BufferedReader:
    """A stream over chunks, whose first HEAD_BYTES can be peeked at."""
    return io.BufferedReader(ChunkStream(chunks), HEAD_BYTES)


def peekable(stream: BinaryIO) -> io.BufferedReader:
    """The stream itself, if it can be peeked at, or one that can."""
    if isinstance(stream, io.BufferedReader):
        return stream
    return stream_of(iter(lambda: stream.read(HEAD_BYTES), b""))


def read_whole(stream: BinaryIO, max_mb: float) -> bytes | None:
    """All that is left of a stream; None if that is more than `max_mb`."""
    limit = int(max_mb * MEGABYTE)
    data = stream.read(min(HEAD_BYTES, limit + 1))
    if len(data) == HEAD_BYTES:  # few are so long; to be asked for the limit at once, a stream first makes room for it
        data += stream.read(limit + 1 - HEAD_BYTES)
    return data if len(data) <= limit else None


@contextmanager
def seekable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream itself, or a temporary copy of it for what has its table of contents at its end."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield cast("BinaryIO", copy)
