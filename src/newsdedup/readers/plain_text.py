"""Plain text: a file is an article whose text is never touched; what plainly is metadata in it is taken as such too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO, Final

from newsdedup.model.article import Article, Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.dates import parse_date
from newsdedup.readers.encoding import decode
from newsdedup.readers.fields import field_map
from newsdedup.readers.front_matter import split_front_matter
from newsdedup.readers.interface import Reader, Record, Source
from newsdedup.readers.streams import read_whole

_TITLE_LINE: Final = re.compile(r"\s*--\s+(\S.{0,199}?)\s*(?:\n|\Z)")
_DATE_AT_START: Final = re.compile(r"\s*date[:\s]\s*(\d{4}-\d{2}-\d{2})\b", re.IGNORECASE)
_DATE_STARTS: Final = r"(?:\d|mon|tue|wed|thu|fri|sat|sun|ja|fe|ma|ap|ju|au|se|oc|no|de)"
_DATE_LINE: Final = re.compile(
    r"^[ \t]*(?:(?P<first>(?:first )?published|posted|date)|(?P<later>(?:last )?(?:updated|modified)))"
    rf"(?: (?:on|at))?[ \t]*:?[ \t]+(?P<date>{_DATE_STARTS}.{{5,50}}?)[ \t]*$",
    re.IGNORECASE,
)
_DATE_LINES: Final = 10
_TITLE_LINES: Final = 3
_TITLE_CHARS: Final = 200
_TITLE_WORDS: Final = 3
_BODY_TO_TITLE: Final = 4
"""How many times longer than its title a text must be for the line to be one."""
_LEAD_CHARS: Final = 4_000
"""Where headlines and dates are looked for."""


class TextReader:
    """One file, one article."""

    def read(self, source: Source, stream: BinaryIO, params: ReaderParams) -> Iterator[Record]:
        origin = Origin(source.name)
        data = read_whole(stream, params.max_record_mb)
        if data is None:
            yield Skipped(origin, SkipReason.TOO_LARGE, f"a text of more than {params.max_record_mb:g} MB")
            return
        fields, text = split_front_matter(decode(data, params.encoding))
        if not text or text.isspace():
            yield Skipped(origin, SkipReason.NO_TEXT, "nothing but white space")
            return
        labels = self.labels(text) | field_map(params.fields).labels(fields)
        yield Article(id=labels.pop("id", "") or source.default_id, text=text, origin=origin, **labels)

    def labels(self, text: str) -> dict[str, Any]:
        """What the beginning of a text plainly tells of it, as arguments for `Article`."""
        lead = text[:_LEAD_CHARS]
        return {"title": self.title(lead, len(text)), "published": _date_in(lead)}

    def title(self, lead: str, length: int) -> str:
        """The headline of a text of `length` characters that begins with `lead`, if it plainly has one."""
        if marked := _TITLE_LINE.match(lead):
            return marked[1]
        return _headline(lead, length)


def _headline(lead: str, length: int) -> str:
    """Of the first lines, the one that stands by itself, is a few words long and is no sentence."""
    lines = lead.splitlines()
    filled = (number for number, line in enumerate(lines) if line.strip())
    for number in islice(filled, _TITLE_LINES):
        line = lines[number].strip()
        stands_alone = number + 1 < len(lines) and not lines[number + 1].strip()
        if (
            stands_alone
            and len(line) <= _TITLE_CHARS
            and not line.endswith((".", ":", ";", ","))
            and len(line.split()) >= _TITLE_WORDS
            and length >= (1 + _BODY_TO_TITLE) * len(line)
            and not _DATE_LINE.match(line)
            and not _DATE_AT_START.match(line)
        ):
            return line
    return ""


def _date_in(lead: str) -> datetime | None:
    if found := _DATE_AT_START.match(lead):
        return parse_date(found[1])
    later = None
    for line in lead.splitlines()[:_DATE_LINES]:
        if (found := _DATE_LINE.match(line)) and (when := parse_date(found["date"])):
            if found["first"]:
                return when
            later = later or when
    return later


READER: Final[Reader] = TextReader()
