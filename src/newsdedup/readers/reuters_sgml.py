"""The SGML of the Reuters-21578 collection: many items in a file."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO, Final

from newsdedup.model.article import Article, Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.dates import parse_date
from newsdedup.readers.encoding import decode, decode_windows_1252
from newsdedup.readers.interface import Reader, Record, Source
from newsdedup.readers.lines import limit_of
from newsdedup.readers.streams import HEAD_BYTES, BrokenStreamError, peekable

_BEGIN: Final = b"<REUTERS"
_END: Final = b"</REUTERS>"
_NEWID: Final = re.compile(r"\s*<REUTERS\b[^>]*\bNEWID=\"([^\"]+)\"")
_TEXT: Final = re.compile(r"<TEXT\b[^<>]{0,200}>")
_ABOVE_BODY: Final = re.compile(r"\A(?:\s|\*|&#\d+;)*(?:<(TITLE|AUTHOR|DATELINE)>.*?</\1>\s*)*", re.DOTALL)
_ELEMENTS: Final = ("DATE", "TITLE", "AUTHOR", "DATELINE", "BODY")
_ENTITY: Final = re.compile(r"&(?:#\d+|[a-z]+);")
_CONTROL: Final = [chr(code) for code in range(32) if chr(code) not in "\t\n\r"]
_INDENT: Final = re.compile(r"(?:\A|\n)&(?:\\t|\t)")
"""Some copies of the collection have an ampersand and a tab, or `\t` spelt out, where a paragraph is indented."""
_PLACEHOLDER: Final = "Blah blah blah."
"""Stands in the collection for the text of items that were sent as a headline only."""


class ReutersReader:
    """Items are numbered from 0, and go by their NEWID."""

    def read(self, source: Source, stream: BinaryIO, params: ReaderParams) -> Iterator[Record]:
        for number, item in enumerate(_items(stream, limit_of(params.max_record_mb))):
            origin = Origin(source.name, number)
            if item is None:
                yield Skipped(origin, SkipReason.TOO_LARGE, f"an item of more than {params.max_record_mb:g} MB")
            else:
                yield _article(item, source, origin, params.encoding)


def _items(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """What stands between the marks of each item; None for one that is too large.

    Raises BrokenStreamError if the last item has no end.
    """
    buffered = peekable(stream)
    rest = b""
    overlong = False
    while chunk := buffered.read1(HEAD_BYTES):
        searched = max(len(rest) - len(_END), 0)
        rest += chunk
        while (end := rest.find(_END, searched)) >= 0:
            yield None if overlong else rest[max(rest.find(_BEGIN, 0, end), 0) : end]
            rest, searched, overlong = rest[end + len(_END) :], 0, False
        if len(rest) > limit:
            rest, overlong = rest[-len(_END) :], True
    if overlong or _BEGIN in rest:
        raise BrokenStreamError(SkipReason.TRUNCATED, "the last item has no end")


def _article(item: bytes, source: Source, origin: Origin, declared: str | None) -> Record:
    raw = _decoded(item, declared)
    parts = {name: _clean(_element(raw, name)) for name in _ELEMENTS}
    body = parts["BODY"] or _clean(_ABOVE_BODY.sub("", _content(raw), count=1))
    if not body or body == _PLACEHOLDER:
        body = parts["TITLE"]
    if not body:
        return Skipped(origin, SkipReason.NO_TEXT, "an item with neither body nor title")
    text = f"{parts['DATELINE']} {body}" if parts["DATELINE"] else body
    newid = _NEWID.match(raw)
    return Article(
        id=newid[1] if newid else f"{source.default_id}#{origin.record}",
        text=text,
        origin=origin,
        title=" ".join(parts["TITLE"].split()),
        byline=" ".join(parts["AUTHOR"].split()),
        published=parse_date(parts["DATE"]),
        guid=f"reuters:{newid[1]}" if newid else "",
    )


def _decoded(item: bytes, declared: str | None) -> str:
    if declared:
        return decode(item, declared)
    try:
        return item.decode()
    except UnicodeDecodeError:  # the collection is older than Unicode
        return decode_windows_1252(item)


def _element(raw: str, name: str) -> str:
    """What stands in the first element of that name; empty if there is none, or it has no end."""
    begin = raw.find(f"<{name}>")
    return _until(raw, begin + len(name) + 2, f"</{name}>") if begin >= 0 else ""


def _content(raw: str) -> str:
    """What stands in the element that holds title and body."""
    begun = _TEXT.search(raw)
    return _until(raw, begun.end(), "</TEXT>") if begun else ""


def _until(raw: str, begin: int, end: str) -> str:
    ended = raw.find(end, begin)
    return raw[begin:ended] if ended >= 0 else ""


def _clean(marked: str) -> str:
    """Text without entities, control characters and marks of paragraphs."""
    text = _ENTITY.sub(lambda entity: _character(entity[0]), marked) if "&" in marked else marked
    for character in [c for c in _CONTROL if c in text]:
        text = text.replace(character, "")
    return (_INDENT.sub("\n\n", text) if "&" in text else text).strip()


@lru_cache(maxsize=256)
def _character(entity: str) -> str:
    return html.unescape(entity)


READER: Final[Reader] = ReutersReader()
