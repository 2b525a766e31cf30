"""Web pages: the main text, without navigation and furniture, and what the page says of itself."""

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
from newsdedup.readers.encoding import declared_encoding, decode
from newsdedup.readers.interface import Reader, Record, Source
from newsdedup.readers.linked_data import article_data
from newsdedup.readers.one_record import one_record
from newsdedup.readers.page_head import head_data
from newsdedup.readers.page_limits import check_tags, without_control_references
from newsdedup.readers.streams import read_whole

_XML_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]*\?>")
_DATES: Final = {"original_date": True, "extensive_search": True, "max_date": "2199-12-31"}
"""The latest date is fixed so that a page gives the same date whenever it is read."""

_NOT_OF_THE_STORY: Final = [
    # teasers: a paragraph or heading that is nothing but a link, a link around a heading
    ".//*[self::p or self::h2 or self::h3 or self::h4 or self::h5][a][normalize-space()=normalize-space(a)]",
    ".//a[h1 or h2 or h3 or h4]",
    # what is embedded from elsewhere
    ".//blockquote[contains(@class, 'twitter-') or contains(@class, 'instagram-') or contains(@class, 'tiktok-')]",
    # small print: blocks that say so, but not such as hold the story
    ".//*[self::div or self::section or self::aside or self::p or self::ul]["
    + " or ".join(
        f"contains(@class, '{word}') or contains(@id, '{word}')"
        for word in ("copyright", "disclosure", "disclaimer", "affiliate", "newsletter", "subscri")
    )
    + "][not(.//h1)][string-length(normalize-space()) < 1000]",
]
"""XPath of what trafilatura would take for text, by what such elements mean on any page."""
_BETTER: Final = 2
"""How many times longer the text in the page's own data must be than what was found in the page to be preferred."""

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
    said, body = article_data(html)
    found = _fast(html) if params.html.extractor == "fast" else _careful(html)
    main = found.pop("text")
    if _is_better(body, main):
        main = body
    if not main or main.isspace():
        return Skipped(origin, SkipReason.NO_TEXT, "no main text was found in the page")
    labels = {name: value for name, value in found.items() if value} | head_data(html) | said
    if "published" in labels:
        labels.pop("date_text", None)
    if url:
        labels["url"] = url
    return Article(id=default_id, text=main, origin=origin, **labels)


def _is_better(body: str, main: str) -> bool:
    """Whether the text in a page's own data is better than what was found in the page: all of it, or its paragraphs."""
    in_body, in_main = body.split(), main.split()
    return len(in_body) > _BETTER * len(in_main) or (in_body == in_main and body.count("\n") > main.count("\n"))


def _careful(html: str) -> dict[str, Any]:
    """Text and labels as trafilatura finds them."""
    # typed as if it could be a dict, which it is only where `as_dict` asks for one
    page: Any = trafilatura.bare_extraction(
        html,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=_DATES,
        prune_xpath=_NOT_OF_THE_STORY,
    )
    if page is None:
        return {"text": ""}
    return {
        "text": page.text or "",
        "title": _line(page.title),
        "byline": _line(page.author),
        "publisher": _line(page.sitename or page.hostname),
        "published": parse_date(page.date),
        "url": _line(page.url),
        "language": _line(page.language),
    }


def _fast(html: str) -> dict[str, Any]:
    """Text and labels as resiliparse finds them."""
    from newsdedup.readers.fast_page import extract  # noqa: PLC0415  # an extra, loaded where it is asked for

    return extract(html)


def _line(value: str | None) -> str:
    return " ".join(value.split()) if value else ""


READER: Final[Reader] = WebPageReader()
