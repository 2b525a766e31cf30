"""matches.jsonl: every verified pair of any relation, with its evidence, one a line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from newsdedup.model.report import Entry, Link, Report
from newsdedup.writers.forms import match_forms
from newsdedup.writers.interface import nothing
from newsdedup.writers.jsonl import write_lines


class MatchesJsonl:
    """Writes matches.jsonl."""

    texts = False

    def renderer(self, _report: Report) -> Callable[[Entry], None]:
        return nothing

    def begin(self, folder: Path, report: Report) -> None:
        write_lines(folder / "matches.jsonl", match_forms(report.matches))

    def entry(self, rendered: None) -> None:
        """All is written already."""

    def link(self, link: Link) -> None:
        """All is written already."""

    def end(self) -> None:
        """All is written already."""
