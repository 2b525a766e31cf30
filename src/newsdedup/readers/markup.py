"""Marked-up text (XHTML, NITF, HTML) to plain text with a blank line between paragraphs."""

from __future__ import annotations

import html
import re
from typing import Any, Final

from lxml import etree

Element = Any
"""An element of lxml, which has no types."""

_PARAGRAPH: Final = "\x1d"
_LINE: Final = "\x1e"
_BLOCKS: Final = (
    "address", "article", "aside", "blockquote", "body", "body.content", "body.end", "body.head", "block", "bq",
    "caption", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hedline", "hl1", "hl2", "hr", "html", "li", "main", "nav", "nitf", "ol", "p",
    "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
)  # fmt: skip
_MARKS: Final = {**dict.fromkeys(_BLOCKS, _PARAGRAPH), "br": _LINE, "td": " ", "th": " "}
"""What stands before an element in the text, and after it too if it begins a paragraph."""
_LEFT_OUT: Final = frozenset(
    (
        "#comment", "head", "media", "object", "script", "style", "template", "svg", "math", "iframe", "noscript",
    )
)  # fmt: skip
_TAG: Final = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|html|body|h[1-6]|ul|ol|li|table|img)\b[^<>]*>", re.IGNORECASE
)
_HTML_PARSER: Final = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)


class ForeignEntityError(Exception):
    """A text uses an entity that it would have to fetch or expand."""

    def __init__(self, entity: str) -> None:
        super().__init__(f"the entity {entity[:60]} is not one of HTML, and entities are not expanded")


def text_of(root: Element) -> str:
    """The text below an element, in paragraphs.

    Raises ForeignEntityError.
    """
    joined = "".join(_pieces(root))
    lines = (_LINE.join(" ".join(line.split()) for line in part.split(_LINE)) for part in joined.split(_PARAGRAPH))
    return "\n\n".join(filter(None, (line.strip(_LINE) for line in lines))).replace(_LINE, "\n")


def line_of(root: Element | None) -> str:
    """The text below an element on one line; nothing for None.

    Raises ForeignEntityError.
    """
    if root is None:
        return ""
    if len(root) == 0:
        return " ".join((root.text or "").split())
    return " ".join("".join(_pieces(root)).replace(_PARAGRAPH, " ").replace(_LINE, " ").split())


def text_of_html(fragment: str) -> str:
    """The text of a piece of HTML, or of what may be one; plain text keeps its lines."""
    if not _TAG.search(fragment):
        return html.unescape(fragment).strip() if "&" in fragment else fragment.strip()
    try:
        root = etree.fromstring(fragment.replace("\0", "").encode("utf-8", "replace"), _HTML_PARSER)
        return "" if root is None else text_of(root)
    except etree.XMLSyntaxError:  # no page, such as tags nested a thousand deep
        return " ".join(html.unescape(_TAG.sub(" ", fragment)).split())


def _pieces(root: Element) -> list[str]:
    """The text below an element with marks between paragraphs and lines, without recursion."""
    pieces: list[str] = []
    todo: list[Element | str] = [root]
    while todo:
        node = todo.pop()
        if isinstance(node, str):
            pieces.append(node)
        elif node.tag is etree.Entity:
            pieces.append(_entity(node.text))
        elif (name := _name_of(node)) not in _LEFT_OUT:
            if mark := _MARKS.get(name):
                pieces.append(mark)
                if mark == _PARAGRAPH:
                    todo.append(mark)
            for child in reversed(node):
                if child.tail:
                    todo.append(child.tail)
                todo.append(child)
            if node.text:
                todo.append(node.text.replace("\n", _LINE) if name == "pre" else node.text)
    return pieces


def _name_of(node: Element) -> str:
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else "#comment"


def _entity(reference: str) -> str:
    text = html.unescape(reference)
    if text == reference:
        raise ForeignEntityError(reference)
    return text
