"""Relations, evidence and edits in plain words, the same on the page and in the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import assert_never

from newsdedup.model.filing import Filing
from newsdedup.model.match import Evidence, Match, Relation, Test
from newsdedup.model.report import Edit, EditKind, Facts, Tie, Version

_MAX_LISTED = 8
_TESTS = {
    Test.FINGERPRINT: "equal words throughout",
    Test.BANDS: "alike as a whole",
    Test.SAMPLE: "shared passages",
    Test.CANONICAL: "both alike to the same article",
}
_FILINGS = {Filing.FORM: "brief or factbox", Filing.KILL: "withdrawn"}
"""Those that are called otherwise than by their names."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def visible(text: str) -> str:
    """A text with its control characters as pictures, so that it can do no harm to a page or a terminal."""
    if text.replace("\n", "").isprintable():  # as most are, which is seen in half the time
        return text
    return _CONTROLS.sub(_picture, text.replace("\r\n", "\n"))


def visible_line(text: str) -> str:
    """The same for what must stay on one line, such as an id."""
    return re.sub(r"\s", " ", visible(text))


def percent(share: float) -> str:
    """A share of 0.0 .. 1.0 in whole percent; only all is 100% and only nothing is 0%."""
    if 0 < share < 0.01:
        return "under 1%"
    return f"{min(99, int(share * 100 + 0.5)) if share < 1 else 100}%"


def count(n: int, noun: str, plural: str = "") -> str:
    """`1 story`, `1,200 stories`."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def when(moment: datetime | None) -> str:
    """A date, and the time of day if it has one, in UTC."""
    if moment is None:
        return ""
    day = f"{moment.day} {moment:%B} {moment.year}"
    return day if (moment.hour, moment.minute) == (0, 0) else f"{day}, {moment:%H:%M} UTC"


def name_of_relation(relation: Relation) -> str:
    """A relation as a badge shows it."""
    match relation:
        case Relation.EXACT:
            return "Same text"
        case Relation.COPY:
            return "Copy"
        case Relation.REVISION:
            return "Revision"
        case Relation.EXCERPT:
            return "Shared passages"
        case Relation.TEMPLATE:
            return "Look-alike"
        case _ as never:
            assert_never(never)


def meaning_of_relation(relation: Relation) -> str:
    """What a relation says about two articles."""
    match relation:
        case Relation.EXACT:
            return "The same words in the same order."
        case Relation.COPY:
            return "The same report but for credit, dateline, spelling, punctuation or page furniture."
        case Relation.REVISION:
            return "The same report filed or run again: updated, corrected, cut, expanded or lightly rewritten."
        case Relation.EXCERPT:
            return "Two stories that share passages."
        case Relation.TEMPLATE:
            return "Alike only because both fill the same recurring form; the facts differ."
        case _ as never:
            assert_never(never)


def name_of_filing(filing: Filing, number: int | None = None) -> str:
    """What a version of a story is called."""
    name = _FILINGS.get(filing, filing.value)
    if number is None:
        return name
    return f"{name} of update {number}" if filing in {Filing.CORRECTION, Filing.REPEAT} else f"{name} {number}"


def chain_in_words(chain: Sequence[Version]) -> str:
    """A chain on one line: `first 13 Mar 18:20 → update 1 22:45`, the day where it is another than before."""
    told: list[str] = []
    day = None
    for version in chain:
        name = name_of_filing(version.filing, version.number)
        if told and version.filing is Filing.FIRST:
            name = "new version"
        if version.published:
            if version.published.date() != day:
                name += f" {version.published.day} {version.published:%b}"
            name += f" {version.published:%H:%M}"
            day = version.published.date()
        told.append(name)
    return " → ".join(told)


def reason_live(tie: Tie) -> str:
    """By what a live article is known to be what was withdrawn."""
    match tie:
        case Tie.EXACT:
            return "same text"
        case Tie.COPY:
            return "copy"
        case Tie.REVISION:
            return "revision of it"
        case Tie.ITEM:
            return "another version of the same item"
        case Tie.HEADLINE:
            return "same headline"
        case Tie.SLUG:
            return "same slug"
        case _ as never:
            assert_never(never)


def name_of_edit(kind: EditKind, n: int = 1) -> str:
    """What `n` edits of a kind are called."""
    match kind:
        case EditKind.HEADLINE | EditKind.FIGURE | EditKind.NAME | EditKind.QUOTE:
            return f"{kind.value}" if n == 1 else f"{kind.value}s"
        case EditKind.CREDIT:
            return "credit or dateline" if n == 1 else "credits or datelines"
        case EditKind.FURNITURE:
            return "page furniture"
        case EditKind.TYPOGRAPHY:
            return "typography"
        case EditKind.MOVED | EditKind.ADDED | EditKind.CUT | EditKind.REWORDED:
            return f"{kind.value}"
        case _ as never:
            assert_never(never)


def count_edits(edits: Iterable[Edit]) -> list[tuple[EditKind, int]]:
    """How many edits there are of each kind, in the order of `EditKind`; a move is one."""
    kinds = [edit.kind for edit in edits if edit.kind is not EditKind.MOVED or not edit.text]
    return [(kind, kinds.count(kind)) for kind in EditKind if kind in kinds]


def match_in_words(match: Match, facts: Facts, a: str = "the first", b: str = "the second") -> list[str]:
    """What speaks for a match, and what against it, one sentence each; `a` and `b` name the two articles."""
    sentences = evidence_in_words(match.evidence, facts, match.relation, a, b)
    return [*sentences, proposal_in_words(match.tests)] if match.tests else sentences


def proposal_in_words(tests: Test) -> str:
    """Which tests proposed a pair."""
    proposed = [words for test, words in _TESTS.items() if test in tests]
    if not proposed:
        return "No candidate test proposes the two: a run would not have compared them on their own account."
    return f"Compared because of: {', '.join(proposed)}."


def lsh_in_words(jaccard: float, miss_chance: float) -> str:
    """How likely MinHash LSH on its own misses a pair; both 0.0 .. 1.0."""
    return (
        f"{percent(jaccard)} of the shingles of both are shared; of such pairs LSH alone misses {percent(miss_chance)}."
    )


def evidence_in_words(
    evidence: Evidence, facts: Facts, relation: Relation | None, a: str = "the first", b: str = "the second"
) -> list[str]:
    """What was measured on two articles, one sentence each; without a relation they are no match."""
    return [*_about_text(evidence, relation), *_about_facts(facts, a, b), *_about_filing(evidence)]


def _picture(control: re.Match[str]) -> str:
    code = ord(control[0])
    return "␡" if code == 0x7F else "\ufffd" if code > 0x7F else chr(0x2400 + code)


def _about_text(evidence: Evidence, relation: Relation | None) -> Iterator[str]:
    if relation is Relation.EXACT:
        yield "Every word is the same, in the same order."
        return
    if relation is Relation.EXCERPT:
        yield f"{percent(evidence.coverage)} of the shorter text's words stand in passages that both have."
    else:
        yield f"{percent(evidence.alignment)} of the shorter text's words stand in the longer, in order."
    if evidence.longest_run:
        yield f"The longest passage they share word for word has {count(evidence.longest_run, 'word')}."
    if relation in {Relation.EXCERPT, Relation.TEMPLATE} or evidence.rare_containment < evidence.containment / 2:
        yield f"{percent(evidence.rare_containment)} of what is rare elsewhere in the shorter text is in both."
    if evidence.length_ratio < 0.8:
        yield f"The shorter has {percent(evidence.length_ratio)} of the longer's length."


def _about_facts(facts: Facts, a: str, b: str) -> Iterator[str]:
    for noun, shared, only_a, only_b in (
        ("figure", facts.figures_shared, facts.figures_only_a, facts.figures_only_b),
        ("name", facts.names_shared, facts.names_only_a, facts.names_only_b),
    ):
        if not (shared or only_a or only_b):
            continue
        told = [f"{count(len(shared), noun)} {'agrees' if len(shared) == 1 else 'agree'}"] if shared else []
        told += [f"only {name} has {_listed(only)}" for name, only in ((a, only_a), (b, only_b)) if only]
        sentence = "; ".join(told) if only_a or only_b else f"{told[0]}, none differs"
        yield f"{sentence[0].upper()}{sentence[1:]}."


def _about_filing(evidence: Evidence) -> Iterator[str]:
    if evidence.headline >= 1:
        yield "The headlines are the same."
    elif evidence.headline >= 0.5:
        yield "The headlines are much alike."
    if 0 <= evidence.days_apart < 1:
        yield "Published within a day of each other."
    elif evidence.days_apart >= 1:
        yield f"Published {count(int(evidence.days_apart), 'day')} apart."
    elif evidence.weekdays_apart == 0:
        yield "Their leads name the same day of the week."
    elif evidence.weekdays_apart > 0:
        yield "Their leads name different days of the week."


def _listed(items: Sequence[str]) -> str:
    more = len(items) - _MAX_LISTED
    shown = ", ".join(visible_line(item) for item in items[:_MAX_LISTED])
    return f"{shown} and {more:,} more" if more > 0 else shown
