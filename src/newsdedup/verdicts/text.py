"""Verdicts for people, on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from newsdedup.model.verdict import CheckReport, Verdict
from newsdedup.verdicts.sentences import evidence_of, sentence_of, summary_of
from newsdedup.writers.diffs_folder import diff_text
from newsdedup.writers.wording import visible_line


def render(report: CheckReport, root: str) -> str:  # noqa: ARG001  # paths stand as they were given
    """One paragraph for each article that is not new, and a summary."""
    lines = [line for verdict in report.verdicts if verdict.match for line in _lines(verdict)]
    lines += [
        f"skip  {visible_line(str(s.origin))}: {s.reason.value}, {visible_line(s.detail)}" for s in report.skipped
    ]
    lines += [
        f"stale {visible_line(entry.member)}: the baseline accepts it, but it is not a duplicate here any more"
        for entry in report.stale
    ]
    return "\n".join([*lines, summary_of(report)])


def _lines(verdict: Verdict) -> Iterator[str]:
    sign = "FAIL " if verdict.failed else "known" if verdict.accepted else "     "
    yield f"{sign} {visible_line(verdict.article.id)}: {sentence_of(verdict)}"
    yield from (f"        {sentence}" for sentence in evidence_of(verdict))
    if verdict.difference:
        known, article = verdict.difference.known, verdict.difference.article
        text = diff_text(known, article, verdict.difference.edits, verdict.match)
        yield from (f"        {line}" for line in text.splitlines())
