"""Read what is true of a corpus: labelled pairs, labelled clusters, or both, told by what a file holds."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsdedup.errors import InputError
from newsdedup.evaluation.joining import joined

LABELS = ("exact", "copy", "revision", "excerpt", "template", "different")
ONE_STORY = frozenset({"exact", "copy", "revision"})
"""Labels of pairs that belong in one cluster."""

_SAME_AS = {"partial": "excerpt"}
_SURE = {"true": True, "yes": True, "1": True, "": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """What two articles, a and b, truly are to each other."""

    a: str
    b: str
    label: str
    """One of LABELS."""
    sure: bool = True
    """Whether careful readers would agree."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of a corpus, or of part of it."""

    pairs: tuple[LabelledPair, ...] = ()
    """Each pair of articles once."""
    clusters: Mapping[str, str | None] | None = None
    """From an article to the name of its cluster, None where it is alone."""
    complete: bool = False
    """Whether an article that `clusters` does not name is alone; otherwise nothing is known of it."""


def read_pairs(path: Path) -> tuple[LabelledPair, ...]:
    """The labelled pairs of a file; of a pair that stands there twice, the last label counts.

    Raises InputError if it cannot be read, has a mistake, or holds no pairs.
    """
    pairs = _read(path).pairs
    if not pairs:
        raise InputError(f"{path}: holds no labelled pairs, which are lines with a, b and label")
    return pairs


def read_truth(paths: Sequence[Path]) -> Truth:
    """What several files say together; a later label of a pair counts before an earlier one.

    Raises InputError if one cannot be read, has a mistake, or if two put the same article into clusters.
    """
    truths = [_read(path) for path in paths]
    clusters: dict[str, str | None] = {}
    for path, truth in zip(paths, truths, strict=True):
        for own, name in (truth.clusters or {}).items():
            if own in clusters:
                raise InputError(f'{path}: "{own}" is in a cluster of another file already')
            clusters[own] = None if name is None else f"{path}:{name}"
    named = any(truth.clusters is not None for truth in truths)
    return Truth(
        pairs=_once(pair for truth in truths for pair in truth.pairs),
        clusters=clusters if named else None,
        complete=any(truth.complete for truth in truths),
    )


def _read(path: Path) -> Truth:
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8") from error
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    try:
        return _parse(text)
    except json.JSONDecodeError as error:
        raise InputError(f"{path}:{error.lineno}: not JSON: {error.msg}") from error
    except ValueError as error:
        raise InputError(f"{path}{error}") from error


def _parse(text: str) -> Truth:
    """Raises ValueError, whose message begins with what follows the path: `:3: the mistake`."""
    if not text.lstrip().startswith(("{", "[")):
        return _of_rows(_table(text))
    if _is_json_lines(text):
        return _of_rows(_json_lines(text))
    match json.loads(text):
        case [{}, *_] as rows:
            return _of_rows(enumerate(rows, 1))
        case list() as groups:
            return _of_groups(groups)
        case dict() as articles if all(isinstance(article, dict) for article in articles.values()):
            return _of_rows(enumerate(({"id": own, **article} for own, article in articles.items()), 1))
        case dict() as groups:
            return _of_groups(list(groups.values()))
    raise AssertionError("JSON that begins with a bracket is an array or an object")


def _table(text: str) -> Iterator[tuple[int, object]]:
    """Each row with its line; the delimiter is the one that stands in the header."""
    header = text.partition("\n")[0]
    if not header.strip():
        raise ValueError(": is empty")
    reader = csv.DictReader(text.splitlines(), delimiter=max("\t;,", key=header.count))
    for row in reader:
        yield reader.line_num, row


def _is_json_lines(text: str) -> bool:
    try:
        first = json.loads(text.lstrip().partition("\n")[0])
    except json.JSONDecodeError:
        return False
    return isinstance(first, dict) and not all(isinstance(value, list | dict) for value in first.values())


def _json_lines(text: str) -> Iterator[tuple[int, object]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except json.JSONDecodeError as error:
                raise ValueError(f":{number}: not JSON: {error.msg}") from error


def _of_rows(rows: Iterable[tuple[int, object]]) -> Truth:
    """Rows that each label a pair or put an article into a cluster; rows of what is no article (`skip`) say nothing."""
    pairs: list[LabelledPair] = []
    clusters: dict[str, str | None] = {}
    for number, row in rows:
        match row:
            case {"skip": str(reason)} if reason:
                pass
            case {"a": a, "b": b, "label": label, **rest} | {"pair": [a, b], "relation": label, **rest}:
                pairs.append(_pair(number, a, b, label, rest.get("sure", True)))
            case {"id": own, "cluster": str() | int() | None as name} | {"id": own, "story": str() | None as name}:
                if str(own) in clusters:
                    raise ValueError(f':{number}: "{own}" is there twice')
                clusters[str(own)] = None if name is None or name == "" else str(name)
            case _:
                raise ValueError(f":{number}: neither a pair (a, b, label) nor an article of a cluster (id, cluster)")
    return Truth(_once(pairs), clusters or None)


def _pair(number: int, a: object, b: object, label: object, sure: object) -> LabelledPair:
    name = str(label).strip().lower()
    name = _SAME_AS.get(name, name)
    if name not in LABELS:
        raise ValueError(f':{number}: no label is called "{label}"; there are {", ".join((*LABELS, *_SAME_AS))}')
    if str(sure).strip().lower() not in _SURE:
        raise ValueError(f':{number}: sure must be true or false, not "{sure}"')
    if str(a) == str(b):
        raise ValueError(f':{number}: "{a}" is paired with itself')
    return LabelledPair(str(a), str(b), name, _SURE[str(sure).strip().lower()])


def _once(pairs: Iterable[LabelledPair]) -> tuple[LabelledPair, ...]:
    """Each pair, in whichever order its articles are named, once: where it comes first, as it is labelled last."""
    return tuple({frozenset((pair.a, pair.b)): pair for pair in pairs}.values())


def _of_groups(groups: Sequence[Any]) -> Truth:
    """Lists of ids, each of articles of one story; lists that share an article are one story.

    So NEWS-COPY has it (Silcock et al. 2023): an array of all the pairs of one story, with every other article alone.
    """
    for number, group in enumerate(groups, 1):
        if not isinstance(group, list) or len(group) < 2 or not all(isinstance(own, str | int) for own in group):
            raise ValueError(f": group {number} is not a list of two or more ids")
    return Truth(clusters=joined(map(str, group) for group in groups), complete=True)
