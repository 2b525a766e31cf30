"""JSON: one article, a list of them, or an object that holds such a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from newsdedup.model.article import Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.fields import FieldMap, field_map
from newsdedup.readers.interface import Reader, Record, Source
from newsdedup.readers.json_lines import JsonLinesReader, load_json
from newsdedup.readers.streams import read_whole

LIST_KEYS: Final = ("articles", "items", "data", "docs", "documents", "results", "hits", "entries", "posts", "stories")
"""Under these keys an object holds its articles, sooner than under others."""


class JsonReader:
    """A list of articles is numbered from 0; an object that is itself an article keeps the file's id."""

    def read(self, source: Source, stream: BinaryIO, params: ReaderParams) -> Iterator[Record]:
        origin = Origin(source.name)
        data = read_whole(stream, params.max_document_mb)
        if data is None:
            detail = f"a JSON document of more than {params.max_document_mb:g} MB; JSON Lines can be of any size"
            yield Skipped(origin, SkipReason.TOO_LARGE, detail)
            return
        try:
            value = load_json(data.removeprefix(b"\xef\xbb\xbf"), params.encoding)
        except ValueError as error:
            if _is_json_lines(data):
                lines = (line + b"\n" for line in data.split(b"\n"))
                yield from JsonLinesReader().read_lines(source, lines, 0, params)
            else:
                yield Skipped(origin, SkipReason.MALFORMED, f"not JSON: {error}")
            return
        fields = field_map(params.fields)
        articles = _articles_in(value, fields)
        if articles is not None:
            yield from _read_list(articles, source, fields)
        elif isinstance(value, dict):
            yield fields.article(value, source.default_id, origin)
        else:
            yield Skipped(origin, SkipReason.NOT_AN_ARTICLE, f"a JSON {type(value).__name__}, not an object or a list")


def _read_list(articles: list[object], source: Source, fields: FieldMap) -> Iterator[Record]:
    for number, record in enumerate(articles):
        origin = Origin(source.name, number)
        if isinstance(record, dict):
            yield fields.article(record, f"{source.default_id}#{number}", origin)
        else:
            yield Skipped(origin, SkipReason.NOT_AN_ARTICLE, f"a JSON {type(record).__name__}, not an object")


def _articles_in(value: object, fields: FieldMap, depth: int = 2) -> list[object] | None:
    """The list of articles that a document is or holds."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or depth == 0:
        return None
    by_key = {str(key).lower(): inner for key, inner in value.items()}
    for key in LIST_KEYS:  # {"hits": {"hits": [...]}} is how search engines answer
        inner = _articles_in(by_key[key], fields, depth - 1) if key in by_key else None
        if inner is not None and (inner == [] or _are_articles(inner, fields)):
            return inner
    if fields.can_hold_text(tuple(value)):
        return None
    lists = [inner for inner in value.values() if isinstance(inner, list) and _are_articles(inner, fields)]
    return lists[0] if len(lists) == 1 else None


def _are_articles(values: list[object], fields: FieldMap) -> bool:
    return any(isinstance(value, dict) and fields.can_hold_text(tuple(value)) for value in values)


def _is_json_lines(data: bytes) -> bool:
    """Whether one of the first lines is an object by itself, though the whole is not."""
    if not data.lstrip().startswith(b"{"):
        return False
    for line in data.split(b"\n", 4)[:4]:
        try:
            if isinstance(load_json(line), dict):
                return True
        except ValueError:
            continue
    return False


READER: Final[Reader] = JsonReader()
