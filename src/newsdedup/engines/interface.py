"""What an engine is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from newsdedup.model.article import Skipped
from newsdedup.model.catalog import Catalog
from newsdedup.model.match import MatchTable
from newsdedup.plan import Plan
from newsdedup.progress import Progress
from newsdedup.readers.interface import Corpus
from newsdedup.stages.text.lines import Lines


@dataclass(frozen=True, slots=True)
class Found:
    """All that is left of a corpus once its texts have been compared."""

    catalog: Catalog
    matches: MatchTable
    skipped: tuple[Skipped, ...]
    candidates: int
    """Pairs compared in full."""
    capped: int
    """Groups of a candidate test too large to pair up in full."""
    unread_dates: int = 0
    """Articles with a date that could not be read."""
    furniture: Mapping[str, Lines] = field(default_factory=dict)
    """The lines that each site was found to print around its stories."""


class Engine(Protocol):
    """Finds the matches of a corpus. Everything after that is the same code for every engine."""

    def find_matches(self, corpus: Corpus, plan: Plan, progress: Progress) -> Found:
        """The matches of any relation; for each story, every member has been compared with its centre."""
