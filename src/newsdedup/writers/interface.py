"""What a writer of one output is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from newsdedup.model.report import Entry, Link, Report


class Writer(Protocol):
    """Writes one output of a report below a folder.

    Called in this order: `renderer` once, `begin` once, `entry` for each story, `link` for each link, `end` once. While
    `begin` writes what needs no texts, the first stories are rendered already, by other processes if there are any.
    `Report.entries` and `Report.links` stream past all writers at once, so a writer must not iterate over them itself.
    """

    texts: bool
    """Whether it needs entries and links, for which the articles of stories are read again; else it is given none."""

    def renderer(self, report: Report, /) -> Callable[[Entry], Any]:
        """A function from a story to what `entry` needs of it; only asked of a writer of `texts`.

        It may be called in another process, so it and what it gives must be picklable, and should be small.
        """

    def begin(self, folder: Path, report: Report) -> None:
        """Open what is to be written; `folder` exists and is empty but for other writers' outputs."""

    def entry(self, rendered: Any) -> None:  # noqa: ANN401  # whatever its own renderer gives
        """One story, rendered."""

    def link(self, link: Link) -> None:
        """Two articles linked, but not one story."""

    def end(self) -> None:
        """Finish and close."""


def nothing(_entry: Entry) -> None:
    """What a writer needs of a story that makes nothing of stories."""
