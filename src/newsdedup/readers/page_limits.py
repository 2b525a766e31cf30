"""What a page must not be for the parser to get through it."""

from __future__ import annotations

import re
from typing import Final

_TAG: Final = re.compile(r"""<[A-Za-z](?:[^>=]++|=\s*+(?:"[^"]*+"?|'[^']*+'?)?+)*+""")
_QUOTED: Final = re.compile(r"""=\s*+(?:"[^"]*+"?|'[^']*+'?)""")
_MOST_ATTRIBUTES: Final = 2_000


def check_tags(html: str) -> None:
    """Find tags of more attributes than any page has; the parser takes time that grows with their square.

    It spends that time in C, where no time limit reaches it. Raises ValueError.
    """
    for tag in _TAG.finditer(html):
        if tag.end() - tag.start() > _MOST_ATTRIBUTES:
            bare = _QUOTED.sub("=", tag[0])
            if len(bare.split()) > _MOST_ATTRIBUTES or bare.count("=") > _MOST_ATTRIBUTES:
                raise ValueError(f"a tag of more than {_MOST_ATTRIBUTES} attributes")
