"""Verdicts as a code quality report of GitLab CI."""

from __future__ import annotations

import json

from newsdedup.model.verdict import CheckReport
from newsdedup.verdicts.places import fingerprint_of, place_of
from newsdedup.verdicts.rules import Level, level_of, ranked, rule_of
from newsdedup.verdicts.sentences import sentence_of

_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor", Level.NOTE: "info"}


def render(report: CheckReport, root: str) -> str:
    """An array with one issue for each article that is not new and not accepted."""
    issues = []
    for verdict in ranked(report):
        rule = rule_of(verdict)
        if rule is None or verdict.accepted:
            continue
        place = place_of(verdict.article.origin, root)
        issues.append(
            {
                "description": f"{verdict.article.id}: {sentence_of(verdict)}",
                "check_name": f"{rule.id}-{rule.name}",
                "fingerprint": fingerprint_of(verdict, root),
                "severity": _SEVERITIES[level_of(verdict)],
                "location": {"path": place.path, "lines": {"begin": place.line}},
            }
        )
    return json.dumps(issues, ensure_ascii=False, indent=2)
