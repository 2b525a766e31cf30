"""articles.csv: one line for each article of the run, for a spreadsheet.

A spreadsheet takes a cell that begins with = + - or @ (or a tab or carriage return) for a formula, and an id may come
from anywhere; such a cell gets a leading apostrophe here. The JSON outputs have ids as they are.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from newsdedup.model.match import RELATIONS
from newsdedup.model.report import Entry, Link, Report
from newsdedup.writers.interface import nothing

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = ("id", "source", "record", "role", "cluster", "relation", "probability")


class ArticlesCsv:
    """Writes articles.csv."""

    texts = False

    def renderer(self, _report: Report) -> Callable[[Entry], None]:
        return nothing

    def begin(self, folder: Path, report: Report) -> None:
        path = folder / "articles.csv"
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(_COLUMNS)
            rows.writerows(_rows(report))

    def entry(self, rendered: None) -> None:
        """All is written already."""

    def link(self, link: Link) -> None:
        """Links do not change what an article is."""

    def end(self) -> None:
        """All is written already."""


def _rows(report: Report) -> Iterator[tuple[str | int | float, ...]]:
    catalog, matches = report.catalog, report.matches
    belongs = report.memberships
    known = zip(catalog.ids, catalog.source.tolist(), catalog.record.tolist(), strict=True)
    story = zip(belongs.cluster.tolist(), belongs.row.tolist(), strict=True)
    for (article_id, source, record), (cluster, row) in zip(known, story, strict=True):
        place = (_inert(article_id), _inert(catalog.sources[source]), record)
        if cluster < 0:
            yield (*place, "unique", "", "", "")
        elif row < 0:
            yield (*place, "canonical", _inert(report.clusters[cluster].id), "", "")
        else:
            chance = round(float(matches.probability[row]), 4)
            relation = RELATIONS[matches.relation[row]].value
            yield (*place, "variant", _inert(report.clusters[cluster].id), relation, chance)


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
