"""The XML of the Reuters Corpora (RCV1, RCV2): one `newsitem` a document, or many in one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from newsdedup.model.article import Article, Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.dates import first_date
from newsdedup.readers.interface import Reader, Record, Source
from newsdedup.readers.markup import Element, line_of, text_of
from newsdedup.readers.xml_stream import read_elements


class Rcv1Reader:
    """Items go by their itemid."""

    def read(self, source: Source, stream: BinaryIO, params: ReaderParams) -> Iterator[Record]:
        return read_elements(source, stream, params, ("newsitem",), _article)


def _article(item: Element, default_id: str, origin: Origin) -> Record:
    content = item.find("text")
    text = text_of(content) if content is not None else ""
    if not text:
        return Skipped(origin, SkipReason.NO_TEXT, "an item without text")
    about = {dc.get("element"): dc.get("value", "") for dc in item.iterfind("metadata/dc")}
    number = item.get("itemid", "")
    return Article(
        id=number or default_id,
        text=text,
        origin=origin,
        title=line_of(item.find("headline")) or line_of(item.find("title")),
        byline=line_of(item.find("byline")) or about.get("dc.creator", ""),
        dateline=line_of(item.find("dateline")),
        publisher=about.get("dc.source", "") or about.get("dc.publisher", ""),
        credit=about.get("dc.publisher", ""),
        language=item.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
        guid=f"reuters:rcv:{number}" if number else "",
        **first_date(about.get("dc.date.published", ""), item.get("date", ""), about.get("dc.date.created", "")),
    )


READER: Final[Reader] = Rcv1Reader()
