"""WARC and ARC: the web pages among the records of a crawl.

Read with warcio, which knows both and undoes chunking and compression of the replies they hold.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Final

from newsdedup.errors import MissingExtraError
from newsdedup.model.article import Article, Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.dates import parse_date
from newsdedup.readers.interface import Reader, Record, Source
from newsdedup.readers.lines import limit_of
from newsdedup.readers.one_record import one_record
from newsdedup.readers.sniff import Refused
from newsdedup.readers.web_page import page_article

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_REPLIES: Final = frozenset({"response", "resource"})
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_CODINGS: Final = frozenset({"identity", "gzip", "deflate"})

logging.getLogger("warcio").addHandler(logging.NullHandler())  # what it warns of is mended or comes as a record


class WebArchiveReader:
    """Records are numbered from 0; those that hold no page that was found are skipped, each with its reason."""

    def read(self, source: Source, stream: BinaryIO, params: ReaderParams) -> Iterator[Record]:
        try:
            from newsdedup.readers.warc_records import archive_records, is_truncated  # noqa: PLC0415  # needs an extra
        except ImportError:
            missing = MissingExtraError("warcio", "warc", "reading web archives")
            yield Skipped(Origin(source.name), SkipReason.UNSUPPORTED, str(missing))
            return
        for number, record in enumerate(archive_records(stream)):
            origin = Origin(source.name, number)
            if isinstance(record, str):
                yield Skipped(origin, SkipReason.MALFORMED, record)
                continue
            default_id = f"{source.default_id}#{number}"
            page = one_record(partial(_read_record, record, default_id, origin, params), origin, params)
            if is_truncated(record):
                page = Skipped(origin, SkipReason.TRUNCATED, "the file ends within this record")
            yield page


def _read_record(record: ArcWarcRecord, default_id: str, origin: Origin, params: ReaderParams) -> Record:
    """The page of a record, or why it holds none."""
    if refused := _refused(record):
        return Skipped(origin, refused.reason, refused.detail)
    limit = limit_of(params.max_record_mb)
    data = record.content_stream().read(limit + 1)
    if len(data) > limit:
        return Skipped(origin, SkipReason.TOO_LARGE, f"a page of more than {params.max_record_mb:g} MB")
    if not data:
        return Skipped(origin, SkipReason.EMPTY, "a reply without content")
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    charset = _charset(_content_type(record))
    page = page_article(data, default_id, origin, params, encoding=charset, url=url)
    if isinstance(page, Article) and page.published is None and not page.date_text:
        return replace(page, published=parse_date(record.rec_headers.get_header("WARC-Date") or ""))
    return page


def _refused(record: ArcWarcRecord) -> Refused | None:
    """Why a record holds no page, if it does not."""
    if record.rec_type not in _REPLIES:
        return Refused(SkipReason.NOT_AN_ARTICLE, f"a record of type {record.rec_type}, not a page")
    http = record.http_headers
    if http is None and record.rec_type == "response":
        return Refused(SkipReason.NOT_AN_ARTICLE, "a reply that is not one of HTTP")
    if http and not http.get_statuscode().startswith("2"):
        return Refused(SkipReason.NOT_AN_ARTICLE, f"a reply of status {http.get_statuscode() or 'unknown'}")
    media_type = _content_type(record).partition(";")[0].strip().lower()
    if media_type not in _PAGES:
        what = media_type or "something of no type"
        return Refused(SkipReason.NOT_AN_ARTICLE, f"holds {what}, not a web page")
    coding = (http.get_header("Content-Encoding") or "identity").strip().lower() if http else "identity"
    if coding not in _CODINGS:
        return Refused(SkipReason.UNSUPPORTED, f"a page in the content encoding {coding}")
    return None


def _content_type(record: ArcWarcRecord) -> str:
    return (record.http_headers or record.rec_headers).get_header("Content-Type") or ""


def _charset(content_type: str) -> str | None:
    header = Message()
    header["Content-Type"] = content_type.replace("\n", " ").replace("\r", " ")
    charset = header.get_param("charset")
    return charset if isinstance(charset, str) else None


READER: Final[Reader] = WebArchiveReader()
