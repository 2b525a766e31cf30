"""What a web page says of itself in JSON-LD, in the words of schema.org's NewsArticle."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from newsdedup.plan import FieldNames
from newsdedup.readers.fields import FieldMap
from newsdedup.readers.json_lines import load_json
from newsdedup.readers.markup import text_of_html

_BEGIN: Final = re.compile(
    r"<script\b[^<>]{0,500}?\btype\s*=\s*[\"']?application/ld\+json\b[^<>]{0,500}>", re.IGNORECASE
)
_END: Final = re.compile(r"</script", re.IGNORECASE)
_TYPES: Final = re.compile(
    r"(?:\w*Article|(?:Live)?BlogPosting|Report|SocialMediaPosting)\Z"  # with OpinionNewsArticle and the like
)
_FIELDS: Final = FieldMap(
    FieldNames(
        id=(),
        text=("articlebody",),
        title=("headline", "name"),
        byline=("author", "creator"),
        dateline=("dateline",),
        publisher=("publisher", "sourceorganization"),
        credit=("creditline", "creditText"),
        published=("datepublished", "datecreated"),
        url=("url",),
        language=("inlanguage",),
        slug=(),
        guid=(),
        version=("version",),
        version_created=("datemodified",),
        status=(),
        urgency=(),
        editor_note=(),
    )
)
_MOST_NODES: Final = 1_000


def article_data(page: str) -> tuple[dict[str, Any], str]:
    """What a page's JSON-LD tells of its article, as arguments for `Article`, and the text of it; empty if nothing."""
    if "ld+json" not in page:
        return {}, ""
    for script in _scripts(page):
        try:
            value = load_json(script.strip().removeprefix("<![CDATA[").removesuffix("]]>").encode("utf-8", "replace"))
        except ValueError:
            continue
        for node in filter(_is_article, _nodes(value)):
            labels = _FIELDS.labels(node)
            if "title" in labels:
                labels["title"] = html.unescape(labels["title"])
            body = node.get("articleBody")
            return labels, text_of_html(html.unescape(body)) if isinstance(body, str) else ""
    return {}, ""


def _scripts(page: str) -> Iterator[str]:
    """What stands in the scripts of a page that are JSON-LD; takes linear time on any page."""
    at = 0
    while (begin := _BEGIN.search(page, at)) and (end := _END.search(page, begin.end())):
        yield page[begin.end() : end.start()]
        at = end.end()


def _is_article(node: Mapping[str, object]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and _TYPES.match(kind.rpartition("/")[2])
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _nodes(value: object) -> Iterator[dict[str, Any]]:
    """The objects of a document, outer ones first; what an article is about or a part of comes after it."""
    todo, seen = [value], 0
    while todo and seen < _MOST_NODES:
        node = todo.pop(0)
        seen += 1
        if isinstance(node, list):
            todo.extend(node)
        elif isinstance(node, dict):
            yield node
            todo.extend(node.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"))
