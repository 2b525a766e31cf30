"""report.json: everything a report holds, to be read back. Its shape is in `report.schema.json`.

One JSON object, with one record on each line so that a report of any size is written and read back in a stream.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Generic, TypeVar

import numpy as np

from newsdedup.errors import ReportFormatError
from newsdedup.model.catalog import Catalog
from newsdedup.model.match import RELATIONS, MatchTable, Relation
from newsdedup.model.report import REPORT_FORMAT, Entry, Link, Report
from newsdedup.stages.text.wire import filing_of
from newsdedup.writers import forms
from newsdedup.writers.forms import Form
from newsdedup.writers.jsonl import from_line, to_line

T = TypeVar("T")

_FIRST_LINE = re.compile(rb'\{"newsdedup_report":(\d{1,9}),\n')
_HEADER = b'"header":'
_LAST_BYTES = b"\n]\n}\n"


class ReportJson:
    """Writes report.json."""

    texts = True

    def renderer(self, _report: Report) -> Callable[[Entry], bytes]:
        return _entry_line

    def begin(self, folder: Path, report: Report) -> None:
        self._file = (folder / "report.json").open("wb")
        self._file.write(b'{"newsdedup_report":%d,\n' % REPORT_FORMAT)
        self._file.write(_HEADER + to_line(forms.header_form(report.header)))
        self._section("articles", map(forms.ref_form, report.catalog))
        self._section("clusters", map(forms.cluster_form, report.clusters))
        self._section("skipped", map(forms.skipped_form, report.skipped))
        self._section("matches", forms.match_forms(report.matches))
        if report.withdrawn:
            self._section("withdrawn", map(forms.withdrawal_form, report.withdrawn))
        self._open_section("entries")
        self._in_links = False

    def entry(self, rendered: bytes) -> None:
        self._record(rendered)

    def link(self, link: Link) -> None:
        self._to_links()
        self._record(to_line(forms.link_form(link)))

    def end(self) -> None:
        with self._file:
            self._to_links()
            self._file.write(b"\n]\n}\n")

    def _to_links(self) -> None:
        if not self._in_links:
            self._in_links = True
            self._file.write(b"\n]")
            self._open_section("links")

    def _section(self, name: str, records: Iterable[Form]) -> None:
        self._open_section(name)
        for record in records:
            self._record(to_line(record))
        self._file.write(b"\n]")

    def _open_section(self, name: str) -> None:
        self._file.write(b',\n"%s":[' % name.encode())
        self._separator = b"\n"

    def _record(self, line: bytes) -> None:
        self._file.write(self._separator + line)
        self._separator = b",\n"


def _entry_line(entry: Entry) -> bytes:
    return to_line(forms.entry_form(entry))


def read_report(path: Path) -> Report:
    """A report as `ReportJson` wrote it; its entries and links stream from the file, as often as they are asked for.

    Raises ReportFormatError for a file that is not a report, is cut short, is damaged, or is of a newer format: at
    once, or for damage among entries and links when they are reached. Raises OSError if it cannot be read at all.
    """
    with path.open("rb") as file:
        _check_ends(path, file)
        lines = _Lines(path, file)
        lines.next()  # looked at already
        with lines.blamed():
            header = forms.header_from(_header_of(lines.next()))
        articles = list(lines.section("articles", forms.ref_from))
        with lines.blamed():
            catalog = Catalog.of(articles, [filing_of(article).filing for article in articles])
        clusters = tuple(lines.section("clusters", forms.cluster_from))
        skipped = tuple(lines.section("skipped", forms.skipped_from))
        matches = _match_table(catalog, lines)
        withdrawn = tuple(lines.optional_section("withdrawn", "entries", forms.withdrawal_from))
    by_id = {cluster.id: cluster for cluster in clusters}
    return Report(
        header=header,
        catalog=catalog,
        clusters=clusters,
        matches=matches,
        entries=_Streamed(path, "entries", lambda form: forms.entry_from(form, by_id)),
        links=_Streamed(path, "links", forms.link_from),
        skipped=skipped,
        withdrawn=withdrawn,
    )


@dataclass(frozen=True, slots=True)
class _Streamed(Generic[T]):
    """One section of a report, read anew each time it is iterated."""

    path: Path
    name: str
    read: Callable[[Form], T]

    def __iter__(self) -> Iterator[T]:
        with self.path.open("rb") as file:
            lines = _Lines(self.path, file)
            lines.skip_to(self.name)
            yield from lines.records(self.read)


class _Lines:
    """The lines of a report, counted, so that an error can say where it stands."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path = path
        self._file = file
        self._number = 0

    def next(self) -> bytes:
        self._number += 1
        return self._file.readline()

    @contextmanager
    def blamed(self) -> Iterator[None]:
        """Tell what a damaged record raises as an error of this line."""
        try:
            yield
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError) as error:
            raise ReportFormatError(
                f"{self._path}:{self._number}: is not as newsdedup writes it "
                f"({type(error).__name__}: {error}); was the file edited or reformatted?"
            ) from error

    def skip_to(self, name: str) -> None:
        start = b'"%s":[\n' % name.encode()
        while (line := self.next()) != start:
            if not line:
                raise ReportFormatError(f'{self._path}: has no "{name}"; was the file cut short or reformatted?')

    def section(self, name: str, read: Callable[[Form], T]) -> Iterator[T]:
        """The records of the section that begins on the next line."""
        with self.blamed():
            if self.next() != b'"%s":[\n' % name.encode():
                raise ValueError(f'"{name}" should begin here')
        yield from self.records(read)

    def optional_section(self, name: str, following: str, read: Callable[[Form], T]) -> Iterator[T]:
        """The records of a section that may be missing; then the line that begins the one after it is read."""
        with self.blamed():
            line = self.next()
            if line not in {b'"%s":[\n' % name.encode(), b'"%s":[\n' % following.encode()}:
                raise ValueError(f'"{name}" or "{following}" should begin here')
        if line.startswith(b'"%s"' % name.encode()):
            yield from self.records(read)

    def records(self, read: Callable[[Form], T]) -> Iterator[T]:
        while not (line := self.next()).startswith(b"]"):
            with self.blamed():
                record = read(from_line(line.removesuffix(b"\n").removesuffix(b",")))
            yield record


def _check_ends(path: Path, file: BinaryIO) -> None:
    """See that it is a report of a format that we know, and whole; leaves the file at its start."""
    first = _FIRST_LINE.fullmatch(file.readline(64))
    if first is None:
        raise ReportFormatError(f"{path}: is not a report.json of newsdedup (or was reformatted)")
    version = int(first[1])
    if version > REPORT_FORMAT:
        raise ReportFormatError(
            f"{path}: is of report format {version}, this newsdedup knows up to {REPORT_FORMAT}; upgrade newsdedup"
        )
    after = file.tell()
    file.seek(max(after, file.seek(0, 2) - len(_LAST_BYTES)))
    if file.read() != _LAST_BYTES:
        raise ReportFormatError(f"{path}: is cut short; make the report again")
    file.seek(0)


def _header_of(line: bytes) -> Form:
    if not line.startswith(_HEADER):
        raise ValueError("the header should stand here")
    header: Form = from_line(line[len(_HEADER) :].removesuffix(b"\n").removesuffix(b","))
    return header


def _match_table(catalog: Catalog, lines: _Lines) -> MatchTable:
    position = catalog.places

    def row(form: Form) -> tuple[int, int, int, float, list[float], int]:
        return (
            position[form["a"]],
            position[form["b"]],
            RELATIONS.index(Relation(form["relation"])),
            form["probability"],
            [form[name] for name in forms.EVIDENCE_FIELDS],
            int(forms.tests_from(form["tests"])),
        )

    rows = list(lines.section("matches", row))
    left, right, relation, probability, evidence, tests = zip(*rows, strict=True) if rows else ((),) * 6
    return MatchTable(
        ids=catalog.ids,
        left=np.array(left, np.int32),
        right=np.array(right, np.int32),
        relation=np.array(relation, np.uint8),
        probability=np.array(probability, np.float32),
        evidence=np.array(evidence, np.float32).reshape(len(rows), len(forms.EVIDENCE_FIELDS)),
        tests=np.array(tests, np.uint8),
    )
