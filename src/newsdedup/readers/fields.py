"""A record with named fields to an article: what JSON, CSV and front matter have in common."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from newsdedup.model.article import Article, Origin, Skipped, SkipReason
from newsdedup.plan import FieldNames
from newsdedup.readers import ninjs
from newsdedup.readers.dates import MOST_DATE_CHARS, parse_date
from newsdedup.readers.interface import Record
from newsdedup.readers.management import parse_status, parse_urgency

_Path = tuple[str, ...]
"""The keys that lead to a value: the first as it is spelt in the record, those below it in lower case."""

_KEYS_OF_NAMES: Final = ("name", "title", "label")


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where records with one set of keys hold what, each in the order of preference."""

    text: tuple[_Path, ...]
    labels: tuple[tuple[str, Callable[[object], object], tuple[_Path, ...]], ...]
    """Arguments of `Article`, how to make one of a value, and where it may stand; only those there are keys for."""
    ninjs: bool
    """Whether the records are IPTC's news in JSON, whose fields mean what the standard says."""


class FieldMap:
    """Takes records apart by the configured names. The layout is worked out once for each set of keys."""

    def __init__(self, names: FieldNames) -> None:
        self._names = names
        self._layout = lru_cache(maxsize=1024)(self._work_out)

    def article(self, record: Mapping[str, object], default_id: str, origin: Origin) -> Record:
        """The article that a record is, or why it is none."""
        layout = self._layout(tuple(record))
        if layout.ninjs:
            return _ninjs_article(record, default_id, origin)
        if not layout.text:
            keys = ", ".join(map(str, list(record)[:12])) or "none"
            return Skipped(origin, SkipReason.NOT_AN_ARTICLE, f"no field holds a text (fields: {keys})")
        for path in layout.text:
            if text := _text(_value(record, path)):
                labels = _labels(record, layout)
                return Article(id=labels.pop("id", default_id), text=text, origin=origin, **labels)
        return Skipped(origin, SkipReason.NO_TEXT, f"nothing in {', '.join('.'.join(path) for path in layout.text)}")

    def labels(self, record: Mapping[str, object]) -> dict[str, Any]:
        """What a record tells of an article besides its text, as arguments for `Article`; only what is known."""
        return _labels(record, self._layout(tuple(record)))

    def can_hold_text(self, keys: tuple[str, ...]) -> bool:
        """Whether records with these keys have a field for the text."""
        layout = self._layout(keys)
        return layout.ninjs or bool(layout.text)

    def wanted(self, keys: tuple[str, ...]) -> list[str]:
        """Of these keys those that an article can take something from, in their order."""
        layout = self._layout(keys)
        if layout.ninjs:
            return list(keys)
        first = {path[0] for paths in (layout.text, *(label[2] for label in layout.labels)) for path in paths}
        return [key for key in keys if key in first]

    def _work_out(self, keys: tuple[str, ...]) -> _Layout:
        spelt = {
            key.lower(): key for key in reversed(keys) if isinstance(key, str)
        }  # of two spellings the first counts
        labels = [(name, convert, self._paths(name, spelt)) for name, convert in _CONVERTERS.items()]
        return _Layout(
            self._paths("text", spelt),
            tuple(label for label in labels if label[2]),
            self._names is not ninjs.NAMES and ninjs.is_ninjs(keys),
        )

    def _paths(self, name: str, spelt: Mapping[str, str]) -> tuple[_Path, ...]:
        wanted: tuple[str, ...] = getattr(self._names, name)
        paths: list[_Path] = []
        for dotted in map(str.lower, wanted):
            first, _, rest = dotted.partition(".")
            if dotted in spelt:
                paths.append((spelt[dotted],))
            elif rest and first in spelt:
                paths.append((spelt[first], *rest.split(".")))
        return tuple(paths)


field_map: Final = lru_cache(maxsize=8)(FieldMap)
"""The map for some names, shared so that its layouts are."""


def _ninjs_article(item: Mapping[str, object], default_id: str, origin: Origin) -> Record:
    record = field_map(ninjs.NAMES).article(ninjs.plain_record(item), default_id, origin)
    if isinstance(record, Skipped) and (kind := ninjs.kind_of(item)) not in {"", "text", "composite"}:
        return Skipped(origin, SkipReason.NOT_AN_ARTICLE, f"a ninjs {kind} without a text of its own")
    return record


def _labels(record: Mapping[str, object], layout: _Layout) -> dict[str, Any]:
    labels: dict[str, Any] = {}
    for name, convert, paths in layout.labels:
        for path in paths:
            if found := convert(_value(record, path)):
                labels[name] = found
                break
        else:
            if name == "published" and (unread := _first_text(record, paths)):
                labels["date_text"] = unread
    return labels


def _first_text(record: Mapping[str, object], paths: tuple[_Path, ...]) -> str:
    return next(filter(None, (_line(_value(record, path))[:MOST_DATE_CHARS] for path in paths)), "")


def _value(record: Mapping[str, object], path: _Path) -> object:
    value = record[path[0]]
    for key in path[1:]:
        if not isinstance(value, dict):
            return None
        value = next((inner for name, inner in value.items() if str(name).lower() == key), None)
    return value


def _text(value: object) -> str:
    """Text as it stands; of a list of paragraphs, the paragraphs. Empty if nothing in it can be seen."""
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        value = "\n\n".join(value)
    return value if isinstance(value, str) and not value.isspace() else ""


def _word(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        return ""
    return str(value)


def _line(value: object) -> str:
    """The name in a value, on one line: text, `{"name": text}` or a list of those."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return ", ".join(filter(None, map(_one_line, value)))
    return _one_line(value)


def _one_line(value: object) -> str:
    if isinstance(value, dict):
        value = next((value[key] for key in _KEYS_OF_NAMES if value.get(key)), None)
    return " ".join(_word(value).split())


_CONVERTERS: Final[dict[str, Callable[[object], object]]] = {
    "id": _word,
    "title": _line,
    "byline": _line,
    "dateline": _line,
    "publisher": _line,
    "credit": _line,
    "published": parse_date,
    "url": _word,
    "language": _word,
    "slug": _word,
    "guid": _word,
    "version": _word,
    "version_created": parse_date,
    "status": parse_status,
    "urgency": parse_urgency,
    "editor_note": _line,
}
