"""clusters.jsonl: one story a line, its canonical article first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from newsdedup.model.match import RELATIONS
from newsdedup.model.report import Entry, Link, Report
from newsdedup.writers.forms import Form
from newsdedup.writers.interface import nothing
from newsdedup.writers.jsonl import write_lines


class ClustersJsonl:
    """Writes clusters.jsonl."""

    texts = False

    def renderer(self, _report: Report) -> Callable[[Entry], None]:
        return nothing

    def begin(self, folder: Path, report: Report) -> None:
        write_lines(folder / "clusters.jsonl", _stories(report))

    def entry(self, rendered: None) -> None:
        """All is written already."""

    def link(self, link: Link) -> None:
        """Links are no stories."""

    def end(self) -> None:
        """All is written already."""


def _stories(report: Report) -> Iterator[Form]:
    catalog, matches = report.catalog, report.matches
    # lists: of an array one number at a time takes three times as long
    rows, source = report.memberships.row.tolist(), catalog.source.tolist()
    relation, probability = matches.relation.tolist(), matches.probability.tolist()
    names = [relation.value for relation in RELATIONS]
    for cluster in report.clusters:
        places = [catalog.places[member] for member in cluster.members]
        variants: list[Form] = [
            {
                "id": member,
                "source": catalog.sources[source[place]],
                "relation": names[relation[row]],
                "probability": round(probability[row], 4),
            }
            for member, place in zip(cluster.members, places, strict=True)
            if (row := rows[place]) >= 0
        ]
        canonical = {
            "id": cluster.canonical,
            "source": catalog.sources[source[catalog.places[cluster.canonical]]],
            "relation": "canonical",
            "probability": 1.0,
        }
        yield {
            "cluster": cluster.id,
            "canonical": cluster.canonical,
            "reason": cluster.reason,
            "members": [canonical, *variants],
        }
