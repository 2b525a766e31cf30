"""Verdicts as annotations of GitHub Actions: workflow commands on standard output.

GitHub shows ten annotations of each kind for a step and drops the rest in silence, so the gravest ten are given and
the others counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsdedup.model.article import Skipped
from newsdedup.model.verdict import CheckReport, Verdict
from newsdedup.verdicts.places import place_of
from newsdedup.verdicts.rules import UNREADABLE, Level, level_of, ranked, rule_of
from newsdedup.verdicts.sentences import sentence_of, summary_of
from newsdedup.writers.wording import visible

SHOWN = 10
_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def render(report: CheckReport, root: str) -> str:
    """The annotations, then a line with the counts."""
    found = ranked(report)
    lines: list[str] = []
    for level, command in _COMMANDS.items():
        told = [_annotation(command, verdict, root) for verdict in found if level_of(verdict) is level]
        if level is Level.WARNING:
            told += [_skipped(command, skipped, root) for skipped in report.skipped]
        lines += _first(command, told)
    return "\n".join([*lines, _data(summary_of(report))])


def _first(command: str, told: list[str]) -> Iterator[str]:
    if len(told) <= SHOWN:
        yield from told
        return
    yield from told[: SHOWN - 1]
    yield f"::{command} title=newsdedup::and {len(told) - SHOWN + 1:,} more; the whole report lists them"


def _annotation(command: str, verdict: Verdict, root: str) -> str:
    rule = rule_of(verdict)
    place = place_of(verdict.article.origin, root)
    title = f"{rule.id} {rule.short}" if rule else verdict.name
    where = f"file={_property(place.path)},line={place.line},title={_property(title)}"
    return f"::{command} {where}::{_data(f'{verdict.article.id}: {sentence_of(verdict)}')}"


def _skipped(command: str, skipped: Skipped, root: str) -> str:
    place = place_of(skipped.origin, root)
    title = _property(f"{UNREADABLE.id} {UNREADABLE.short}")
    where = f"file={_property(place.path)},line={place.line},title={title}"
    return f"::{command} {where}::{_data(f'{skipped.origin}: {skipped.reason.value}, {skipped.detail}')}"


def _data(text: str) -> str:
    return visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
