"""The rules that a check reports by, with ids that never change their meaning."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from newsdedup.model.match import Relation
from newsdedup.model.verdict import CheckReport, Verdict


class Level(enum.Enum):
    """How grave a finding is."""

    ERROR = "error"
    """The policy counts it."""
    WARNING = "warning"
    """The same story, which the policy lets pass."""
    NOTE = "note"
    """Another story that has something in common with a known one."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of finding."""

    id: str
    name: str
    short: str
    full: str


RULES = {
    Relation.EXACT: Rule(
        "ND001", "exact", "Same text as a known article",
        "Every word stands in a known article, in the same order; credit, dateline and typography are not compared.",
    ),
    Relation.COPY: Rule(
        "ND002", "copy", "Copy of a known article",
        "The same report as a known article but for credit, dateline, spelling, punctuation or page furniture.",
    ),
    Relation.REVISION: Rule(
        "ND003", "revision", "Revision of a known article",
        "A known report filed or run again: updated, corrected, cut, expanded or lightly rewritten.",
    ),
    Relation.EXCERPT: Rule(
        "ND004", "excerpt", "Shares passages with a known article",
        "Another story than the known article, but one that has passages of it.",
    ),
    Relation.TEMPLATE: Rule(
        "ND005", "template", "Fills the same form as a known article",
        "Alike only because both fill a recurring form; the facts differ, so that it is no duplicate.",
    ),
}  # fmt: skip
UNREADABLE = Rule("ND006", "unreadable", "Could not be read", "A record or file of the delivery that is no article.")


def rule_of(verdict: Verdict) -> Rule | None:
    """The rule that a verdict reports by; None for what is new."""
    return RULES[verdict.relation] if verdict.relation else None


def level_of(verdict: Verdict) -> Level:
    """How grave a verdict is."""
    if verdict.failed:
        return Level.ERROR
    return Level.WARNING if verdict.relation and verdict.relation.joins else Level.NOTE


def ranked(report: CheckReport) -> list[Verdict]:
    """What is not new, the gravest first; of equal rank in the order of the delivery."""
    order = list(Level)
    relations = list(Relation)
    found = [verdict for verdict in report.verdicts if verdict.relation]
    return sorted(
        found,
        key=lambda verdict: (
            order.index(level_of(verdict)),
            verdict.accepted,
            relations.index(verdict.relation) if verdict.relation else len(relations),
            -verdict.match.probability if verdict.match else 0.0,
        ),
    )
