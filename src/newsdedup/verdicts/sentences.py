"""A verdict in plain words, the same in every format."""

from __future__ import annotations

from newsdedup.model.article import ArticleRef
from newsdedup.model.report import Facts
from newsdedup.model.verdict import CheckReport, Verdict
from newsdedup.writers.wording import count, evidence_in_words, visible_line, when


def sentence_of(verdict: Verdict) -> str:
    """`copy of wire-1 (wire/a.jsonl:0, published 4 March 2024), probability 0.98`."""
    if verdict.match is None or verdict.known is None:
        return "new"
    of = {"exact": "same text as", "excerpt": "shares passages with", "template": "fills the same form as"}.get(
        verdict.name
    )
    where = f"{visible_line(verdict.known.id)} ({_where(verdict.known, sibling=verdict.sibling)})"
    return f"{of or f'{verdict.name} of'} {where}, probability {verdict.match.probability:.2f}"


def _where(known: ArticleRef, *, sibling: bool) -> str:
    told = [visible_line(str(known.origin))]
    if known.published:
        told.append(f"published {when(known.published)}")
    if sibling:
        told.append("in this delivery")
    return ", ".join(told)


def evidence_of(verdict: Verdict) -> list[str]:
    """What speaks for a verdict, one sentence each."""
    if verdict.match is None:
        return []
    return evidence_in_words(verdict.match.evidence, Facts(), verdict.match.relation)


def summary_of(report: CheckReport) -> str:
    """What was checked, and what came of it, in a sentence or two."""
    found = ", ".join(f"{n:,} {name}" for name, n in report.counts.items() if n)
    checked = f"{count(len(report.verdicts), 'article')} checked against {report.against} ({report.indexed:,}): "
    return f"{checked}{found or 'nothing to check'}. {outcome_of(report)}"


def outcome_of(report: CheckReport) -> str:
    """Whether the check failed, and by what."""
    names = ", ".join(sorted(relation.value for relation in report.policy.fail_on)) or "nothing"
    if not report.failures:
        accepted = sum(verdict.accepted for verdict in report.verdicts)
        told = f", {count(accepted, 'duplicate')} accepted by the baseline" if accepted else ""
        return f"Passed: no duplicate ({names}){told}."
    found = f"{count(len(report.failures), 'duplicate')} ({names})"
    return f"Failed: {found}." if report.failed else f"Passed: {found}, within the budget."
