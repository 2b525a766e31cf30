"""A mail message to an article: how press releases and newsletters arrive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr
from typing import Final

from newsdedup.model.article import Article, Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.all_text import all_text
from newsdedup.readers.dates import first_date
from newsdedup.readers.encoding import decode
from newsdedup.readers.interface import Record
from newsdedup.readers.web_page import page_article

# The newer policy parses addresses and dates of headers as it meets them, and fails on many that are out there.
_PARSER: Final = BytesParser(policy=policy.compat32)
_MOST_PARTS: Final = 1000
_MOST_CHARS: Final = 2_000
"""Of a header; the library reads long ones recursively."""
_COMMENT: Final = re.compile(r"\([^()]*\)")


def article_of_mail(data: bytes, default_id: str, origin: Origin, params: ReaderParams) -> Record:
    """The text of a message: its plain part, else the main text of its HTML part. Attachments are left alone."""
    message = _PARSER.parsebytes(data)
    parts = list(_inline_parts(message))
    title = _header(message, "Subject")
    text = "\n\n".join(filter(None, (_text_of(part, params) for part in parts if _is(part, "plain")))).strip("\r\n")
    if not text or text.isspace():
        html = next((part for part in parts if _is(part, "html")), None)
        if html is None:
            return Skipped(origin, SkipReason.NO_TEXT, "a message without a part of text")
        page = page_article(_payload(html), default_id, origin, params, encoding=_charset(html))
        if isinstance(page, Article):
            text, title = page.text, title or page.title
        else:  # no page with a main text, but all of it is meant to be read
            text = all_text(decode(_payload(html), params.encoding or _charset(html)))
        if not text:
            return Skipped(origin, SkipReason.NO_TEXT, "a message without text")
    name, address = _sender(message)
    return Article(
        id=default_id,
        text=text,
        origin=origin,
        title=title,
        byline=name or address,
        publisher=address.rpartition("@")[2].lower(),
        language=_header(message, "Content-Language").partition(",")[0].strip(),
        guid=_header(message, "Message-ID").strip("<> "),
        **first_date(_COMMENT.sub("", _header(message, "Date")).strip()),
    )


def _inline_parts(message: Message) -> Iterator[Message]:
    """The parts to be shown, in order."""
    for number, part in enumerate(message.walk()):
        if number == _MOST_PARTS:
            return
        if not part.is_multipart() and part.get_content_disposition() != "attachment":
            yield part


def _is(part: Message, subtype: str) -> bool:
    return part.get_content_type() == f"text/{subtype}"


def _text_of(part: Message, params: ReaderParams) -> str:
    return decode(_payload(part), params.encoding or _charset(part)).replace("\r\n", "\n").replace("\0", "")


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _charset(part: Message) -> str | None:
    charset = part.get_param("charset")
    if isinstance(charset, tuple):  # RFC 2231: encoding, language, value
        charset = charset[2]
    return charset if isinstance(charset, str) else None


def _sender(message: Message) -> tuple[str, str]:
    """Name and address of who sent a message."""
    name, address = parseaddr(_raw_header(message, "From"))
    return _decoded(name), address


def _header(message: Message, name: str) -> str:
    """A header on one line, its encoded words decoded; empty if it is not there."""
    return _decoded(_raw_header(message, name))


def _raw_header(message: Message, name: str) -> str:
    """The first header of that name, each byte a character; empty if it is not there."""
    values = (value for key, value in message.raw_items() if key.lower() == name.lower())
    return str(next(values, ""))[:_MOST_CHARS].encode("utf-8", "surrogateescape").decode("latin-1")


def _decoded(raw: str) -> str:
    try:
        words = decode_header(raw)
    except (HeaderParseError, ValueError):
        words = [(raw, None)]
    pieces = (
        decode(word.encode("latin-1", "replace") if isinstance(word, str) else word, charset) for word, charset in words
    )
    return " ".join("".join(pieces).split())
