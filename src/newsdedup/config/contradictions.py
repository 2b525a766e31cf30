"""What no single value shows: names that nothing answers to, and values that do not go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from newsdedup.config.schema import build_section
from newsdedup.model.sketch import SketchParams
from newsdedup.plan import EXTRACTORS
from newsdedup.registry import did_you_mean
from newsdedup.stages.canonical import CRITERIA
from newsdedup.writers import WRITERS

Contradiction = tuple[tuple[str, ...], str]
"""The keys that take part, and a sentence."""


def contradictions(values: Mapping[str, Any]) -> Iterator[Contradiction]:
    """All contradictions between values, given by dotted name for every key."""
    yield from _bands(values)
    yield from _policy(values["canonical.policy"])
    yield from _publishers(values)
    yield from _encoding(values["reader.encoding"])
    yield from _names("reader.html.extractor", (values["reader.html.extractor"],), EXTRACTORS)
    yield from _report(values)
    if not values["reader.fields.text"]:
        yield ("reader.fields.text",), "reader.fields.text must name at least one field, or no record has a text"


def _bands(values: Mapping[str, Any]) -> Iterator[Contradiction]:
    try:
        build_section(SketchParams, "sketch", values)
    except ValueError as error:
        yield ("sketch.num_perm", "sketch.bands", "sketch.rows"), f"sketch: {error}"


def _policy(policy: tuple[str, ...]) -> Iterator[Contradiction]:
    key = ("canonical.policy",)
    yield from _names("canonical.policy", policy, tuple(CRITERIA))
    if not policy or policy[-1] != "id":
        yield key, 'canonical.policy must end with "id", which alone decides every tie'


def _publishers(values: Mapping[str, Any]) -> Iterator[Contradiction]:
    if values["canonical.preferred_publishers"] and "publisher" not in values["canonical.policy"]:
        yield (
            ("canonical.policy", "canonical.preferred_publishers"),
            'canonical.preferred_publishers has no effect unless "publisher" is in canonical.policy',
        )


def _encoding(encoding: str | None) -> Iterator[Contradiction]:
    try:
        b" ".decode(encoding or "utf-8", "ignore")  # also tells codecs that are no encoding of text, such as rot13
    except (LookupError, ValueError):
        yield ("reader.encoding",), f'reader.encoding: there is no encoding "{encoding}"'


def _report(values: Mapping[str, Any]) -> Iterator[Contradiction]:
    names = values["run.report"]
    yield from _names("run.report", names, WRITERS.names())
    if not names:
        yield ("run.report",), f"run.report must name at least one output (there are: {', '.join(WRITERS.names())})"
    elif set(names) == {"diffs"} and not values["run.diffs"]:
        yield ("run.report", "run.diffs"), 'run.report names nothing but "diffs", which run.diffs turns off'


def _names(key: str, names: tuple[str, ...], known: tuple[str, ...]) -> Iterator[Contradiction]:
    for name in sorted(set(names) - set(known)):
        yield (key,), f'{key}: there is no "{name}"{did_you_mean(name, known)} (there are: {", ".join(known)})'
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield (key,), f'{key}: "{name}" is given twice'
