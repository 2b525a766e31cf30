"""The outputs of a report: one writer each, named in `WRITERS`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newsdedup.registry import Registry

if TYPE_CHECKING:  # the model loads numpy, which `newsdedup --help` does without
    from newsdedup.writers.interface import Writer

WRITERS: Registry[Callable[[], Writer]] = Registry(
    "report",
    {
        "json": "newsdedup.writers.report_json:ReportJson",
        "clusters": "newsdedup.writers.clusters_jsonl:ClustersJsonl",
        "matches": "newsdedup.writers.matches_jsonl:MatchesJsonl",
        "skipped": "newsdedup.writers.skipped_jsonl:SkippedJsonl",
        "canonical": "newsdedup.writers.canonical_folder:CanonicalFolder",
        "diffs": "newsdedup.writers.diffs_folder:DiffsFolder",
        "csv": "newsdedup.writers.articles_csv:ArticlesCsv",
        "html": "newsdedup.writers.report_html:ReportHtml",
    },
    entry_point_group="newsdedup.writers",
)

_OUTPUTS = {
    "json": "report.json",
    "clusters": "clusters.jsonl",
    "matches": "matches.jsonl",
    "skipped": "skipped.jsonl",
    "canonical": "canonical",
    "diffs": "diffs",
    "csv": "articles.csv",
    "html": "report.html",
}


def output_of(name: str) -> str:
    """The file or folder that a writer makes; an installed one makes what it is called."""
    return _OUTPUTS.get(name, name)
