"""A stretch of time that articles are looked for in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """Which known articles count, by when they were published; an undated one always does. In microseconds."""

    since: int | None = None
    within: int | None = None
    """Of the new article's date, either way."""


ALL_TIME = Window()
