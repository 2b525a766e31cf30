"""Verdicts as SARIF 2.1.0 (OASIS), for code scanning."""

from __future__ import annotations

import json
from urllib.parse import quote

from newsdedup.model.article import ArticleRef, Origin, Skipped
from newsdedup.model.verdict import CheckReport, Verdict
from newsdedup.verdicts.places import fingerprint_of, place_of
from newsdedup.verdicts.rules import RULES, UNREADABLE, Level, Rule, level_of, ranked, rule_of
from newsdedup.verdicts.sentences import evidence_of, sentence_of
from newsdedup.writers.forms import Form

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ALL = [*RULES.values(), UNREADABLE]


def render(report: CheckReport, root: str) -> str:
    """A log of one run: a result for each article that is not new, a notification for each that was skipped."""
    run: Form = {
        "tool": {
            "driver": {
                "name": "newsdedup",
                "version": report.version,
                "semanticVersion": report.version,
                "rules": [_rule(rule) for rule in _ALL],
            }
        },
        "invocations": [
            {
                "executionSuccessful": True,
                "exitCode": int(report.failed),
                "toolExecutionNotifications": [_notification(skipped, root) for skipped in report.skipped],
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": [_result(verdict, root) for verdict in ranked(report)],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(rule: Rule) -> Form:
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": f"{rule.short}."},
        "fullDescription": {"text": rule.full},
        "defaultConfiguration": {"level": "error" if rule.name in {"exact", "copy", "revision"} else "note"},
        "properties": {"tags": ["news", "duplicates"]},
    }


def _result(verdict: Verdict, root: str) -> Form:
    rule = rule_of(verdict)
    number = _ALL.index(rule) if rule else 0
    told = " ".join([f"{verdict.article.id}: {sentence_of(verdict)}.", *evidence_of(verdict)])
    result: Form = {
        "ruleId": _ALL[number].id,
        "ruleIndex": number,
        "level": level_of(verdict).value,
        "message": {"text": told},
        "locations": [_location(verdict.article.origin, verdict.article.id, root)],
        "partialFingerprints": {"storyAndMember/v1": fingerprint_of(verdict, root)},
    }
    if verdict.known:
        result["relatedLocations"] = [_related(verdict.known, root)]
    if verdict.accepted:
        result["level"] = Level.NOTE.value
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": "in the baseline"}]
    return result


def _related(known: ArticleRef, root: str) -> Form:
    return {"id": 1, **_location(known.origin, known.id, root), "message": {"text": f"the known article, {known.id}"}}


def _location(origin: Origin, name: str, root: str) -> Form:
    place = place_of(origin, root)
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(place.path, errors="surrogatepass"), "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": place.line},
        },
        "logicalLocations": [{"name": name, "fullyQualifiedName": str(origin), "kind": "member"}],
    }


def _notification(skipped: Skipped, root: str) -> Form:
    return {
        "associatedRule": {"id": UNREADABLE.id, "index": len(RULES)},
        "level": "warning",
        "message": {"text": f"{skipped.origin}: {skipped.reason.value}, {skipped.detail}"},
        "locations": [_location(skipped.origin, str(skipped.origin), root)],
    }
