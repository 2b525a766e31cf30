"""A file to its records, through whatever it is packed in; what goes wrong on the way is a record too."""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final, cast

from newsdedup.errors import InputChangedError
from newsdedup.model.article import Article, Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers import READERS
from newsdedup.readers.archives import Member, tar_members, zip_members
from newsdedup.readers.compression import COMPRESSIONS, unpack, unpacked_name
from newsdedup.readers.interface import LineReader, Reader, Record, Source
from newsdedup.readers.limits import Meter
from newsdedup.readers.lines import limit_of, lines_of, reads_lines
from newsdedup.readers.sniff import Refused, container_of, format_of
from newsdedup.readers.streams import HEAD_BYTES, BrokenStreamError, stream_of
from newsdedup.readers.units import Part, Unit, Wanted
from newsdedup.readers.walk import File, printable

CHANGED: Final = "changed while it was read; run again when nothing writes to it"

_SMALL_BYTES: Final = 1_000_000
_MOST_LAYERS: Final = 6
"""Archives in archives in archives; more is no archive anyone made to be read."""


def read_unit(unit: Unit, params: ReaderParams) -> Iterator[Record]:
    """All records of a unit, each once and in order, as articles or as skipped.

    Raises nothing that the input can cause.
    """
    for file in unit.files:
        yield from read_part(file, unit.part, params) if unit.part else read_file(file, params)


def read_again(unit: Unit, params: ReaderParams) -> Iterator[Article]:
    """The articles that are wanted of a unit, in order, each with the id it is to have.

    Reads only the members of archives that hold some and, where each line is a record, parses only the wanted lines.
    Raises InputChangedError if one is not there any more.
    """
    missing = {Origin(source, record) for source, records in unit.wanted.items() for record in records}
    for file in unit.files:
        part = unit.part
        again = read_part(file, part, params, unit.wanted) if part else read_file(file, params, unit.wanted)
        for record in again:
            if isinstance(record, Article) and record.origin in missing:
                missing.remove(record.origin)
                yield replace(record, id=unit.wanted[record.origin.source][record.origin.record])
    if missing:
        raise InputChangedError(f"{min(missing)}: {CHANGED}")


def read_file(file: File, params: ReaderParams, wanted: Wanted | None = None) -> Iterator[Record]:
    """All records of a file, or only the wanted ones."""
    source = Source(file.source, file.default_id)
    try:
        stream = _open(file)
    except OSError as error:
        yield _not_opened(source, error)
        return
    with stream:
        reading = _Reading(params, Meter(file.size, params), wanted)
        yield from reading.records(source, file.source, stream, file.format)


def read_part(file: File, part: Part, params: ReaderParams, wanted: Wanted | None = None) -> Iterator[Record]:
    """The records of some lines of a file whose format has one record a line, or only the wanted ones."""
    source = Source(file.source, file.default_id)
    reader = READERS.load(part.format)
    if not reads_lines(reader):
        raise TypeError(f"{part.format} cannot be read in parts")
    try:
        with Path(file.path).open("rb") as whole:
            whole.seek(part.start)
            lines = lines_of(stream_of(_section(whole, part.stop - part.start)), limit_of(params.max_record_mb))
            if wanted is None:
                records = reader.read_lines(source, lines, part.first_record, params)
            else:
                records = _of_lines(wanted.get(source.name, {}), reader, source, lines, part.first_record, params)
            yield from _guarded(records, source, part.first_record)
    except OSError as error:
        yield _not_opened(source, error)


class _Reading:
    """One file being read: what all the layers of its packing share."""

    def __init__(self, params: ReaderParams, meter: Meter, wanted: Wanted | None) -> None:
        self._params = params
        self._meter = meter
        self._wanted = wanted

    def records(
        self, source: Source, name: str, stream: io.BufferedReader, known_format: str | None = None, layer: int = 0
    ) -> Iterator[Record]:
        """The records of a stream that would be called `name` if it were a file of its own."""
        try:
            head = stream.peek(HEAD_BYTES)[:HEAD_BYTES]
        except Exception as error:  # noqa: BLE001  # unpackers fail in ways of their own on hostile input
            yield _broken(source, 0, error)
            return
        container = None if known_format else container_of(name, head)
        if not head:
            yield Skipped(Origin(source.name), SkipReason.EMPTY, "it has no bytes")
        elif container is None:
            yield from self._leaf(source, stream, known_format or format_of(name, head, self._params.encoding))
        elif layer == _MOST_LAYERS:
            yield Skipped(Origin(source.name), SkipReason.BOMB, f"packed more than {_MOST_LAYERS} times over")
        elif container in COMPRESSIONS:
            unpacked = stream_of(self._meter.count(unpack(container, stream)))
            yield from self.records(source, unpacked_name(name), unpacked, None, layer + 1)
        else:
            yield from self._archive(source, container, stream, layer)

    def _archive(self, source: Source, container: str, stream: io.BufferedReader, layer: int) -> Iterator[Record]:
        members_of = tar_members if container == "tar" else zip_members
        members = members_of(stream, self._meter, hidden=self._params.hidden)
        seen: Counter[str] = Counter()
        try:
            for member in members:
                name = printable(member.name.removeprefix("./"))
                seen[name] += 1
                if seen[name] > 1:  # archives can hold a name twice, but an origin is one record
                    name = f"{name}~{seen[name]}"
                yield from self._member(source, name, member, layer)
                if self._meter.spent:
                    yield Skipped(Origin(source.name), SkipReason.BOMB, "the rest of it was not read")
                    return
        except Exception as error:  # noqa: BLE001  # unpackers fail in ways of their own on hostile input
            yield _broken(source, 0, error)
            return
        if not seen:
            yield Skipped(Origin(source.name), SkipReason.EMPTY, "an archive without files")

    def _member(self, source: Source, name: str, member: Member, layer: int) -> Iterator[Record]:
        inner = Source(f"{source.name}!{name}", f"{source.default_id}!{name}")
        if self._wanted is not None and inner.name not in self._wanted:
            return
        if isinstance(member.content, Refused):
            yield Skipped(Origin(inner.name), member.content.reason, member.content.detail)
        else:
            yield from self.records(inner, name, member.content, None, layer + 1)

    def _leaf(self, source: Source, stream: io.BufferedReader, found: str | Refused) -> Iterator[Record]:
        if isinstance(found, Refused):
            yield Skipped(Origin(source.name), found.reason, found.detail)
            return
        reader = READERS.load(found)
        if self._wanted is None:
            yield from _guarded(reader.read(source, stream, self._params), source, 0, whole=True)
        elif records := self._wanted.get(source.name):
            yield from _guarded(self._only(records, reader, source, stream), source, 0)

    def _only(self, wanted: Mapping[int, str], reader: Reader, source: Source, stream: BinaryIO) -> Iterator[Record]:
        if reads_lines(reader):
            lines = lines_of(stream, limit_of(self._params.max_record_mb), self._params.encoding)
            return _of_lines(wanted, reader, source, lines, 0, self._params)
        records = reader.read(source, stream, self._params)
        return (record for record in records if record.origin.record in wanted)


def _of_lines(
    wanted: Mapping[int, str],
    reader: LineReader,
    source: Source,
    lines: Iterable[bytes],
    first: int,
    params: ReaderParams,
) -> Iterator[Record]:
    """The wanted records of some lines, of which the first is record `first`; no others are parsed."""
    last = max(wanted, default=-1)
    for number, line in enumerate(lines, first):
        if number > last:
            return
        if number in wanted:
            yield from reader.read_lines(source, (line,), number, params)


def _guarded(records: Iterator[Record], source: Source, first_record: int, *, whole: bool = False) -> Iterator[Record]:
    """The records of a reader, and one more in place of whatever it raises, so that one bad file cannot stop a run."""
    following = first_record
    try:
        for record in records:
            following = record.origin.record + 1
            yield record
    except Exception as error:  # noqa: BLE001  # extractors fail in ways of their own on hostile input
        yield _broken(source, following, error)
        return
    if whole and following == first_record:
        yield Skipped(Origin(source.name), SkipReason.EMPTY, "it holds no records")


def _broken(source: Source, record: int, error: Exception) -> Skipped:
    origin = Origin(source.name, record)
    match error:
        case BrokenStreamError():
            return Skipped(origin, error.reason, error.detail)
        case OSError():
            return Skipped(origin, SkipReason.UNREADABLE, error.strerror or str(error))
        case _:
            return Skipped(origin, SkipReason.MALFORMED, f"{type(error).__name__}: {error}".removesuffix(": "))


def _not_opened(source: Source, error: OSError) -> Skipped:
    reason = SkipReason.VANISHED if isinstance(error, FileNotFoundError) else SkipReason.UNREADABLE
    return Skipped(Origin(source.name), reason, error.strerror or str(error))


def _open(file: File) -> io.BufferedReader:
    """The file as a stream whose head can be peeked at; a small one is read at once, which takes fewer system calls."""
    if file.size > _SMALL_BYTES:
        return io.BufferedReader(io.FileIO(file.path), HEAD_BYTES)
    descriptor = os.open(file.path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        data = os.read(descriptor, file.size + 1)
        if len(data) != file.size:  # it changed, or the system gives it piecemeal
            rest = iter(lambda: os.read(descriptor, HEAD_BYTES), b"")
            data += b"".join(rest)
    finally:
        os.close(descriptor)
    return io.BufferedReader(cast("io.RawIOBase", io.BytesIO(data)), HEAD_BYTES)


def _section(stream: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0 and (chunk := stream.read(min(size, HEAD_BYTES))):
        size -= len(chunk)
        yield chunk
