"""Web pages: the main text, without navigation and furniture, as trafilatura finds it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO, Final

import trafilatura

from newsdedup.model.article import Article, Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.dates import parse_date
from newsdedup.readers.encoding import decode
from newsdedup.readers.interface import Reader, Record, Source
from newsdedup.readers.one_record import one_record
from newsdedup.readers.page_limits import check_tags, without_control_references
from newsdedup.readers.streams import read_whole

_DECLARED: Final = re.compile(
    rb"<\?xml[^>]*\bencoding\s*=\s*[\"']([\w.:-]+)|<meta[^>]*\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_DECLARED_WITHIN: Final = 8_192
_XML_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]*\?>")
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
            yield one_record(partial(page_article, data, source.default_id, origin, params), origin, params)


def page_article(
    data: bytes, default_id: str, origin: Origin, params: ReaderParams, *, encoding: str | None = None, url: str = ""
) -> Record:
    """The article of a page. `encoding` and `url` are what the server said, where that is known.

    May fail or take long on a hostile page: to be called by `one_record`.
    """
    # lxml refuses text that declares an encoding: it has been decoded already
    text = decode(data, params.encoding or encoding or declared_encoding(data))
    html = without_control_references(_XML_DECLARATION.sub("", text, count=1))
    check_tags(html)
    # typed as if it could be a dict, which it is only where `as_dict` asks for one
    page: Any = trafilatura.bare_extraction(
        html, include_comments=False, with_metadata=True, date_extraction_params=_DATES
    )
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
        url=url or _line(page.url),
        language=_line(page.language),
    )


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page says it is in."""
    found = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    return (found[1] or found[2]).decode("ascii", "ignore") if found else None


def _line(value: str | None) -> str:
    return " ".join(value.split()) if value else ""


READER: Final[Reader] = WebPageReader()
