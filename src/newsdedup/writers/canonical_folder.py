"""canonical/: one text file for each story, its canonical article as it came below a front matter in YAML."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from newsdedup.model.report import Entry, Link, Report
from newsdedup.writers.names import file_names

# What YAML does not let stand in a stream, or takes for a line break; JSON's escape for it is YAML's too.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


class CanonicalFolder:
    """Writes canonical/."""

    texts = True

    def renderer(self, _report: Report) -> Callable[[Entry], tuple[str, bytes]]:
        return _canonical

    def begin(self, folder: Path, report: Report) -> None:
        self._folder = folder / "canonical"
        self._folder.mkdir()
        self._names = file_names((cluster.canonical for cluster in report.clusters), ".txt")

    def entry(self, rendered: tuple[str, bytes]) -> None:
        article_id, content = rendered
        (self._folder / self._names[article_id]).write_bytes(content)

    def link(self, link: Link) -> None:
        """Links are no stories."""

    def end(self) -> None:
        """Each file was closed when it was written."""


def _canonical(entry: Entry) -> tuple[str, bytes]:
    """The id of the canonical article, and what its file holds."""
    front_matter = "".join(f"{line}\n" for line in _front_matter(entry)).encode()
    return entry.canonical.id, front_matter + entry.canonical.text.encode("utf-8", "backslashreplace")


def _front_matter(entry: Entry) -> Iterator[str]:
    article = entry.canonical
    yield "---"
    yield f"id: {_quoted(article.id)}"
    yield f"source: {_quoted(article.origin.source)}"
    yield f"title: {_quoted(article.title)}"
    yield f"publisher: {_quoted(article.publisher)}"
    yield f"published: {_quoted(article.published.isoformat()) if article.published else 'null'}"
    yield f"cluster: {_quoted(entry.cluster.id)}"
    yield f"reason: {_quoted(entry.cluster.reason)}"
    yield "variants:"
    for variant in entry.variants:
        match = variant.match
        yield f"  - id: {_quoted(variant.article.id)}"
        yield f"    source: {_quoted(variant.article.origin.source)}"
        yield f"    relation: {match.relation.value}"
        yield f"    probability: {match.probability:.4f}"
    yield "---"


def _quoted(text: str) -> str:
    """A YAML scalar; JSON's strings are YAML's double-quoted ones."""
    return _UNPRINTABLE.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(text, ensure_ascii=False))
