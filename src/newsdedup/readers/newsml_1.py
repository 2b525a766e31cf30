"""NewsML 1.0 to 1.2 of IPTC: news items of components, with text in NITF, XHTML or plain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from newsdedup.model.article import Article, Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.dates import first_date, parse_date
from newsdedup.readers.interface import Reader, Record, Source
from newsdedup.readers.management import parse_status, parse_urgency
from newsdedup.readers.markup import Element, line_of, text_of, text_of_html
from newsdedup.readers.nitf import nitf_labels, nitf_text
from newsdedup.readers.xml_stream import read_elements

_IDENTIFIER: Final = "{*}Identification/{*}NewsIdentifier/"
_MANAGEMENT: Final = "{*}NewsManagement/"


class NewsMl1Reader:
    """Every item is a record; its text is the longest it carries, and it goes by its public identifier."""

    def read(self, source: Source, stream: BinaryIO, params: ReaderParams) -> Iterator[Record]:
        return read_elements(source, stream, params, ("NewsItem",), _record)


def _record(item: Element, default_id: str, origin: Origin) -> Record:
    text, content, nitf = "", None, None
    media = ""
    for candidate in item.iterfind(".//{*}ContentItem"):
        kind = _formal(candidate.find("{*}MediaType"))
        if kind.lower() not in {"", "text", "complexdata", "composite"}:
            media = media or kind
            continue
        own, inner = _text(candidate.find("{*}DataContent"))
        if len(own) > len(text):
            text, content, nitf = own, candidate, inner
    if content is None:
        if media:
            return Skipped(origin, SkipReason.NOT_AN_ARTICLE, f"a {media.lower()} without a text of its own")
        return Skipped(origin, SkipReason.NO_TEXT, "a news item without text")
    labels = _labels(item, content, nitf)
    return Article(id=labels.get("guid") or default_id, text=text, origin=origin, **labels)


def _text(content: Element | None) -> tuple[str, Element | None]:
    """The text in an element, and the NITF that it is in if it is."""
    if content is None:
        return "", None
    nitf = content.find(".//{*}nitf")
    if nitf is not None:
        return nitf_text(nitf), nitf
    return text_of(content) if len(content) else text_of_html(content.text or ""), None


def _labels(item: Element, content: Element, nitf: Element | None) -> dict[str, Any]:
    components = [ancestor for ancestor in content.iterancestors() if ancestor.tag.endswith("NewsComponent")]

    def nearest(path: str) -> Element | None:
        """In the component of the text, else in those around it."""
        return next((found for component in components if (found := component.find(path)) is not None), None)

    def line(name: str) -> str:
        return line_of(nearest(f"{{*}}NewsLines/{{*}}{name}"))

    def party(name: str) -> str:
        return _formal(nearest(f"{{*}}AdministrativeMetadata/{{*}}{name}/{{*}}Party"))

    def managed(name: str) -> str:
        return line_of(item.find(f"{_MANAGEMENT}{{*}}{name}"))

    inner = nitf_labels(nitf) if nitf is not None else {}
    made = managed("ThisRevisionCreated")
    labels = {
        "title": line("HeadLine") or inner.get("title"),
        "byline": line("ByLine") or inner.get("byline") or party("Creator"),
        "dateline": line("DateLine") or inner.get("dateline"),
        "publisher": party("Provider") or line_of(item.find(f"{_IDENTIFIER}{{*}}ProviderId")),
        "credit": line("CreditLine") or party("Source"),
        "language": _formal(nearest("{*}DescriptiveMetadata/{*}Language")) or inner.get("language"),
        "slug": line("SlugLine") or line_of(item.find("{*}Identification/{*}NameLabel")) or inner.get("slug"),
        "guid": _guid(item),
        "version": line_of(item.find(f"{_IDENTIFIER}{{*}}RevisionId")),
        "version_created": parse_date(made),
        "status": parse_status(_formal(item.find(f"{_MANAGEMENT}{{*}}Status"))),
        "urgency": parse_urgency(_formal(item.find(f"{_MANAGEMENT}{{*}}Urgency"))),
        "editor_note": managed("Instruction") or inner.get("editor_note"),
        **first_date(made, managed("FirstCreated"), line_of(item.find(f"{_IDENTIFIER}{{*}}DateId"))),
    }
    return {name: value for name, value in labels.items() if value}


def _guid(item: Element) -> str:
    """The public identifier without its version, which follows the last colon (`urn:newsml:provider:date:id:1N`)."""
    public = line_of(item.find(f"{_IDENTIFIER}{{*}}PublicIdentifier"))
    name = line_of(item.find(f"{_IDENTIFIER}{{*}}NewsItemId"))
    return public.rpartition(":")[0] if name and f":{name}:" in public else public or name


def _formal(element: Element | None) -> str:
    return "" if element is None else str(element.get("FormalName") or "").strip()


READER: Final[Reader] = NewsMl1Reader()
