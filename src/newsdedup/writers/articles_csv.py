"""articles.csv: one line for each article of the run, for a spreadsheet.

A spreadsheet takes a cell that begins with = + - or @ (or a tab or carriage return) for a formula, and an id may come
from anywhere; such a cell gets a leading apostrophe here. The JSON outputs have ids as they are.
"""

from __future__ import annotations

import csv
from pathlib import Path

from newsdedup.model.report import Entry, Link, Report

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = ("id", "source", "record", "role", "cluster", "relation", "probability")


class ArticlesCsv:
    """Writes articles.csv."""

    def begin(self, folder: Path, report: Report) -> None:
        self._file = (folder / "articles.csv").open("w", encoding="utf-8", errors="backslashreplace", newline="")
        self._catalog = report.catalog
        self._roles: dict[str, tuple[str, str, str, float | str]] = {}

    def entry(self, entry: Entry) -> None:
        self._roles[entry.canonical.id] = ("canonical", entry.cluster.id, "", "")
        for variant in entry.variants:
            match = variant.match
            self._roles[variant.article.id] = (
                "variant",
                entry.cluster.id,
                match.relation.value,
                match.probability,
            )

    def link(self, link: Link) -> None:
        """Links do not change what an article is."""

    def end(self) -> None:
        with self._file:
            rows = csv.writer(self._file, lineterminator="\n")
            rows.writerow(_COLUMNS)
            for i, article_id in enumerate(self._catalog.ids):
                origin = self._catalog.origin(i)
                role, cluster, relation, probability = self._roles.get(article_id, ("unique", "", "", ""))
                rows.writerow(
                    (
                        _inert(article_id),
                        _inert(origin.source),
                        origin.record,
                        role,
                        _inert(cluster),
                        relation,
                        probability,
                    )
                )


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
