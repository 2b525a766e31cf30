"""What the head of a web page says in so many words: when it was published and changed, and its language."""

from __future__ import annotations

import re
from typing import Any, Final

from newsdedup.readers.dates import parse_date

_HEAD_CHARS: Final = 262_144
_META: Final = re.compile(
    r"<meta\b(?=[^<>]{0,1000}?\b(?:property|name)\s*=\s*[\"']?(article:(?:published|modified)_time)\b)"
    r"[^<>]{0,1000}?\bcontent\s*=\s*[\"']?([^\"'<>]{4,60})",
    re.IGNORECASE,
)
_LANGUAGE: Final = re.compile(
    r"<html\b[^<>]{0,1000}?\s(?:xml:)?lang\s*=\s*[\"']?([A-Za-z]{2,3}(?:[-_]\w{2,8})*)\b", re.IGNORECASE
)
_NAMES: Final = {"article:published_time": "published", "article:modified_time": "version_created"}


def head_data(page: str) -> dict[str, Any]:
    """What is said, as arguments for `Article`; only what is known."""
    head = page[:_HEAD_CHARS]
    found: dict[str, Any] = {}
    for name, content in _META.findall(head):
        if when := parse_date(content):
            found.setdefault(_NAMES[name.lower()], when)
    if language := _LANGUAGE.search(head):
        found["language"] = language[1]
    return found
