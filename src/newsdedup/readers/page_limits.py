"""What a page must not hold for the parsers to get through it."""

from __future__ import annotations

import re
from typing import Final

_TAG: Final = re.compile(r"""<[A-Za-z](?:[^>=]++|=\s*+(?:"[^"]*+"?|'[^']*+'?)?+)*+""")
_QUOTED: Final = re.compile(r"""=\s*+(?:"[^"]*+"?|'[^']*+'?)""")
_MOST_ATTRIBUTES: Final = 2_000
_NESTING: Final = re.compile(r"<(/?)(?:div|article)\b", re.IGNORECASE)
_MOST_DEPTH: Final = 2_000
_REFERENCE: Final = re.compile(r"&#(?:[xX]([0-9A-Fa-f]{1,8})|(\d{1,8}));?")
_NOT_OF_XML: Final = frozenset({*range(32), 0xFFFE, 0xFFFF}) - {9, 10, 13}


def check_tags(html: str) -> None:
    """Find tags of more attributes than any page has; the parser takes time that grows with their square.

    It spends that time in C, where no time limit reaches it. Raises ValueError.
    """
    for tag in _TAG.finditer(html):
        if tag.end() - tag.start() > _MOST_ATTRIBUTES:
            bare = _QUOTED.sub("=", tag[0])
            if len(bare.split()) > _MOST_ATTRIBUTES or bare.count("=") > _MOST_ATTRIBUTES:
                raise ValueError(f"a tag of more than {_MOST_ATTRIBUTES} attributes")


def check_depth(html: str) -> None:
    """Find blocks nested deeper than on any page; resiliparse takes time, in C, that grows with the square of depth.

    Raises ValueError.
    """
    depth = 0
    for tag in _NESTING.finditer(html):
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > _MOST_DEPTH:
            raise ValueError(f"blocks nested more than {_MOST_DEPTH} deep")


def without_control_references(html: str) -> str:
    """The page with U+FFFD for references to control characters, for one of which trafilatura drops a whole page."""
    return _REFERENCE.sub(_replaced, html) if "&#" in html else html


def _replaced(reference: re.Match[str]) -> str:
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return "\ufffd" if code in _NOT_OF_XML else reference[0]
