"""Pieces of work of like size for several workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from newsdedup.plan import ReaderParams
from newsdedup.readers import READERS
from newsdedup.readers.compression import SUFFIXES as COMPRESSED_SUFFIXES
from newsdedup.readers.encoding import wide_encoding
from newsdedup.readers.lines import reads_lines
from newsdedup.readers.sniff import container_of, format_of
from newsdedup.readers.streams import HEAD_BYTES
from newsdedup.readers.walk import File

UNIT_BYTES: Final = 2_000_000
UNIT_FILES: Final = 256
_SCAN_BYTES: Final = 1 << 20
PACKED_WEIGHT: Final = 4
"""What a packed file may be expected to unpack to, in times its size."""
_PACKED_SUFFIXES: Final = (*COMPRESSED_SUFFIXES, ".zip", ".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".tzst")


@dataclass(frozen=True, slots=True)
class Part:
    """Whole lines of a file: its bytes `start:stop`, the first line being record `first_record`."""

    start: int
    stop: int
    first_record: int
    format: str


Wanted = Mapping[str, Mapping[int, str]]
"""The records that are wanted of each source, with the ids they are to have; what they are packed in is named too."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of work: some files, or a part of one."""

    files: tuple[File, ...]
    part: Part | None = None
    wanted: Wanted = field(default_factory=dict)
    """Where a unit is read again: all that is wanted of it."""

    @property
    def size_bytes(self) -> int:
        """Bytes to be read from disk."""
        if self.part:
            return self.part.stop - self.part.start
        return sum(file.size for file in self.files)


def units_of(files: Iterable[File], params: ReaderParams) -> Iterator[Unit]:
    """The files in their order: small ones together, large ones of one record a line in parts, others alone."""
    batch: list[File] = []
    batch_bytes = 0
    for file in files:
        work = unpacked_bytes(file)
        if batch and (len(batch) == UNIT_FILES or batch_bytes + work > UNIT_BYTES):
            yield Unit(tuple(batch))
            batch, batch_bytes = [], 0
        if work > UNIT_BYTES:
            yield from _units_of_large(file, params)
        else:
            batch.append(file)
            batch_bytes += work
    if batch:
        yield Unit(tuple(batch))


def unpacked_bytes(file: File) -> int:
    """What a file may be expected to hold, told by its size and name."""
    return file.size * (PACKED_WEIGHT if file.source.lower().endswith(_PACKED_SUFFIXES) else 1)


def _units_of_large(file: File, params: ReaderParams) -> Iterator[Unit]:
    line_format = _line_format(file, params) if file.size > UNIT_BYTES else None
    if line_format is None:
        yield Unit((file,))
    else:
        for part in _parts(file, line_format):
            yield Unit((file,), part)


def _line_format(file: File, params: ReaderParams) -> str | None:
    """The format of a file that can be cut into parts: one record a line, and a newline is one byte."""
    try:
        with Path(file.path).open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    except OSError:  # the worker meets the same and reports it
        return None
    if not head or wide_encoding(head, params.encoding) or container_of(file.source, head):
        return None
    found = file.format or format_of(file.source, head, params.encoding)
    return found if isinstance(found, str) and reads_lines(READERS.load(found)) else None


def _parts(file: File, line_format: str) -> Iterator[Part]:
    """Parts of about UNIT_BYTES that end where a line ends, the last where the file does."""
    start = position = record = lines = 0
    with Path(file.path).open("rb", buffering=0) as stream:
        while block := stream.read(_SCAN_BYTES):
            lines += block.count(b"\n")
            end = block.rfind(b"\n") + 1
            if end and position + end - start >= UNIT_BYTES:
                yield Part(start, position + end, record, line_format)
                start, record, lines = position + end, record + lines, 0
            position += len(block)
    if position > start:
        yield Part(start, position, record, line_format)
