"""clusters.jsonl: one story a line, its canonical article first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from newsdedup.model.match import RELATIONS
from newsdedup.model.report import Entry, Link, Report, memberships_of
from newsdedup.writers.forms import Form
from newsdedup.writers.interface import nothing
from newsdedup.writers.jsonl import write_lines


class ClustersJsonl:
    """Writes clusters.jsonl."""

    texts = False

    def begin(self, folder: Path, report: Report) -> None:
        write_lines(folder / "clusters.jsonl", _stories(report))

    def renderer(self) -> Callable[[Entry], None]:
        return nothing

    def entry(self, rendered: None) -> None:
        """All is written already."""

    def link(self, link: Link) -> None:
        """Links are no stories."""

    def end(self) -> None:
        """All is written already."""


def _stories(report: Report) -> Iterator[Form]:
    catalog, matches = report.catalog, report.matches
    places = {article_id: place for place, article_id in enumerate(catalog.ids)}
    rows = memberships_of(catalog.ids, report.clusters, matches).row.tolist()
    # lists: of an array one number at a time takes three times as long
    source, relation, probability = (c.tolist() for c in (catalog.source, matches.relation, matches.probability))
    names = [relation.value for relation in RELATIONS]

    def member(article_id: str) -> Form:
        place = places[article_id]
        row = rows[place]
        return {
            "id": article_id,
            "source": catalog.sources[source[place]],
            "relation": "canonical" if row < 0 else names[relation[row]],
            "probability": 1.0 if row < 0 else round(probability[row], 4),
        }

    for cluster in report.clusters:
        others = (member_id for member_id in cluster.members if member_id != cluster.canonical)
        yield {
            "cluster": cluster.id,
            "canonical": cluster.canonical,
            "reason": cluster.reason,
            "members": [member(cluster.canonical), *map(member, others)],
        }
