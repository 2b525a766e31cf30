"""All text of a piece of HTML that has no furniture around it, as in a mail."""

from __future__ import annotations

from typing import Final

import lxml.etree
import lxml.html

from newsdedup.readers.page_limits import check_tags

_BLOCKS: Final = ("p", "div", "br", "li", "tr", "td", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6")


def all_text(html: str) -> str:
    """All that a piece of HTML shows, its blocks told apart by newlines."""
    check_tags(html)
    page = lxml.html.document_fromstring(html)
    lxml.etree.strip_elements(page, "head", "script", "style", with_tail=False)
    for element in page.iter(*_BLOCKS):
        element.tail = f"\n{element.tail or ''}"
    lines = (" ".join(line.split()) for line in page.text_content().split("\n"))
    return "\n".join(filter(None, lines))
