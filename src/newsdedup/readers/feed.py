"""RSS and Atom, as feedparser reads them: every entry of a feed is a record."""

from __future__ import annotations

import calendar
import io
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, BinaryIO, Final

import feedparser

from newsdedup.model.article import Article, Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.dates import first_date, parse_date
from newsdedup.readers.encoding import declared_encoding, decode
from newsdedup.readers.interface import Reader, Record, Source
from newsdedup.readers.markup import text_of_html
from newsdedup.readers.streams import read_whole
from newsdedup.readers.xml_characters import without_forbidden

_MARKUP: Final = ("text/html", "application/xhtml+xml")


class FeedReader:
    """Entries go by their guid or id; the text is the content if there is one, else the summary."""

    def read(self, source: Source, stream: BinaryIO, params: ReaderParams) -> Iterator[Record]:
        data = read_whole(stream, params.max_record_mb)
        if data is None:
            yield Skipped(Origin(source.name), SkipReason.TOO_LARGE, f"a feed of more than {params.max_record_mb:g} MB")
            return
        text = without_forbidden(decode(data, params.encoding or declared_encoding(data)))
        if "<!ENTITY" in text:
            yield Skipped(Origin(source.name), SkipReason.MALFORMED, "it declares entities, which are not expanded")
            return
        # a stream, since a text could be taken for an address; relative links are of no use here
        found = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
        for number, entry in enumerate(found.entries):
            yield _article(entry, found.feed, f"{source.default_id}#{number}", Origin(source.name, number))
        if found.bozo and not found.entries:
            detail = f"not a feed that can be read: {found.get('bozo_exception')}"
            yield Skipped(Origin(source.name), SkipReason.MALFORMED, detail)


def _article(entry: Mapping[str, Any], feed: Mapping[str, Any], default_id: str, origin: Origin) -> Record:
    text = _text(entry)
    if not text:
        return Skipped(origin, SkipReason.NO_TEXT, "an entry with neither content nor summary")
    guid = _line(entry.get("id"))
    labels = {
        "title": _line(text_of_html(entry.get("title") or "")),
        "byline": _line(entry.get("author")),
        "publisher": _line(entry.get("source", {}).get("title")) or _line(feed.get("title")),
        "credit": _line(entry.get("dc_source")),
        "url": _line(entry.get("link")),
        "language": _line(_language(entry) or feed.get("language")),
        "guid": guid,
        "version_created": _date(entry, "updated").get("published"),
        **(_date(entry, "published") or _date(entry, "updated") or _date(entry, "created")),
    }
    return Article(id=guid or default_id, text=text, origin=origin, **{k: v for k, v in labels.items() if v})


def _text(entry: Mapping[str, Any]) -> str:
    """The longest of an entry's contents, else its summary."""
    contents = [_plain(content) for content in entry.get("content", ())]
    return max(contents, key=len, default="") or text_of_html(entry.get("summary") or "")


def _plain(content: Mapping[str, Any]) -> str:
    value = content.get("value") or ""
    return text_of_html(value) if content.get("type") in _MARKUP else value.strip()


def _language(entry: Mapping[str, Any]) -> str | None:
    return next((content["language"] for content in entry.get("content", ()) if content.get("language")), None)


def _date(entry: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A date by our own rules, else by feedparser's, which knows those of more languages."""
    if name not in entry:  # feedparser gives the date of publication where it is asked for an update there is not
        return {}
    found = first_date(entry.get(name) or "")
    if "date_text" in found and (parsed := entry.get(f"{name}_parsed")):
        try:
            return {"published": parse_date(datetime.fromtimestamp(calendar.timegm(parsed), UTC))}
        except (ValueError, OverflowError, OSError):
            return found
    return found


def _line(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


READER: Final[Reader] = FeedReader()
