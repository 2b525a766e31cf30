"""Mbox: many messages in a file, each below a line that begins with `From ` (RFC 4155)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, Final

from newsdedup.model.article import Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.interface import Reader, Record, Source
from newsdedup.readers.lines import limit_of
from newsdedup.readers.mail import article_of_mail
from newsdedup.readers.one_record import one_record
from newsdedup.readers.streams import HEAD_BYTES, peekable

_SEPARATOR: Final = re.compile(rb"From \S.*\b\d{4}\b")
_QUOTED: Final = re.compile(rb"^>(>*From )", re.MULTILINE)


class MboxReader:
    """Messages are numbered from 0."""

    def read(self, source: Source, stream: BinaryIO, params: ReaderParams) -> Iterator[Record]:
        for number, message in enumerate(_messages(stream, limit_of(params.max_record_mb))):
            origin = Origin(source.name, number)
            if message is None:
                yield Skipped(origin, SkipReason.TOO_LARGE, f"a message of more than {params.max_record_mb:g} MB")
            else:
                data, default_id = _QUOTED.sub(rb"\1", message), f"{source.default_id}#{number}"
                yield one_record(partial(article_of_mail, data, default_id, origin, params), origin, params)


def _messages(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The messages without the line above each; None for one that is too large, which is not held."""
    buffered = peekable(stream)
    held: list[bytes] = []
    size, started, above = 0, False, b"\n"
    while line := buffered.readline(HEAD_BYTES):
        if above in {b"\n", b"\r\n"} and _SEPARATOR.match(line):
            if started:
                yield b"".join(held) if size <= limit else None
            held, size, started = [], 0, True
        elif started or line.strip():
            started = True
            size += len(line)
            if size > limit:
                held.clear()
            else:
                held.append(line)
        above = line
    if started:
        yield b"".join(held) if size <= limit else None


READER: Final[Reader] = MboxReader()
