"""The YAML between two lines of dashes that a text may begin with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_FRONT_MATTER: Final = re.compile(r"---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n(?:[ \t]*\r?\n)*|\Z)", re.DOTALL)
_MOST_CHARS: Final = 65_536


def split_front_matter(text: str) -> tuple[Mapping[str, object], str]:
    """The fields of the front matter and the text that follows it; no fields and the whole text if it has none."""
    found = _FRONT_MATTER.match(text, 0, _MOST_CHARS) if text.startswith("---") else None
    if not found:
        return {}, text
    import yaml  # noqa: PLC0415  # few texts begin like this

    try:
        fields = yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, text
    if not isinstance(fields, dict) or not all(isinstance(key, str) for key in fields):
        return {}, text
    return fields, text[found.end() :]
