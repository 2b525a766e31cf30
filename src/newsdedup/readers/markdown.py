"""Markdown: plain text whose headline may be marked as one."""

from __future__ import annotations

import re
from typing import Final

from newsdedup.readers.interface import Reader
from newsdedup.readers.plain_text import TextReader

_HEADING: Final = re.compile(r"\s*#\s+(\S.{0,199}?)\s*#*\s*(?:\n|\Z)")
_UNDERLINED: Final = re.compile(r"\s*(\S.{0,199}?)\s*\n=+\s*(?:\n|\Z)")


class MarkdownReader(TextReader):
    """One file, one article; the text keeps its marks."""

    def title(self, lead: str, length: int) -> str:
        marked = _HEADING.match(lead) or _UNDERLINED.match(lead)
        return marked[1] if marked else super().title(lead, length)


READER: Final[Reader] = MarkdownReader()
