"""JSON values as lines of bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson


def to_line(value: dict[str, Any]) -> bytes:
    """One value as compact UTF-8 without a line end.

    Half a surrogate pair (from a file name that is not UTF-8, say) has no UTF-8 form; such a value is written in ASCII.
    """
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()


def from_line(line: bytes) -> Any:  # noqa: ANN401  # JSON may hold anything
    """The value of one line. Raises ValueError if it is not JSON."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return json.loads(line)


def write_lines(path: Path, values: Iterable[dict[str, Any]]) -> None:
    """A file of one value a line."""
    with path.open("wb") as file:
        file.writelines(to_line(value) + b"\n" for value in values)
