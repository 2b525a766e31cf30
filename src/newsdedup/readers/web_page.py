"""Web pages: the main text, without navigation and furniture, as trafilatura finds it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import lxml.etree
import lxml.html
import trafilatura
from trafilatura.settings import Document

from newsdedup.model.article import Article, Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.dates import parse_date
from newsdedup.readers.encoding import decode
from newsdedup.readers.interface import Reader, Record, Source
from newsdedup.readers.streams import read_whole
from newsdedup.readers.time_limit import TimeLimitError, time_limit

_DECLARED: Final = re.compile(
    rb"<\?xml[^>]*\bencoding\s*=\s*[\"']([\w.:-]+)|<meta[^>]*\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_DECLARED_WITHIN: Final = 8_192
_XML_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]*\?>")
_TAG: Final = re.compile(r"""<[A-Za-z](?:[^>=]++|=\s*+(?:"[^"]*+"?|'[^']*+'?)?+)*+""")
_QUOTED: Final = re.compile(r"""=\s*+(?:"[^"]*+"?|'[^']*+'?)""")
_MOST_ATTRIBUTES: Final = 2_000
_BLOCKS: Final = ("p", "div", "br", "li", "tr", "td", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6")
_DATES: Final = {"original_date": True, "extensive_search": True, "max_date": "2199-12-31"}
"""The latest date is fixed so that a page gives the same date whenever it is read."""

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # a page without text is a result, not a warning
logging.getLogger("htmldate").addHandler(logging.NullHandler())


class WebPageReader:
    """One page, one article; nothing is fetched."""

    def read(self, source: Source, stream: BinaryIO, params: ReaderParams) -> Iterator[Record]:
        origin = Origin(source.name)
        data = read_whole(stream, params.max_record_mb)
        if data is None:
            yield Skipped(origin, SkipReason.TOO_LARGE, f"a page of more than {params.max_record_mb:g} MB")
        else:
            yield read_page(data, source.default_id, origin, params)


def read_page(
    data: bytes,
    default_id: str,
    origin: Origin,
    params: ReaderParams,
    *,
    declared: str | None = None,
    furnished: bool = True,
) -> Record:
    """The article that a page is.

    `declared` is the encoding that came with it, which counts more than its own word. A page that is not `furnished`
    is all text, as in a mail, if no main text is found in it.
    """
    # lxml refuses text that declares an encoding: it has been decoded already
    text = decode(data, params.encoding or declared or declared_encoding(data))
    html = _XML_DECLARATION.sub("", text, count=1)
    if has_endless_tag(html):
        return Skipped(origin, SkipReason.MALFORMED, f"a tag of more than {_MOST_ATTRIBUTES} attributes")
    try:
        with time_limit(params.max_record_s):
            # typed as if it could be a dict, which it is only where `as_dict` asks for one
            page: Any = trafilatura.bare_extraction(
                html, include_comments=False, with_metadata=True, date_extraction_params=_DATES
            )
            if not furnished and (page is None or not page.text):
                page = Document(text=_all_text(html))
    except TimeLimitError as error:
        return Skipped(origin, SkipReason.TOO_LARGE, f"a page that {error}")
    if page is None or not page.text or page.text.isspace():
        return Skipped(origin, SkipReason.NO_TEXT, "no main text was found in the page")
    return Article(
        id=default_id,
        text=page.text,
        origin=origin,
        title=_line(page.title),
        byline=_line(page.author),
        publisher=_line(page.sitename or page.hostname),
        published=parse_date(page.date),
        url=_line(page.url),
        language=_line(page.language),
    )


def _all_text(html: str) -> str:
    """All that a page shows, its blocks told apart by newlines."""
    page = lxml.html.document_fromstring(html)
    lxml.etree.strip_elements(page, "head", "script", "style", with_tail=False)
    for element in page.iter(*_BLOCKS):
        element.tail = f"\n{element.tail or ''}"
    lines = (" ".join(line.split()) for line in page.text_content().split("\n"))
    return "\n".join(filter(None, lines))


def has_endless_tag(html: str) -> bool:
    """Whether a tag has more attributes than any page's; the parser takes time that grows with their square."""
    for tag in _TAG.finditer(html):
        if tag.end() - tag.start() > _MOST_ATTRIBUTES:
            bare = _QUOTED.sub("=", tag[0])
            if len(bare.split()) > _MOST_ATTRIBUTES or bare.count("=") > _MOST_ATTRIBUTES:
                return True
    return False


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page says it is in."""
    found = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    return (found[1] or found[2]).decode("ascii", "ignore") if found else None


def _line(value: str | None) -> str:
    return " ".join(value.split()) if value else ""


READER: Final[Reader] = WebPageReader()
