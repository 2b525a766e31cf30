"""Verdicts for programs."""

from __future__ import annotations

import json

from newsdedup.model.verdict import CheckReport, Verdict
from newsdedup.verdicts.rules import level_of, rule_of
from newsdedup.writers.forms import Form, edit_form, match_form, ref_form, skipped_form

CHECK_FORMAT = 1
"""Raised whenever the output changes in a way that old readers cannot follow."""


def render(report: CheckReport, root: str) -> str:  # noqa: ARG001  # paths stand as they were given
    """One object."""
    return json.dumps(report_form(report), ensure_ascii=False, indent=2)


def render_lines(report: CheckReport, root: str) -> str:  # noqa: ARG001
    """One verdict a line."""
    return "\n".join(json.dumps(verdict_form(verdict), ensure_ascii=False) for verdict in report.verdicts)


def report_form(report: CheckReport) -> Form:
    """A report as plain values."""
    return {
        "newsdedup_check": CHECK_FORMAT,
        "version": report.version,
        "against": report.against,
        "indexed": report.indexed,
        "articles": len(report.verdicts),
        "failed": report.failed,
        "failures": len(report.failures),
        "counts": report.counts,
        "policy": {
            "fail_on": sorted(relation.value for relation in report.policy.fail_on),
            "max": report.policy.most,
            "max_percent": report.policy.most_percent,
        },
        "settings": dict(report.settings),
        "verdicts": [verdict_form(verdict) for verdict in report.verdicts],
        "skipped": [skipped_form(skipped) for skipped in report.skipped],
        "stale": [{"story": entry.story, "source": entry.source, "member": entry.member} for entry in report.stale],
    }


def verdict_form(verdict: Verdict) -> Form:
    """A verdict as plain values."""
    rule = rule_of(verdict)
    form: Form = {
        "article": ref_form(verdict.article),
        "relation": verdict.name,
        "rule": rule.id if rule else None,
        "level": level_of(verdict).value if rule else None,
        "failed": verdict.failed,
        "accepted": verdict.accepted,
        "known": ref_form(verdict.known) if verdict.known else None,
        "sibling": verdict.sibling,
        "story": verdict.story,
        "match": match_form(verdict.match) if verdict.match else None,
    }
    if verdict.difference:
        form["edits"] = [edit_form(edit) for edit in verdict.difference.edits]
    return form
