"""ANPA 1312, the wire text of American agencies and newspapers: many stories in a file.

A story is `SOH service number FS selector LF priority SP category controls SP slug,version date words LF STX text ETX
trailer`. In the text, lines that begin with a caret are headers (slug, headline, byline, notes to editors), paragraphs
begin with a tab or spaces, and `<` or `=` end a line as a typesetter ends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

from newsdedup.model.article import Article, Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.dates import parse_date
from newsdedup.readers.interface import Reader, Record, Source
from newsdedup.readers.lines import limit_of
from newsdedup.readers.takes import join_takes
from newsdedup.readers.transmissions import Transmission, transmissions
from newsdedup.readers.wire_characters import wire_text

_HEADER: Final = re.compile(
    r"\s*(?:(?P<service>[a-z])(?P<number>\d{3,5})[^\n]*\n)?\s*"
    r"[a-z] [a-z] *(?P<slug>\S[^\n,]*?)(?:\s*,\s*(?P<version>[^\n]*?))?\s+(?P<date>\d{1,2}-\d{1,2})\s+\d{2,5}\s*\Z",
    re.IGNORECASE,
)
_SENT: Final = re.compile(
    r"\b(?P<agency>[A-Z]{2,5})-[A-Z]{2}-(?P<month>\d{1,2})-(?P<day>\d{1,2})-(?P<year>\d{4}|\d{2})"
    r"\s+(?P<hour>\d{2}):?(?P<minute>\d{2})\s*(?P<zone>[A-Z]{2,4})"
)
_BYLINE: Final = re.compile(r"by (?P<name>\S.{1,80})\Z", re.IGNORECASE)
_SLUG: Final = re.compile(r"[AB][CMP]-\S|[A-Z]{2}-[A-Z]{2}--")
_NOTE: Final = re.compile(r"\(?eds?\b|editors?\b|\(?with\b|for release|\d|\W", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Parts:
    title: str
    byline: str
    text: str


class Anpa1312Reader:
    """Stories are numbered from 0 and go by service, number and date; further takes are joined to the first."""

    def read(self, source: Source, stream: BinaryIO, params: ReaderParams) -> Iterator[Record]:
        stories = (
            story if isinstance(story, Skipped) else _article(story, source, origin, params.encoding)
            for origin, story in transmissions(stream, source, params)
        )
        return join_takes(stories, limit_of(params.max_record_mb))


def _article(story: Transmission, source: Source, origin: Origin, declared: str | None) -> Record:
    found = _HEADER.match(wire_text(story.header, declared))
    if not found:
        return Skipped(origin, SkipReason.MALFORMED, "a story without priority, category, slug, date and length")
    slug = " ".join(found["slug"].split())
    parts = _parts(wire_text(story.text, declared), slug)
    if not parts.text:
        return Skipped(origin, SkipReason.NO_TEXT, "a story without a text")
    agency, published = _sent(wire_text(story.trailer, declared))
    story_number = f"{found['service']}{found['number']}" if found["service"] else ""
    return Article(
        id=f"{source.default_id}#{origin.record}",
        text=parts.text,
        origin=origin,
        title=parts.title,
        byline=parts.byline,
        publisher=agency,
        published=published,
        slug=slug,
        guid=f"anpa1312:{agency}:{published:%Y%m%d}:{story_number}" if published and story_number else "",
        version=" ".join((found["version"] or "").split()),
    )


def _parts(text: str, slug: str) -> _Parts:
    """The headers of a story told from its text; the text alone where none is marked as a header."""
    marked: list[str] = []
    lines: list[str] = []
    for line in text.strip("\n").split("\n"):
        plain = line.rstrip().rstrip("<=").rstrip().replace(" _ ", " — ")  # the dash of its alphabet
        if line.startswith("^") and not lines:
            marked.append(plain.strip("^ "))
        elif plain.strip() or lines:
            lines.append(plain)
    byline = next((found["name"] for line in marked if (found := _BYLINE.match(line))), "")
    title = next((line for line in marked if _is_headline(line, slug)), "")
    body = "\n".join(lines).strip()
    return _Parts(title, byline, body or "\n".join(line for line in marked if not _is_slug(line, slug)))


def _is_headline(line: str, slug: str) -> bool:
    return len(line.split()) > 2 and not (_is_slug(line, slug) or _BYLINE.match(line) or _NOTE.match(line))


def _is_slug(line: str, slug: str) -> bool:
    return line.lower().startswith(slug.lower()) or bool(_SLUG.match(line))


def _sent(trailer: str) -> tuple[str, datetime | None]:
    """Which agency sent a story and when."""
    found = _SENT.search(trailer)
    if not found:
        return "", None
    agency, month, day, year, hour, minute, zone = found.groups()
    year = year if len(year) == 4 else f"{'19' if int(year) >= 69 else '20'}{year}"
    return agency, parse_date(f"{year}-{month}-{day} {hour}:{minute} {zone}")


READER: Final[Reader] = Anpa1312Reader()
