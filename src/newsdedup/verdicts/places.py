"""Where a record stands, as tools want to be told: a path relative to the project, and a line."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from newsdedup.model.article import Origin
from newsdedup.model.verdict import Verdict

_ONE_A_LINE = (".jsonl", ".ndjson", ".jsonlines")


@dataclass(frozen=True, slots=True)
class Place:
    """A file, the member of it if it is an archive, and a line, from 1."""

    path: str
    member: str
    line: int


def place_of(origin: Origin, root: str) -> Place:
    """Where a record stands; the line is known of formats that have one record a line, and is 1 elsewhere."""
    path, _, member = origin.source.partition("!")
    if Path(path).is_absolute():
        inside = os.path.relpath(path, root)
        path = path if inside.startswith("..") else inside
    path = os.path.normpath(path).replace(os.sep, "/")
    lined = origin.source.lower().endswith(_ONE_A_LINE)
    return Place(path, member, origin.record + 1 if lined else 1)


def fingerprint_of(verdict: Verdict, root: str) -> str:
    """The same for the same member of the same story, whatever else changes."""
    place = place_of(verdict.article.origin, root)
    told = "\0".join((verdict.story or "", place.path, place.member, verdict.article.id))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
