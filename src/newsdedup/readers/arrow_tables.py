"""Parquet, Arrow and Feather: tables of one article a row, read some rows at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from newsdedup.errors import MissingExtraError
from newsdedup.model.article import Article, Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.fields import FieldMap, field_map
from newsdedup.readers.interface import Reader, Record, Source
from newsdedup.readers.lines import limit_of
from newsdedup.readers.streams import MEGABYTE, BrokenStreamError, seekable

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS: Final = 256
"""Rows that are held at once."""
_ROW_BYTES: Final = 64
"""What a row counts for beside its text; a few bytes of a table can stand for a billion empty rows."""
_ARROW_FILE: Final = b"ARROW1"
_Batches = Callable[[BinaryIO, FieldMap], "Iterator[pa.RecordBatch]"]


class TableReader:
    """Rows are numbered from 0. Only columns that can hold something of an article are read."""

    def __init__(self, batches: _Batches) -> None:
        self._batches = batches

    def read(self, source: Source, stream: BinaryIO, params: ReaderParams) -> Iterator[Record]:
        try:
            import pyarrow as pa  # noqa: PLC0415  # an extra
        except ImportError:
            missing = MissingExtraError("pyarrow", "parquet", "reading Parquet and Arrow files")
            yield Skipped(Origin(source.name), SkipReason.UNSUPPORTED, str(missing))
            return
        fields = field_map(params.fields)
        number = 0
        unpacked = 0
        try:
            with seekable(stream) as table:
                for row in _rows(self._batches(table, fields)):
                    record = _article(row, f"{source.default_id}#{number}", Origin(source.name, number), params)
                    unpacked += _ROW_BYTES + (len(record.text) if isinstance(record, Article) else 0)
                    if unpacked > params.max_archive_mb * MEGABYTE:
                        detail = f"unpacks to more than {params.max_archive_mb:g} MB"
                        raise BrokenStreamError(SkipReason.BOMB, detail)
                    yield record
                    number += 1
        except (pa.ArrowException, OSError) as error:
            reason = SkipReason.TRUNCATED if number else SkipReason.MALFORMED
            raise BrokenStreamError(reason, f"the table cannot be read: {error}") from None


def _rows(batches: Iterable[pa.RecordBatch]) -> Iterator[dict[str, Any] | str]:
    """The rows of batches; what is wrong in place of one that holds what Python cannot, such as the year 10000."""
    for batch in batches:
        try:
            rows = batch.to_pylist()
        except (ValueError, ArithmeticError):
            rows = [_row(batch.slice(index, 1)) for index in range(batch.num_rows)]
        yield from rows


def _row(batch: pa.RecordBatch) -> dict[str, Any] | str:
    try:
        row: dict[str, Any] = batch.to_pylist()[0]
    except (ValueError, ArithmeticError) as error:
        return f"a row that cannot be read: {error}"
    return row


def _article(row: dict[str, Any] | str, default_id: str, origin: Origin, params: ReaderParams) -> Record:
    if isinstance(row, str):
        return Skipped(origin, SkipReason.MALFORMED, row)
    record = field_map(params.fields).article(row, default_id, origin)
    if isinstance(record, Article) and len(record.text) > limit_of(params.max_record_mb):
        return Skipped(origin, SkipReason.TOO_LARGE, f"a row of more than {params.max_record_mb:g} MB")
    return record


def _parquet_batches(table: BinaryIO, fields: FieldMap) -> Iterator[pa.RecordBatch]:
    from pyarrow import parquet  # noqa: PLC0415

    with parquet.ParquetFile(table, pre_buffer=False) as file:
        names = file.schema_arrow.names
        columns = fields.wanted(tuple(names)) or names[:1]
        yield from file.iter_batches(_ROWS, columns=columns, use_threads=False)


def _arrow_batches(table: BinaryIO, fields: FieldMap) -> Iterator[pa.RecordBatch]:
    from pyarrow import feather, ipc  # noqa: PLC0415

    magic = table.read(len(_ARROW_FILE))
    table.seek(0)
    if magic == _ARROW_FILE:
        with ipc.open_file(table) as file:
            for index in range(file.num_record_batches):
                yield from _in_rows(file.get_batch(index), fields)
    elif magic.startswith(b"FEA1"):
        for batch in feather.read_table(table, use_threads=False).to_batches():
            yield from _in_rows(batch, fields)
    else:
        with ipc.open_stream(table) as batches:
            for batch in batches:
                yield from _in_rows(batch, fields)


def _in_rows(batch: pa.RecordBatch, fields: FieldMap) -> Iterator[pa.RecordBatch]:
    batch.validate(full=True)
    names = batch.schema.names
    columns = batch.select(fields.wanted(tuple(names)) or names[:1])
    for start in range(0, batch.num_rows, _ROWS):
        yield columns.slice(start, _ROWS)


PARQUET: Final[Reader] = TableReader(_parquet_batches)
ARROW: Final[Reader] = TableReader(_arrow_batches)
