"""skipped.jsonl: what in the input did not become an article, and why, one a line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from newsdedup.model.report import Entry, Link, Report
from newsdedup.writers.forms import skipped_form
from newsdedup.writers.interface import nothing
from newsdedup.writers.jsonl import write_lines


class SkippedJsonl:
    """Writes skipped.jsonl."""

    texts = False

    def renderer(self, _report: Report) -> Callable[[Entry], None]:
        return nothing

    def begin(self, folder: Path, report: Report) -> None:
        write_lines(folder / "skipped.jsonl", map(skipped_form, report.skipped))

    def entry(self, rendered: None) -> None:
        """All is written already."""

    def link(self, link: Link) -> None:
        """All is written already."""

    def end(self) -> None:
        """All is written already."""
