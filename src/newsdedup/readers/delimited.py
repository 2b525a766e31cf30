"""Tables: CSV and TSV, one article a row, with the names of the columns in the first."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import zip_longest
from typing import BinaryIO, Final

from newsdedup.model.article import Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.encoding import decode
from newsdedup.readers.fields import field_map
from newsdedup.readers.interface import Reader, Record, Source
from newsdedup.readers.lines import limit_of, lines_of

_DELIMITERS: Final = (",", ";", "\t", "|")


class TableReader:
    """Rows are numbered from 0, without the header; empty rows are no records.

    A row of too few fields lacks the last columns; one of too many is skipped, because nobody can say which is which.
    The delimiter is the one the header has most of; where it has none, `delimiter`.
    """

    def __init__(self, delimiter: str) -> None:
        self._delimiter = delimiter

    def read(self, source: Source, stream: BinaryIO, params: ReaderParams) -> Iterator[Record]:
        table = _Table(stream, params)
        header = [name.strip() for name in table.header(self._delimiter)]
        fields = field_map(params.fields)
        if not fields.can_hold_text(tuple(header)):
            detail = f"no column holds a text (columns: {', '.join(header[:12])})"
            yield Skipped(Origin(source.name), SkipReason.NOT_AN_ARTICLE, detail)
            return
        for number, row in enumerate(table.rows()):
            origin = Origin(source.name, number)
            if isinstance(row, str):
                yield Skipped(origin, SkipReason.TOO_LARGE if table.overlong else SkipReason.MALFORMED, row)
            elif any(row[len(header) :]):
                detail = f"a row of {len(row)} fields under a header of {len(header)}"
                yield Skipped(origin, SkipReason.MALFORMED, detail)
            else:
                record = dict(zip_longest(header, row[: len(header)], fillvalue=""))
                yield fields.article(record, f"{source.default_id}#{number}", origin)


class _Table:
    """The rows of a stream, and whether the last of them was longer than a record may be."""

    def __init__(self, stream: BinaryIO, params: ReaderParams) -> None:
        self._limit = limit_of(params.max_record_mb)
        self._max_mb = params.max_record_mb
        self._encoding = params.encoding
        self._lines = lines_of(stream, self._limit, params.encoding)
        self._delimiter = ","
        self.overlong = False

    def header(self, default_delimiter: str) -> list[str]:
        """The names of the columns: the first row that is not empty."""
        for line in self._decoded():
            if line.strip():
                counts = {delimiter: line.count(delimiter) for delimiter in (default_delimiter, *_DELIMITERS)}
                self._delimiter = max(counts, key=lambda delimiter: counts[delimiter])
                return next(csv.reader([line], delimiter=self._delimiter), [])
        return []

    def rows(self) -> Iterator[list[str] | str]:
        """Each row that is not empty, or what is wrong with it."""
        csv.field_size_limit(self._limit)
        rows = csv.reader(self._decoded(), delimiter=self._delimiter)
        while True:
            self.overlong = False
            try:
                row = next(rows, None)
            except csv.Error as error:
                self.overlong = self.overlong or "limit" in str(error)
                yield f"a row of more than {self._max_mb:g} MB" if self.overlong else str(error)
                continue
            if row is None:
                return
            if self.overlong:
                yield f"a row of more than {self._max_mb:g} MB"
            elif any(row):
                yield row

    def _decoded(self) -> Iterator[str]:
        for line in self._lines:
            if len(line) > self._limit:
                self.overlong = True
                yield "\n"
            else:
                yield decode(line, self._encoding)


CSV: Final[Reader] = TableReader(",")
TSV: Final[Reader] = TableReader("\t")
