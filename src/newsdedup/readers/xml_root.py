"""Which format an XML document is, told by its outermost element."""

from __future__ import annotations

import re
from typing import Final

_FORMATS: Final = {
    **dict.fromkeys(
        (
            "newsItem", "packageItem", "newsMessage", "conceptItem", "knowledgeItem", "planningItem", "catalogItem",
            "contentSet", "contentMeta", "groupSet",
        ),
        "newsml-g2",
    ),
    "NewsML": "newsml-1",
    "nitf": "nitf",
    "newsitem": "rcv1",
    "rss": "feed",
    "feed": "feed",
    "RDF": "feed",
    "html": "html",
}  # fmt: skip
_ROOT: Final = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)[\s/>]")
_END_OF_SUBSET: Final = re.compile(rb"\]\s*>")


def xml_format_of(head: bytes) -> str | None:
    """The format of a document that begins with `head`, if a reader knows its outermost element."""
    found = _ROOT.match(head, _root_at(head)[0])
    if found is None or (found[1] == b"RDF" and b"/rss/" not in head and b"/rdf/simple/" not in head):
        return None
    return _FORMATS.get(found[1].decode())


def has_doctype(text: str) -> bool:
    """Whether a document that begins with `text` has a document type declaration."""
    return _root_at(text.encode("utf-8", "replace"))[1]


def _root_at(head: bytes) -> tuple[int, bool]:
    """Where the outermost element begins, and whether a document type stands before it; takes linear time."""
    at, doctype = 0, False
    while True:
        while head[at : at + 1].isspace():
            at += 1
        if head.startswith(b"<!--", at):
            end = head.find(b"-->", at)
        elif head.startswith(b"<?", at):
            end = head.find(b"?>", at)
        elif head[at : at + 9].upper() == b"<!DOCTYPE":
            end, doctype = _end_of_doctype(head, at), True
        else:
            return at, doctype
        if end < 0:
            return len(head), doctype
        at = head.find(b">", end) + 1


def _end_of_doctype(head: bytes, at: int) -> int:
    end, subset = head.find(b">", at), head.find(b"[", at)
    if subset < 0 or end < subset:
        return end
    found = _END_OF_SUBSET.search(head, subset)
    return found.end() - 1 if found else -1
