"""JSON Lines: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

import orjson

from newsdedup.model.article import Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.encoding import decode
from newsdedup.readers.fields import field_map
from newsdedup.readers.interface import LineReader, Record, Source
from newsdedup.readers.lines import limit_of, lines_of


class JsonLinesReader:
    """One article a line. Records are numbered by line; blank lines are numbered, but are no records."""

    def read(self, source: Source, stream: BinaryIO, params: ReaderParams) -> Iterator[Record]:
        lines = lines_of(stream, limit_of(params.max_record_mb), params.encoding)
        return self.read_lines(source, lines, 0, params)

    def read_lines(
        self, source: Source, lines: Iterable[bytes], first_record: int, params: ReaderParams
    ) -> Iterator[Record]:
        """The records of some lines, none longer than one byte over the limit for a record."""
        limit = limit_of(params.max_record_mb)
        fields, encoding = field_map(params.fields), params.encoding
        for number, line in enumerate(lines, first_record):
            if line.isspace():
                continue
            origin = Origin(source.name, number)
            if len(line) > limit:
                yield Skipped(origin, SkipReason.TOO_LARGE, f"a line of more than {params.max_record_mb:g} MB")
                continue
            try:
                record = load_json(line, encoding)
            except ValueError as error:
                yield Skipped(origin, SkipReason.MALFORMED, f"not JSON: {error}")
                continue
            if isinstance(record, dict):
                yield fields.article(record, f"{source.default_id}#{number}", origin)
            else:
                yield Skipped(origin, SkipReason.NOT_AN_ARTICLE, f"a JSON {type(record).__name__}, not an object")


def load_json(data: bytes, encoding: str | None = None) -> object:
    """The value of JSON, and of JSON with the NaN, half surrogates and bare control characters that some leave in it.

    Raises ValueError if it is not JSON.
    """
    try:
        if encoding is None:
            return orjson.loads(data)
        return orjson.loads(decode(data, encoding))
    except orjson.JSONDecodeError as strict:
        try:
            value: object = json.loads(decode(data, encoding), strict=False)
        except (ValueError, RecursionError):
            raise ValueError(str(strict)) from None
        return _without_half_surrogates(value)


def _without_half_surrogates(value: object) -> object:
    """The value, which came from JSON, with U+FFFD for characters that no encoding can write."""
    text = json.dumps(value, ensure_ascii=False)
    mended: object = json.loads(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    return mended


READER: Final[LineReader] = JsonLinesReader()
