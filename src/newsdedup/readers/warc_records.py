"""The records of a WARC or ARC file, each by itself, so that a broken one costs no other.

warcio parses them. It is not left to find where each begins: its iterator ends at the first record that is broken, and
holds lines of any length.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader

from newsdedup.readers.streams import HEAD_BYTES, peekable

_BEGIN: Final = re.compile(rb"WARC/\d\.\d+\s|[a-z][a-z0-9+.-]*:\S[^\n]* \d{4,20} \S+ -?\d+\s*\Z")
"""The first line of a record; ARC gives address, host, date, type and length in it."""
_LOADER: Final = ArcWarcRecordLoader(verify_http=False, arc2warc=True)
_MOST_HEADER_BYTES: Final = 1 << 20


def archive_records(stream: BinaryIO) -> Iterator[ArcWarcRecord | str]:
    """Each record, to be read before the next is asked for; what is wrong in place of one that cannot be."""
    lines = _Lines(peekable(stream))
    in_record = True
    while line := lines.first_line():
        if not _BEGIN.match(line):
            if in_record and line.strip():
                yield f"no record begins here: {line[:40]!r}"
                in_record = False
            continue
        in_record = True
        try:
            record = _LOADER.parse_record_stream(lines, line)
        except Exception as error:  # noqa: BLE001  # it fails in ways of its own on broken headers
            yield f"broken headers: {error or type(error).__name__}"
            in_record = False
            continue
        if not (record.rec_headers.get_header("Content-Length") or "").isdecimal():
            yield "a record that does not tell its length"
            in_record = False
            continue
        yield record
        is_truncated(record)


def is_truncated(record: ArcWarcRecord) -> bool:
    """Whether the file ends within a record, which is read to its end to tell.

    Some records tell a length that is a few bytes too great; a reply is whole if it has all that it announces itself.
    """
    while record.raw_stream.read(HEAD_BYTES):
        pass
    missing: int = record.raw_stream.limit
    announced = record.http_headers.get_header("Content-Length") if record.http_headers else None
    if missing > 0 and announced and announced.isdecimal():
        return bool(record.payload_length - missing < int(announced))
    return missing > 0


class _Lines:
    """A stream whose lines, which are headers, are not held beyond all measure."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._header_bytes = 0

    def first_line(self) -> bytes:
        """The next line, which may be the first of a record's headers; of a long one, a piece."""
        self._header_bytes = 0
        return self.readline()

    def readline(self, length: int | None = None) -> bytes:
        """At most HEAD_BYTES of a line."""
        line = self._stream.readline(min(length or HEAD_BYTES, HEAD_BYTES))
        self._header_bytes += len(line)
        if self._header_bytes > _MOST_HEADER_BYTES:
            raise ValueError(f"headers of more than {_MOST_HEADER_BYTES} bytes")
        return line

    def read(self, length: int) -> bytes:
        """At most `length` bytes, fewer at the end only."""
        return self._stream.read(length)

    def tell(self) -> int:
        """Asked for by warcio, of a record without length."""
        return 0
