"""Verdicts as JUnit XML: each article a test that passes if it is no duplicate."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from newsdedup.model.article import Skipped
from newsdedup.model.verdict import CheckReport, Verdict
from newsdedup.verdicts.places import place_of
from newsdedup.verdicts.rules import UNREADABLE, rule_of
from newsdedup.verdicts.sentences import evidence_of, sentence_of

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""


def render(report: CheckReport, root: str) -> str:
    """One suite; what could not be read is a skipped test."""
    numbers = (
        f'tests="{len(report.verdicts) + len(report.skipped)}" failures="{len(report.failures)}" errors="0"'
        f' skipped="{len(report.skipped)}"'
    )
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="newsdedup" {numbers}>',
        f"  <testsuite name={_attribute(f'newsdedup check against {report.against}')} {numbers}>",
        *(_case(verdict, root) for verdict in report.verdicts),
        *(_unread(skipped, root) for skipped in report.skipped),
        "  </testsuite>",
        "</testsuites>",
    ]
    return "\n".join(lines)


def _case(verdict: Verdict, root: str) -> str:
    place = place_of(verdict.article.origin, root)
    head = f"    <testcase classname={_attribute(place.path)} name={_attribute(verdict.article.id)}"
    rule = rule_of(verdict)
    if rule is None:
        return f"{head}/>"
    told = "\n".join([sentence_of(verdict), *evidence_of(verdict)])
    if not verdict.failed:
        return f"{head}>\n      <system-out>{_text(told)}</system-out>\n    </testcase>"
    message = _attribute(sentence_of(verdict))
    failure = f'<failure type="{rule.id}" message={message}>{_text(told)}</failure>'
    return f"{head}>\n      {failure}\n    </testcase>"


def _unread(skipped: Skipped, root: str) -> str:
    place = place_of(skipped.origin, root)
    head = f"    <testcase classname={_attribute(place.path)} name={_attribute(str(skipped.origin))}>"
    message = _attribute(f"{UNREADABLE.id} {skipped.reason.value}: {skipped.detail}")
    return f"{head}\n      <skipped message={message}/>\n    </testcase>"


def _attribute(text: str) -> str:
    return quoteattr(_ILLEGAL.sub("\ufffd", text))


def _text(text: str) -> str:
    return escape(_ILLEGAL.sub("\ufffd", text))
