r"""IPTC 7901, the text message of the news agencies of Europe: many messages in a file.

A message is `SOH source number SP priority SP category SP words SP ... CRLF keywords CRLF STX text ETX date`.
See the IPTC Recommended Message Format, part 7901, version 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO, Final

from newsdedup.model.article import Article, Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.dates import parse_date
from newsdedup.readers.interface import Reader, Record, Source
from newsdedup.readers.lines import limit_of
from newsdedup.readers.takes import join_takes
from newsdedup.readers.transmissions import Transmission, transmissions
from newsdedup.readers.wire_characters import wire_text

_FIRST_LINE: Final = re.compile(r"\s*(?P<source>[A-Za-z]{2,6})\s?(?P<number>\d{1,5}) +\d +\w{1,6} +\d{1,5}\b")
_SENT: Final = re.compile(
    r"(?P<day>\d{2})(?P<hour>\d{2})(?P<minute>\d{2})\s*(?:GMT|UTC|Z)?\s+(?P<month>[A-Za-z]{3,9})\.?\s+(?P<year>\d{2,4})"
)
_VERSION: Final = re.compile(
    r"(?:\(?(?:take|add)[ -]?\d{1,2}\)?|=\d|\d{1,2}(?:st|nd|rd|th)[ -]?(?:ld|lead|add|take)\S*)", re.IGNORECASE
)
_TITLE_CHARS: Final = 240
_BYLINE: Final = re.compile(
    r"\s*(?:(?:by|par|por) (?P<name>\S[^\n=]{2,80}?)\s*=?|von (?P<name_de>[^\n=]{2,80}?)\s*=)\s*\Z", re.IGNORECASE
)


class Iptc7901Reader:
    """Messages are numbered from 0 and go by source, number and date; further takes are joined to the first."""

    def read(self, source: Source, stream: BinaryIO, params: ReaderParams) -> Iterator[Record]:
        messages = (
            message if isinstance(message, Skipped) else _article(message, source, origin, params.encoding)
            for origin, message in transmissions(stream, source, params)
        )
        return join_takes(messages, limit_of(params.max_record_mb))


def _article(message: Transmission, source: Source, origin: Origin, declared: str | None) -> Record:
    first_line, _, below = wire_text(message.header, declared).strip("\n").partition("\n")
    found = _FIRST_LINE.match(first_line)
    if not found:
        return Skipped(origin, SkipReason.MALFORMED, "a message without source, number, priority, category and length")
    title, byline, text = _parts(wire_text(message.text, declared))
    if not text:
        text, title = title, ""
    if not text:
        return Skipped(origin, SkipReason.NO_TEXT, "a message without a text")
    sent = _sent(wire_text(message.trailer, declared))
    keywords = " ".join(below.split()).rstrip("/ ")
    version = _VERSION.findall(keywords)
    agency = found["source"].lower()
    return Article(
        id=f"{source.default_id}#{origin.record}",
        text=text,
        origin=origin,
        title=title,
        byline=byline,
        publisher=agency,
        published=sent,
        slug=" ".join(_VERSION.sub(" ", keywords).split()).rstrip("/ "),
        guid=f"iptc7901:{agency}:{sent:%Y%m%d}:{found['number']}" if sent else "",
        version=" ".join(version),
    )


def _parts(text: str) -> tuple[str, str, str]:
    """Headline, byline and text. A headline stands above an empty or an indented line, or ends with ` =`."""
    lines = text.strip("\n").split("\n")
    title = byline = ""
    ends = next((n for n, line in enumerate(lines[:4]) if _ends_headline(lines, n)), None)
    if ends is not None:
        title = " ".join(" ".join(lines[: ends + 1]).split()).rstrip("= ")
        if 0 < len(title) <= _TITLE_CHARS:
            lines = lines[ends + 1 :]
        else:
            title = ""
    while lines and not lines[0].strip():
        lines.pop(0)
    if lines and (found := _BYLINE.match(lines[0])):
        byline = found["name"] or found["name_de"]
        lines.pop(0)
    return title, byline, "\n".join(lines).strip()


def _ends_headline(lines: list[str], number: int) -> bool:
    line = lines[number].rstrip()
    if line.endswith(" ="):
        return True
    following = lines[number + 1 : number + 2]
    return bool(line.strip()) and bool(following) and (not following[0].strip() or following[0][0].isspace())


def _sent(trailer: str) -> datetime | None:
    found = _SENT.search(trailer)
    if not found:
        return None
    day, hour, minute, month, year = found.group("day", "hour", "minute", "month", "year")
    when = parse_date(f"{day} {month} {year} {hour}:{minute}")
    return when.astimezone(UTC) if when else None


READER: Final[Reader] = Iptc7901Reader()
