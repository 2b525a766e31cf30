"""The lines of a stream, however long they are."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, Final, TypeGuard

from newsdedup.readers.encoding import byte_order_mark, wide_encoding
from newsdedup.readers.interface import LineReader, Reader
from newsdedup.readers.streams import HEAD_BYTES, MEGABYTE, peekable, stream_of

_CHUNK_CHARS: Final = 65_536


def reads_lines(reader: Reader) -> TypeGuard[LineReader]:
    """Whether a large file of this reader's format can be read in parts."""
    return hasattr(reader, "read_lines")


def limit_of(max_mb: float) -> int:
    """Bytes in the longest line that is read."""
    return int(max_mb * MEGABYTE)


def lines_of(stream: BinaryIO, limit: int, declared: str | None = None) -> Iterator[bytes]:
    """Lines with their ends, without a byte order mark; UTF-16 and UTF-32 become UTF-8, all else is as it came.

    Of a line longer than `limit` bytes the first `limit + 1` are given, so that it can be told, and the rest is
    passed over without being held.
    """
    buffered = peekable(stream)
    head = buffered.peek(HEAD_BYTES)[:HEAD_BYTES]
    if marked := byte_order_mark(head):
        buffered.read(len(marked[0]))
    if wide := wide_encoding(head, declared):
        buffered = _as_utf8(buffered, wide)
    while line := buffered.readline(limit + 1):
        yield line
        if len(line) > limit and not line.endswith(b"\n"):
            _skip_line(buffered)


def _skip_line(stream: io.BufferedReader) -> None:
    while (piece := stream.readline(HEAD_BYTES)) and not piece.endswith(b"\n"):
        pass


def _as_utf8(stream: io.BufferedReader, encoding: str) -> io.BufferedReader:
    text = io.TextIOWrapper(stream, encoding, errors="replace", newline="\n")
    return stream_of(chunk.encode() for chunk in iter(lambda: text.read(_CHUNK_CHARS), ""))
