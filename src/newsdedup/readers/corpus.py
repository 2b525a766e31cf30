"""All the input of a run: what there is to read, in pieces for several workers, and how to find an article again."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, Self

from newsdedup.errors import InputChangedError, InputError
from newsdedup.model.article import Article, Origin, Skipped
from newsdedup.plan import ReaderParams
from newsdedup.readers.fast_page import check_installed
from newsdedup.readers.reading import read_file, read_unit
from newsdedup.readers.units import Part, Unit, units_of, unpacked_bytes
from newsdedup.readers.walk import File, printable, walk

__all__ = ["STDIN", "FileCorpus", "Part", "Unit", "read_unit"]

_CHANGED = "changed while it was read; run again when nothing writes to it"

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

    def select(self, wanted: Mapping[Origin, str]) -> Iterator[Article]:
        """Read the wanted articles again, in the order of the corpus, each with the id it is mapped to.

        Reads only the files that hold wanted articles and, where each line is one, parses only the wanted lines.

        Raises InputChangedError if an article is not there any more.
        """
        by_source: dict[str, set[int]] = defaultdict(set)
        for origin in wanted:
            by_source[origin.source].add(origin.record)
            for container in _containers(origin.source):
                by_source[container]  # so that the archive is opened
        missing = set(wanted)
        for file in self._files:
            if file.source not in by_source:
                continue
            _check_unchanged(file)
            for record in read_file(file, self._params, by_source):
                if isinstance(record, Article) and record.origin in missing:
                    missing.remove(record.origin)
                    yield replace(record, id=wanted[record.origin])
        if missing:
            raise InputChangedError(f"{min(missing)}: {_CHANGED}")

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
        raise InputChangedError(f"{file.source}: {_CHANGED}")


def _containers(source: str) -> Iterator[str]:
    """The names that may be those of archives around `source`: `a.zip` and `a.zip!b.tar` for `a.zip!b.tar!c.txt`."""
    at = source.find("!")
    while at >= 0:
        yield source[:at]
        at = source.find("!", at + 1)
