"""NITF, the News Industry Text Format of IPTC, versions 2 and 3; by itself or within NewsML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from newsdedup.model.article import Article, Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.dates import first_date
from newsdedup.readers.interface import Reader, Record, Source
from newsdedup.readers.management import parse_status, parse_urgency
from newsdedup.readers.markup import Element, line_of, text_of
from newsdedup.readers.xml_stream import read_elements

_CONTENT: Final = "{*}body/{*}body.content"
_HEAD: Final = "{*}body/{*}body.head"


class NitfReader:
    """A document is an article; its id is its `doc-id`."""

    def read(self, source: Source, stream: BinaryIO, params: ReaderParams) -> Iterator[Record]:
        return read_elements(source, stream, params, ("nitf",), _article)


def _article(nitf: Element, default_id: str, origin: Origin) -> Record:
    text = nitf_text(nitf)
    if not text:
        return Skipped(origin, SkipReason.NO_TEXT, "an NITF document whose body.content has no text")
    labels = nitf_labels(nitf)
    return Article(id=labels.get("guid") or default_id, text=text, origin=origin, **labels)


def nitf_text(nitf: Element) -> str:
    """The text of the body without headline, byline, dateline, abstract and media."""
    content = nitf.findall(_CONTENT)
    if not content and (body := nitf.find("{*}body")) is not None and nitf.find(_HEAD) is None:
        content = [body]
    return "\n\n".join(filter(None, map(text_of, content)))


def nitf_labels(nitf: Element) -> dict[str, Any]:
    """What the heads tell, as arguments for `Article`; only what is known."""
    data, publication = nitf.find("{*}head/{*}docdata"), nitf.find("{*}head/{*}pubdata")
    head = nitf.find(_HEAD)

    def attribute(path: str, name: str) -> str:
        return " ".join(_get(data, path).get(name, "").split()) if data is not None else ""

    def line(*paths: str) -> str:
        return next(filter(None, (line_of(head.find(path)) for path in paths)), "") if head is not None else ""

    published = dict(publication.attrib) if publication is not None else {}
    when = first_date(
        published.get("date.publication", ""),
        attribute("{*}date.issue", "norm"),
        attribute("{*}date.release", "norm"),
        _get(head, "{*}dateline/{*}story.date").get("norm", ""),
    )
    labels = {
        "title": line("{*}hedline/{*}hl1", "{*}hedline") or line_of(nitf.find("{*}head/{*}title")),
        "byline": line("{*}byline"),
        "dateline": line("{*}dateline"),
        "publisher": published.get("name", "") or attribute("{*}doc.copyright", "holder") or line("{*}distributor"),
        "credit": line("{*}distributor") or attribute("{*}doc-id", "regsrc"),
        "url": published.get("ex-ref", ""),
        "language": nitf.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
        "slug": attribute("{*}du-key", "key"),
        "guid": attribute("{*}doc-id", "id-string"),
        "version": attribute("{*}du-key", "version"),
        "status": parse_status(data.get("management-status") if data is not None else None),
        "urgency": parse_urgency(attribute("{*}urgency", "ed-urg")),
        "editor_note": attribute("{*}ed-msg", "info"),
        **when,
    }
    return {name: value for name, value in labels.items() if value}


def _get(parent: Element | None, path: str) -> dict[str, str]:
    """The attributes of an element that may not be there."""
    found = parent.find(path) if parent is not None else None
    return dict(found.attrib) if found is not None else {}


READER: Final[Reader] = NitfReader()
