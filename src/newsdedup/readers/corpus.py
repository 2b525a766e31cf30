"""All the input of a run: what there is to read, in pieces for several workers, and how to find an article again."""

from __future__ import annotations

import shutil
import tempfile
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, Self

from newsdedup.errors import InputChangedError, InputError
from newsdedup.model.article import Article, Origin, Skipped
from newsdedup.plan import ReaderParams
from newsdedup.readers.fast_page import check_installed
from newsdedup.readers.reading import CHANGED, read_again, read_unit
from newsdedup.readers.units import Part, Unit, units_of, unpacked_bytes
from newsdedup.readers.walk import File, printable, walk

__all__ = ["STDIN", "FileCorpus", "Part", "Unit", "read_unit"]

STDIN = "-"
"""The path that stands for standard input, which holds JSON Lines."""


class FileCorpus:
    """The files below some paths. It holds their names and sizes, never their content."""

    def __init__(
        self,
        inputs: tuple[str, ...],
        files: tuple[File, ...],
        found: tuple[Skipped, ...],
        params: ReaderParams,
        spool: IO[bytes] | None = None,
    ) -> None:
        self.inputs = inputs
        """The paths as they were given, sorted."""
        self.read_unit = read_unit
        self.read_again = read_again
        self.found = found
        """What the walk over the folders had to skip."""
        self._files = files
        self._params = params
        self._spool = spool

    @classmethod
    def open(
        cls,
        paths: Sequence[str],
        params: ReaderParams,
        *,
        exclude: Sequence[Path] = (),
        stdin: BinaryIO | None = None,
    ) -> Self:
        """Walk `paths`; `-` stands for `stdin`, which is kept in a temporary file until the corpus is closed.

        Raises InputError if a path does not exist, or `-` is given without `stdin`, and MissingExtraError if `params`
        need what is not installed.
        """
        if params.html.extractor == "fast":
            check_installed()
        walked = walk([path for path in paths if path != STDIN], hidden=params.hidden, exclude=exclude)
        inputs = tuple(sorted(map(printable, set(paths))))
        if STDIN not in paths:
            return cls(inputs, walked.files, walked.skipped, params)
        if stdin is None:
            raise InputError(f"{STDIN}: there is no standard input to read")
        spool = tempfile.NamedTemporaryFile(prefix="newsdedup-", suffix=".jsonl")  # noqa: SIM115  # closed by `close`
        shutil.copyfileobj(stdin, spool)
        spool.flush()
        piped = File(spool.name, STDIN, "stdin", spool.tell(), format="jsonl")
        files = tuple(sorted((piped, *walked.files), key=lambda file: file.source))
        return cls(inputs, files, walked.skipped, params, spool)

    @property
    def files(self) -> int:
        """How many files there are to read."""
        return len(self._files)

    @property
    def size_bytes(self) -> int:
        """Bytes of all files on disk, packed as they are."""
        return sum(file.size for file in self._files)

    @property
    def unpacked_bytes(self) -> int:
        """Bytes of all files, those that are packed as what they may be expected to hold."""
        return sum(map(unpacked_bytes, self._files))

    def units(self) -> Iterator[Unit]:
        """All there is to read, in order; the same each time."""
        return units_of(self._files, self._params)

    def units_again(self, wanted: Mapping[Origin, str]) -> Iterator[Unit]:
        """What there is to read again for the wanted articles, in order.

        Raises InputChangedError if what holds one is not as it was.
        """
        by_file = self._by_file(wanted)
        units = list(units_of([file for file in self._files if file.source in by_file], self._params))
        for file in (file for unit in units for file in unit.files):
            _check_unchanged(file)
        numbers: list[int] = []
        for unit, following in zip_longest(units, units[1:]):
            if unit.part is None:
                held = {source: records for file in unit.files for source, records in by_file[file.source].items()}
            else:
                source = unit.files[0].source
                records = by_file[source][source]
                if unit.part.start == 0:
                    numbers = sorted(records)
                after = following.part if following and following.files == unit.files else None
                first = bisect_left(numbers, unit.part.first_record)
                stop = bisect_left(numbers, after.first_record) if after else len(numbers)
                held = {source: {number: records[number] for number in numbers[first:stop]}}
            if any(held.values()):
                yield replace(unit, wanted=held)

    def select(self, wanted: Mapping[Origin, str]) -> Iterator[Article]:
        """Read the wanted articles again, in the order of the corpus, each with the id it is mapped to.

        Raises InputChangedError if an article is not there any more.
        """
        for unit in self.units_again(wanted):
            yield from read_again(unit, self._params)

    def _by_file(self, wanted: Mapping[Origin, str]) -> Mapping[str, Mapping[str, dict[int, str]]]:
        """Of each file, by name, the wanted records of it and of what is packed in it, with their ids."""
        names = {file.source for file in self._files}
        by_file: dict[str, dict[str, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
        for origin, own in wanted.items():
            packed_in = list(_containers(origin.source))
            holding = names.intersection((*packed_in, origin.source))
            if not holding:
                raise InputChangedError(f"{origin}: {CHANGED}")
            for name in holding:
                by_file[name][origin.source][origin.record] = own
                for container in packed_in:
                    by_file[name][container]  # so that the archive is opened
        return by_file

    def close(self) -> None:
        """Remove what was kept of standard input."""
        if self._spool:
            self._spool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _check_unchanged(file: File) -> None:
    try:
        status = Path(file.path).stat()
    except OSError:
        return  # that its articles are missing is told when all was read
    if file.modified_ns is not None and (status.st_size, status.st_mtime_ns) != (file.size, file.modified_ns):
        raise InputChangedError(f"{file.source}: {CHANGED}")


def _containers(source: str) -> Iterator[str]:
    """The names that may be those of archives around `source`: `a.zip` and `a.zip!b.tar` for `a.zip!b.tar!c.txt`."""
    at = source.find("!")
    while at >= 0:
        yield source[:at]
        at = source.find("!", at + 1)
