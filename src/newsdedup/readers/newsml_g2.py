"""NewsML-G2 of IPTC: news items, by themselves or in messages, with text in NITF, XHTML or plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from newsdedup.model.article import Article, Origin, Skipped, SkipReason, Status
from newsdedup.plan import ReaderParams
from newsdedup.readers.dates import first_date, parse_date
from newsdedup.readers.interface import Reader, Record, Source
from newsdedup.readers.management import is_embargoed, parse_status, parse_urgency
from newsdedup.readers.markup import Element, line_of, text_of, text_of_html
from newsdedup.readers.nitf import nitf_labels, nitf_text
from newsdedup.readers.xml_stream import read_elements

_NO_NEWS: Final = {
    "packageItem": "a package, which only refers to its items",
    "conceptItem": "a concept, not news",
    "knowledgeItem": "a set of concepts, not news",
    "planningItem": "planning, not news",
    "catalogItem": "a catalog, not news",
    "contentMeta": "metadata without content",
    "groupSet": "the groups of a package",
}
_ITEMS: Final = ("newsItem", "contentSet", *_NO_NEWS)
_MARKUP: Final = frozenset(
    (
        "html", "body", "div", "section", "article", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl",
        "table", "blockquote", "pre", "span", "block",
    )
)  # fmt: skip
"""Elements of XHTML and NITF that inline content may begin with; what begins with others is data, such as results."""
_DATES: Final = (
    "{*}itemMeta/{*}versionCreated",
    "{*}contentMeta/{*}contentModified",
    "{*}itemMeta/{*}firstCreated",
    "{*}contentMeta/{*}contentCreated",
)
_HOST: Final = re.compile(r"\w+://([\w.-]+)")
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


class NewsMlG2Reader:
    """Every item is a record; articles go by their guid."""

    def read(self, source: Source, stream: BinaryIO, params: ReaderParams) -> Iterator[Record]:
        return read_elements(source, stream, params, _ITEMS, _record)


def _record(item: Element, default_id: str, origin: Origin) -> Record:
    name = item.tag.rpartition("}")[2]
    if name in _NO_NEWS:
        return Skipped(origin, SkipReason.NOT_AN_ARTICLE, _NO_NEWS[name])
    contents = item if name == "contentSet" else item.find("{*}contentSet")
    text, nitf, other = _content(contents) if contents is not None else ("", None, "")
    if text:
        labels = _labels(item, nitf)
        return Article(id=labels.get("guid") or default_id, text=text, origin=origin, **labels)
    kind = _code(item.find("{*}itemMeta/{*}itemClass"))
    if other:
        return Skipped(origin, SkipReason.NOT_AN_ARTICLE, f"its content is {other}, not text")
    if kind not in {"", "text", "composite"}:
        return Skipped(origin, SkipReason.NOT_AN_ARTICLE, f"a {kind} without a text of its own")
    return Skipped(origin, SkipReason.NO_TEXT, "a news item without text")


def _content(contents: Element) -> tuple[str, Element | None, str]:
    """The longest text among the contents, the NITF that it is in if it is, and what else there is."""
    text, found, other = "", None, ""
    for content in contents.iterchildren("{*}inlineXML", "{*}inlineData"):
        inner = next((child for child in content if isinstance(child.tag, str)), None)
        name = "" if inner is None else inner.tag.rpartition("}")[2]
        if name == "nitf":
            own = nitf_text(inner)
        elif inner is None:
            own = text_of_html(content.text or "")
        elif name in _MARKUP:
            own = text_of(content)
        else:
            own, other = "", name
        if len(own) > len(text):
            text, found = own, inner if name == "nitf" else None
    return text, found, other


def _labels(item: Element, nitf: Element | None) -> dict[str, Any]:
    def line(*paths: str) -> str:
        return next(filter(None, (line_of(item.find(path)) for path in paths)), "")

    version_created = line("{*}itemMeta/{*}versionCreated")
    embargoed = line("{*}itemMeta/{*}embargoed")
    language = item.find("{*}contentMeta/{*}language")
    inner = nitf_labels(nitf) if nitf is not None else {}
    labels = {
        "title": line("{*}contentMeta/{*}headline", "{*}itemMeta/{*}title") or inner.get("title"),
        "byline": line("{*}contentMeta/{*}by") or inner.get("byline") or _names(item, "{*}contentMeta/{*}creator"),
        "dateline": line("{*}contentMeta/{*}dateline") or inner.get("dateline"),
        "publisher": _names(item, "{*}itemMeta/{*}provider") or inner.get("publisher"),
        "credit": line("{*}contentMeta/{*}creditline") or _names(item, "{*}contentMeta/{*}infoSource"),
        "language": (language.get("tag") if language is not None else "") or item.get(_LANG),
        "slug": line("{*}contentMeta/{*}slugline") or inner.get("slug"),
        "guid": item.get("guid") or inner.get("guid"),
        "version": item.get("version"),
        "version_created": parse_date(version_created),
        "status": _status(item, embargoed, version_created) or inner.get("status"),
        "urgency": parse_urgency(line("{*}contentMeta/{*}urgency")) or inner.get("urgency"),
        "editor_note": line("{*}itemMeta/{*}edNote") or inner.get("editor_note"),
    }
    dates = first_date(*map(line, _DATES))
    if not dates:
        dates = {name: inner[name] for name in ("published", "date_text") if name in inner}
    return {name: value for name, value in (labels | dates).items() if value}


def _status(item: Element, embargoed: str, version_created: str) -> Status | None:
    status = parse_status(_code(item.find("{*}itemMeta/{*}pubStatus")))
    if status in {None, Status.USABLE}:
        if is_embargoed(embargoed, version_created):
            return Status.EMBARGOED
        if any(_code(signal) == "correction" for signal in item.iterfind("{*}itemMeta/{*}signal")):
            return Status.CORRECTED
    return status


def _names(item: Element, path: str) -> str:
    """The names of parties, or what identifies those without one."""
    return ", ".join(filter(None, map(_name, item.iterfind(path))))


def _name(party: Element) -> str:
    host = _HOST.match(party.get("uri") or "")
    code = (party.get("qcode") or "").rpartition(":")[2]
    return line_of(party.find("{*}name")) or party.get("literal") or code or (host[1] if host else "")


def _code(element: Element | None) -> str:
    """The code of a qcode (`ninat:text`) or the last part of the URI that stands in its place."""
    if element is None:
        return ""
    code = element.get("qcode") or (element.get("uri") or "").rstrip("/").replace("/", ":")
    return str(code).rpartition(":")[2]


READER: Final[Reader] = NewsMlG2Reader()
