"""Verdicts as Markdown: a comment on a pull request, or the summary of a job.

GitHub takes comments of up to 65,536 characters and summaries of up to 1 MiB; what does not fit is counted.
"""

from __future__ import annotations

import re

from newsdedup.model.verdict import CheckReport, Verdict
from newsdedup.verdicts.rules import ranked, rule_of
from newsdedup.verdicts.sentences import outcome_of
from newsdedup.writers.wording import count, visible_line, when

MOST_CHARS = 60_000
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~@&])")
_SIGNS = {"failed": "❌", "accepted": "☑️", "known": "ℹ️"}


def render(report: CheckReport, root: str) -> str:  # noqa: ARG001  # paths stand as they were given
    """A heading, the counts, and a table of what is not new, the gravest first."""
    counts = ", ".join(f"{n:,} {name}" for name, n in report.counts.items() if n) or "nothing to check"
    checked = (
        f"{count(len(report.verdicts), 'article')} checked against {_escaped(report.against)} ({report.indexed:,})"
    )
    parts = [f"### newsdedup: {_escaped(outcome_of(report))}", "", f"{checked}: {counts}.", ""]
    found = [_row(verdict) for verdict in ranked(report)]
    if found:
        parts += ["| | article | is | known article | probability |", "|---|---|---|---|---|"]
        parts += _fitting(found, MOST_CHARS // 2, "articles")
    if report.skipped:
        told = [f"- {_escaped(str(s.origin))}: {s.reason.value}, {_escaped(s.detail)}" for s in report.skipped]
        parts += ["", f"{count(len(report.skipped), 'record')} could not be read:", ""]
        parts += _fitting(told, MOST_CHARS // 4, "records")
    if report.stale:
        told = [f"- {_escaped(entry.member)}" for entry in report.stale]
        parts += ["", "The baseline accepts what is not a duplicate here any more:", ""]
        parts += _fitting(told, MOST_CHARS // 8, "entries")
    return "\n".join(parts)


def _row(verdict: Verdict) -> str:
    sign = _SIGNS["failed" if verdict.failed else "accepted" if verdict.accepted else "known"]
    rule = rule_of(verdict)
    if rule is None or verdict.known is None or verdict.match is None:
        return ""
    dated = f", {when(verdict.known.published)}" if verdict.known.published else ""
    known = f"{_escaped(verdict.known.id)} ({_escaped(str(verdict.known.origin))}{dated})"
    new = f"{_escaped(verdict.article.id)} ({_escaped(str(verdict.article.origin))})"
    return f"| {sign} | {new} | {rule.name} ({rule.id}) | {known} | {verdict.match.probability:.2f} |"


def _fitting(lines: list[str], room: int, noun: str) -> list[str]:
    """As many lines as there is room for, and a count of the others."""
    shown: list[str] = []
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            return [*shown, "", f"... and {len(lines) - len(shown):,} more {noun}."]
        shown.append(line)
    return shown


def _escaped(text: str) -> str:
    line = visible_line(text)
    return _SPECIAL.sub(r"\\\1", line if len(line) <= 200 else f"{line[:200]}…")
