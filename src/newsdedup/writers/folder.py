"""A report into a folder: whole or not at all, and nothing else in the folder is touched."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from newsdedup.errors import OutputError
from newsdedup.model.report import Entry, Report
from newsdedup.model.stream import Stream
from newsdedup.writers import WRITERS, output_of
from newsdedup.writers.interface import Writer
from newsdedup.writers.staging import OLD, staging

MANIFEST = ".newsdedup-report"
"""Lists, one a line, what a report put into its folder: only that may ever be replaced or removed."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SUFFIXES = {"canonical": ".txt", "diffs": ".diff"}


def check_output(out: Path, names: Sequence[str], *, force: bool) -> None:
    """See that the named outputs can be written below `out`, before the long work.

    Raises UnknownNameError for a name that no writer has, OutputError if `out` is no folder, cannot be written to,
    holds a report already (without `force`), or holds files by the names of ours that no report put there.
    """
    for name in set(names) - set(WRITERS.names()):
        WRITERS.load(name)
    with _told(out):
        _check_writable(out)
        ours = _manifest(out)
        clashing = [o for o in _outputs(names) if o not in ours and os.path.lexists(out / o)]
        if clashing:
            raise OutputError(
                f"{out}: holds {', '.join(clashing)}, which newsdedup did not write; "
                "move that away or choose another --out"
            )
        present = [o for o in ours if os.path.lexists(out / o)]
        if present and not force:
            raise OutputError(f"{out}: holds a report already ({', '.join(present)}); replace it with --force")
        for output in present:
            _check_unmixed(out, output)


def write_report(report: Report, out: Path, names: Sequence[str], *, force: bool) -> None:
    """Write the named outputs below `out`, which is created if need be.

    With `force` a report that stands there is replaced, and those of its outputs that are not named now are removed.
    Raises as `check_output` does, and OutputError if the disk is full or fails; then `out` is as it was.
    """
    check_output(out, names, force=force)
    created = _make_folder(out)
    try:
        with ExitStack() as stack:
            with _told(out):
                draft = stack.enter_context(staging(out))
            fresh = draft / "new"
            _write_all(report, out, fresh, names)
            with _told(out):
                _place(out, fresh, draft / OLD)
                (draft / OLD).rename(draft / "replaced")  # from now on it is of no use to anybody
            created = []
    finally:
        for folder in created:
            with suppress(OSError):
                folder.rmdir()


def _outputs(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(output_of(name) for name in names))


def _check_writable(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out}: is a file; --out must be a folder")
    nearest = next(p for p in (out, *out.absolute().parents) if p.exists())
    if not nearest.is_dir():
        raise OutputError(f"{out}: {nearest} is a file; choose another --out")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise OutputError(f"{out}: no permission to write in {nearest}; choose another --out")


def _manifest(out: Path) -> list[str]:
    """The outputs that a report put into `out`; whatever else the manifest may say is not believed."""
    try:
        lines = (out / MANIFEST).read_text("utf-8", "replace").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return []
    known = set(_outputs(WRITERS.names()))
    return [line for line in dict.fromkeys(lines) if line in known]


def _check_unmixed(out: Path, output: str) -> None:
    suffix = _SUFFIXES.get(output)
    if suffix is None or not (out / output).is_dir():
        return
    with os.scandir(out / output) as found:
        foreign = next((f.name for f in found if not f.name.endswith(suffix)), None)
    if foreign is not None:
        raise OutputError(
            f"{out / output}: holds {foreign}, which newsdedup did not write; move it away or choose another --out"
        )


def _make_folder(out: Path) -> list[Path]:
    """Create `out`; what had to be created, innermost first."""
    missing = [p for p in (out, *out.parents) if not p.exists()]
    with _told(out):
        out.mkdir(parents=True, exist_ok=True)
    return missing


def _write_all(report: Report, out: Path, fresh: Path, names: Sequence[str]) -> None:
    """All outputs into `fresh`, in one pass over entries and links.

    Only what a writer raises is about the output: an entry that fails to be read keeps its own error.
    """
    with _told(out):
        fresh.mkdir()
    writers = [WRITERS.load(name)() for name in dict.fromkeys(names)]
    reading = [writer for writer in writers if writer.texts]
    begun: list[Writer] = []
    try:
        with closing(_rendered(report, [writer.renderer(report) for writer in reading])) as stories:
            first = list(islice(stories, 1))
            for writer in writers:
                begun.append(writer)
                with _told(out):
                    writer.begin(fresh, report)
            for rendered in chain(first, stories):
                with _told(out):
                    for writer, part in zip(reading, rendered, strict=True):
                        writer.entry(part)
        for link in report.links if reading else ():
            with _told(out):
                for writer in reading:
                    writer.link(link)
        while begun:
            with _told(out):
                begun.pop().end()
    finally:
        for writer in begun:
            with suppress(Exception):  # something failed already; this only closes files that will be removed
                writer.end()


def _rendered(report: Report, renderers: Sequence[Callable[[Entry], Any]]) -> Generator[list[Any]]:
    """What each renderer makes of each story; nothing is read if there is none."""
    if renderers:
        render = partial(_render, renderers)
        yield from report.entries.then(render) if isinstance(report.entries, Stream) else map(render, report.entries)


def _render(renderers: Sequence[Callable[[Entry], Any]], entry: Entry) -> list[Any]:
    return [renderer(entry) for renderer in renderers]


def _place(out: Path, fresh: Path, old: Path) -> None:
    """Move what stands in `fresh` into place and older outputs aside; undo it all if a move fails."""
    before = _manifest(out)
    now = sorted(p.name for p in fresh.iterdir())
    old.mkdir()
    _write_manifest(out, fresh.parent, sorted({*before, *now}))  # if killed midway, all that lies there is known
    moved: list[tuple[Path, Path]] = []
    try:
        for name in before:
            if os.path.lexists(out / name):
                _move(out / name, old / name, moved)
        for name in now:
            _move(fresh / name, out / name, moved)
        _write_manifest(out, fresh.parent, now)
    except BaseException:
        for source, target in reversed(moved):
            target.rename(source)
        if before:
            _write_manifest(out, fresh.parent, before)
        else:
            (out / MANIFEST).unlink(missing_ok=True)
        raise


def _move(source: Path, target: Path, moved: list[tuple[Path, Path]]) -> None:
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, "appeared during the run", str(target))
    source.rename(target)
    moved.append((source, target))


def _write_manifest(out: Path, beside: Path, names: Sequence[str]) -> None:
    draft = beside / MANIFEST
    draft.write_text("".join(f"{name}\n" for name in names), "utf-8")
    draft.replace(out / MANIFEST)


@contextmanager
def _told(out: Path) -> Iterator[None]:
    """Turn a failing file system into one line that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise OutputError(f"{out}: the disk is full; free some space or choose another --out") from error
        where = f" ({error.filename})" if error.filename else ""
        raise OutputError(f"{out}: cannot be written: {error.strerror or error}{where}") from error
