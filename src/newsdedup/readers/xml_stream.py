"""XML as a stream of elements: entities stay unexpanded, nothing is fetched, and a record at most is in memory."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import BinaryIO, Final

from lxml import etree

from newsdedup.model.article import Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.encoding import (
    ESCAPED_TO_WINDOWS_1252,
    WIDE,
    byte_order_mark,
    codec_of,
    declared_encoding,
    plain_wide_encoding,
)
from newsdedup.readers.interface import Record, Source
from newsdedup.readers.markup import Element, ForeignEntityError
from newsdedup.readers.one_record import one_record
from newsdedup.readers.streams import HEAD_BYTES, MEGABYTE, BrokenStreamError, peekable
from newsdedup.readers.xml_characters import without_forbidden
from newsdedup.readers.xml_root import has_doctype

Convert = Callable[[Element, str, Origin], Record]
"""Makes a record of an element, the id that an article without one gets, and its origin."""

_DECLARATION: Final = re.compile(r"\s*(?:<\?xml\b[^>]*\?>\s*)?")
_DOCTYPE: Final = '<!DOCTYPE x SYSTEM "x">'
"""In a document that has some such line an entity of HTML is no error; nothing is ever loaded from it."""


def read_elements(
    source: Source, stream: BinaryIO, params: ReaderParams, tags: Collection[str], convert: Convert
) -> Iterator[Record]:
    """A record for each outermost element whose local name is in `tags`, in order.

    Raises BrokenStreamError where the document cannot be read further.
    """
    for number, element in enumerate(_elements(stream, params, tags)):
        origin = Origin(source.name, number)
        default_id = f"{source.default_id}#{number}" if number else source.default_id
        yield one_record(partial(_record, convert, element, default_id, origin), origin, params)


def _record(convert: Convert, element: Element, default_id: str, origin: Origin) -> Record:
    try:
        return convert(element, default_id, origin)
    except ForeignEntityError as error:
        return Skipped(origin, SkipReason.MALFORMED, str(error))


def _elements(stream: BinaryIO, params: ReaderParams, tags: Collection[str]) -> Iterator[Element]:
    """Each outermost element of those names, whole; it is emptied when the next is asked for."""
    parser = etree.XMLPullParser(
        events=("start", "end"),
        tag=[f"{{*}}{tag}" for tag in tags],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    depth, held, limit = 0, 0, params.max_record_mb * MEGABYTE
    try:
        for text in _texts(stream, params.encoding):
            parser.feed(text)
            held += len(text)
            for event, element in parser.read_events():
                depth += 1 if event == "start" else -1
                if depth == 0 and event == "end":
                    yield element
                    _forget(element)
                    held = 0
            if held > limit:
                raise BrokenStreamError(SkipReason.TOO_LARGE, f"an item of more than {params.max_record_mb:g} MB")
    except etree.XMLSyntaxError as error:
        raise BrokenStreamError(SkipReason.MALFORMED, f"not XML: {error.msg}") from None
    except UnicodeError as error:  # of codecs that cannot keep what they do not know
        raise BrokenStreamError(SkipReason.MALFORMED, str(error)) from None
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        raise BrokenStreamError(SkipReason.TRUNCATED, f"the document breaks off: {error.msg}") from None


def _forget(element: Element) -> None:
    """Free an element and what stands before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _texts(stream: BinaryIO, declared: str | None) -> Iterator[str]:
    """The document decoded, chunk by chunk, without its declaration and without what XML may not hold.

    Bytes that are wrong in an encoding like ASCII are taken for Windows-1252, as everywhere.
    """
    buffered = peekable(stream)
    head = buffered.peek(HEAD_BYTES)[:HEAD_BYTES]
    encoding = _encoding(head, declared)
    # a byte of what is wider than a byte cannot be kept by itself
    decoder = codecs.getincrementaldecoder(encoding)("replace" if encoding.startswith(WIDE) else "surrogateescape")
    first = True
    while chunk := buffered.read1(HEAD_BYTES):
        text = decoder.decode(chunk)
        if first:
            text = _DECLARATION.sub("", text.removeprefix("\ufeff"), count=1)
            if not has_doctype(text):
                text = _DOCTYPE + text
            first = False
        yield _clean(text)
    yield _clean(decoder.decode(b"", final=True))


def _clean(text: str) -> str:
    escaped = not text.isascii() and _has_escapes(text)
    return without_forbidden(text.translate(ESCAPED_TO_WINDOWS_1252) if escaped else text)


def _has_escapes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _encoding(head: bytes, given: str | None) -> str:
    if marked := byte_order_mark(head):
        return marked[1]
    if wide := plain_wide_encoding(head):
        return wide
    codec = codec_of(given or declared_encoding(head) or "") or "utf-8"
    # what says in plain ASCII that it is UTF-16 was transcoded, and is not any more
    return "utf-8" if codec.startswith(WIDE) else codec
