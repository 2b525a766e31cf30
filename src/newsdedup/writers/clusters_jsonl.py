"""clusters.jsonl: one story a line, its canonical article first."""

from __future__ import annotations

from pathlib import Path

from newsdedup.model.article import Article
from newsdedup.model.report import Entry, Link, Report
from newsdedup.writers.forms import Form
from newsdedup.writers.jsonl import to_line


class ClustersJsonl:
    """Writes clusters.jsonl."""

    def begin(self, folder: Path, report: Report) -> None:  # noqa: ARG002  # the interface gives it
        self._file = (folder / "clusters.jsonl").open("wb")

    def entry(self, entry: Entry) -> None:
        variants = sorted(entry.variants, key=lambda v: v.article.id)
        form = {
            "cluster": entry.cluster.id,
            "canonical": entry.canonical.id,
            "reason": entry.reason,
            "members": [
                _member(entry.canonical, "canonical", 1.0),
                *(_member(v.article, v.match.relation.value, v.match.probability) for v in variants),
            ],
        }
        self._file.write(to_line(form) + b"\n")

    def link(self, link: Link) -> None:
        """Links are no stories."""

    def end(self) -> None:
        self._file.close()


def _member(article: Article, relation: str, probability: float) -> Form:
    return {"id": article.id, "source": article.origin.source, "relation": relation, "probability": probability}
