"""Known duplicates that were accepted once: a file with one of them a line, to be kept with the corpus."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from newsdedup.errors import InputError
from newsdedup.model.verdict import Accepted, CheckReport
from newsdedup.writers.one_file import check_file, write_file

FORMAT = 1
_HEAD = {"newsdedup_baseline": FORMAT}


def read_baseline(path: Path) -> frozenset[Accepted]:
    """The duplicates a baseline accepts.

    Raises InputError for a file that is no baseline, naming the first line that is broken.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not a baseline; --update-baseline writes one") from error
    if not lines or _record(path, 1, lines[0]).get("newsdedup_baseline") != FORMAT:
        raise InputError(f"{path}: is not a baseline; --update-baseline writes one")
    return frozenset(_accepted(path, number, line) for number, line in enumerate(lines[1:], 2) if line.strip())


def write_baseline(path: Path, report: CheckReport) -> int:
    """Accept everything that fails or is accepted already, and nothing else; return how many that are."""
    entries = []
    for verdict in report.verdicts:
        key = verdict.key
        if key and verdict.known and (verdict.failed or verdict.accepted):
            note = {"relation": verdict.name, "known": verdict.known.id}
            entries.append((key, note))
    write_file(path, _text(entries))
    return len(entries)


def check_baseline(path: Path) -> None:
    """See that a baseline can be written.

    Raises OutputError if it cannot.
    """
    check_file(path, force=True)


def _text(entries: Iterable[tuple[Accepted, dict[str, str]]]) -> str:
    records = sorted(
        ({"story": key.story, "source": key.source, "member": key.member, **note} for key, note in entries),
        key=lambda record: (record["source"], record["member"], record["story"]),
    )
    return "".join(f"{json.dumps(record, ensure_ascii=True)}\n" for record in (_HEAD, *records))


def _record(path: Path, number: int, line: str) -> dict[str, object]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise InputError(f"{path}:{number}: is not a line of a baseline: {error}") from error
    if not isinstance(record, dict):
        raise InputError(f"{path}:{number}: is not a line of a baseline: it is no JSON object")
    return record


def _accepted(path: Path, number: int, line: str) -> Accepted:
    record = _record(path, number, line)
    values = [record.get(name) for name in ("story", "source", "member")]
    story, source, member = (value if isinstance(value, str) else None for value in values)
    if story is None or source is None or member is None:
        raise InputError(f"{path}:{number}: is not a line of a baseline: it needs story, source and member")
    return Accepted(story, source, member)
