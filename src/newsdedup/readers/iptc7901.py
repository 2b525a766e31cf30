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
_TITLE_LINES: Final = 4
_LEAD_CHARS: Final = 4_000
"""Where a headline is looked for."""
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
    """Headline, byline and text. A headline is no sentence, and ends with ` =` or above an empty or indented line."""
    title, text = _headline(text.strip("\n"))
    text = text.lstrip()
    first, _, below = text.partition("\n")
    if len(first) <= _TITLE_CHARS and (found := _BYLINE.match(first)):
        return title, found["name"] or found["name_de"], below.strip()
    return title, "", text.rstrip("= \n\t")


def _headline(text: str) -> tuple[str, str]:
    """The headline at the beginning of a text, and what follows it; the whole text if there is none."""
    *lines, below = text[:_LEAD_CHARS].split("\n", _TITLE_LINES)
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else below
        stands_alone = line.strip() and (not following.strip(" \t") or following[0].isspace())
        if line.rstrip().endswith(" =") or stands_alone:
            title = " ".join(" ".join(lines[: number + 1]).split()).rstrip("= ")
            if title and len(title) <= _TITLE_CHARS and not title.endswith((".", ":", ";", ",")):
                return title, text.split("\n", number + 1)[-1]
            break
    return "", text


def _sent(trailer: str) -> datetime | None:
    found = _SENT.search(trailer)
    if not found:
        return None
    day, hour, minute, month, year = found.group("day", "hour", "minute", "month", "year")
    when = parse_date(f"{day} {month} {year} {hour}:{minute}")
    return when.astimezone(UTC) if when else None


READER: Final[Reader] = Iptc7901Reader()
