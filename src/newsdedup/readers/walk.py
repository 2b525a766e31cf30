"""The files below the given paths, each once, in an order that depends on their names alone."""

# A walk over a million files makes no million Path objects.
# ruff: noqa: PTH114, PTH116, PTH118, PTH119

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from newsdedup.errors import InputError
from newsdedup.model.article import Origin, Skipped, SkipReason


class File(NamedTuple):
    """A file to be read; a plain tuple, as there may be a million of them to be sent to workers."""

    path: str
    """How the system opens it; may hold surrogates for bytes that are not UTF-8."""
    source: str
    """How messages name it: as it was reached from what the user gave."""
    default_id: str
    size: int
    """Bytes when it was found."""
    modified_ns: int | None = None
    """When it was last written to, in nanoseconds since 1970, as found; None if it is ours."""
    format: str | None = None
    """Taken as given, where there is no name or beginning to tell it by."""


@dataclass(frozen=True, slots=True)
class Walked:
    """What was found, both sorted by source."""

    files: tuple[File, ...]
    skipped: tuple[Skipped, ...]


def walk(paths: Sequence[str], *, hidden: bool = False, exclude: Sequence[Path] = ()) -> Walked:
    """Every file at or below `paths` but for what is below a folder in `exclude`.

    Links are followed, after all that is not a link, so that a file that is reached both ways keeps its own name.
    FIFOs, sockets and devices are never opened. Names that begin with a dot are passed over unless given or `hidden`.

    Raises InputError if a given path does not exist.
    """
    missing = sorted(path for path in paths if _is_missing(path))
    if missing:
        raise InputError(
            f"no such file or folder: {', '.join(printable(path) or '(an empty name)' for path in missing)}"
        )
    walker = _Walker(hidden=hidden, exclude=frozenset(os.path.realpath(folder) for folder in exclude))
    for path in sorted(paths):
        walker.enter(path)
    walker.follow_links()
    return Walked(
        tuple(sorted(walker.files, key=lambda file: file.source)),
        tuple(sorted(walker.skipped, key=lambda skipped: skipped.origin)),
    )


def printable(path: str) -> str:
    r"""A path as text that every encoding of Unicode can write; bytes that are not UTF-8 show as `\xff`."""
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "backslashreplace")


class _Place(NamedTuple):
    """Where the walk stands: a path, the same without links, and its name relative to the root it was reached from."""

    path: str
    real: str
    relative: str

    def within(self) -> _Place:
        """What the places in this folder begin with."""
        path = "" if self.path == os.curdir else os.path.join(self.path, "")
        return _Place(path, os.path.join(self.real, ""), f"{self.relative}/" if self.relative else "")


class _Walker:
    def __init__(self, *, hidden: bool, exclude: frozenset[str]) -> None:
        self._hidden = hidden
        self._exclude = exclude
        self._seen: set[str] = set()
        self._links: list[_Place] = []
        self.files: list[File] = []
        self.skipped: list[Skipped] = []

    def enter(self, given: str) -> None:
        """Walk from a path as the user gave it."""
        path = str(Path(given))  # without `./`, doubled and trailing slashes
        place = _Place(path, os.path.realpath(path), "")
        try:
            status = os.stat(path)
        except OSError as error:
            self._skip_failed(place, error)
            return
        if stat.S_ISDIR(status.st_mode):
            self._descend(place)
        else:
            self._add(_Place(place.path, place.real, os.path.basename(path)), status)

    def follow_links(self) -> None:
        """Walk what the links lead to that were found so far, and those found on the way."""
        while self._links:
            links, self._links = sorted(self._links, key=lambda link: link.path), []
            for link in links:
                self._follow(link)

    def _follow(self, link: _Place) -> None:
        target = _Place(link.path, os.path.realpath(link.path), link.relative)
        try:
            status = os.stat(link.path)
        except OSError as error:
            self._skip_failed(link, error)
            return
        if not stat.S_ISDIR(status.st_mode):
            self._add(target, status)
        elif os.path.join(link.real, "").startswith(os.path.join(target.real, "")):
            self._skip(link, SkipReason.SYMLINK_LOOP, "leads to a folder that it lies in")
        elif target.real not in self._exclude:
            self._descend(target)

    def _descend(self, root: _Place) -> None:
        folders = [root]
        while folders:
            folder = folders.pop()
            if folder.real in self._seen:
                continue
            self._seen.add(folder.real)
            try:
                with os.scandir(folder.path) as entries:
                    folders.extend(self._subfolders(folder, entries))
            except OSError as error:
                self._skip_failed(folder, error)

    def _subfolders(self, folder: _Place, entries: Iterable[os.DirEntry[str]]) -> Iterator[_Place]:
        """The folders in `folder`; its files and links are noted."""
        within = folder.within()
        for entry in entries:
            name = entry.name
            if name.startswith(".") and not self._hidden:
                continue
            place = _Place(within.path + name, within.real + name, within.relative + name)
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError as error:
                self._skip_failed(place, error)
                continue
            if stat.S_ISLNK(status.st_mode):
                self._links.append(place)
            elif stat.S_ISDIR(status.st_mode):
                if place.real not in self._exclude:
                    yield place
            else:
                self._add(place, status)

    def _add(self, place: _Place, status: os.stat_result) -> None:
        if place.real in self._seen:
            return
        self._seen.add(place.real)
        if stat.S_ISREG(status.st_mode):
            self.files.append(
                File(place.path, printable(place.path), printable(place.relative), status.st_size, status.st_mtime_ns)
            )
        else:
            self._skip(place, SkipReason.SPECIAL_FILE, _kind(status.st_mode))

    def _skip_failed(self, place: _Place, error: OSError) -> None:
        if error.errno == errno.ELOOP:
            self._skip(place, SkipReason.SYMLINK_LOOP, "a link that leads back to itself")
        elif error.errno == errno.ENOENT and os.path.islink(place.path):
            self._skip(place, SkipReason.UNREADABLE, "a link to something that does not exist")
        else:
            reason = SkipReason.VANISHED if error.errno == errno.ENOENT else SkipReason.UNREADABLE
            self._skip(place, reason, error.strerror or str(error))

    def _skip(self, place: _Place, reason: SkipReason, detail: str) -> None:
        self.skipped.append(Skipped(Origin(printable(place.path)), reason, detail))


def _is_missing(path: str) -> bool:
    if not path or "\0" in path:
        return True
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:  # it may be there, and the walk says why it cannot be read
        return False
    return False


def _kind(mode: int) -> str:
    if stat.S_ISFIFO(mode):
        return "a named pipe"
    return "a socket" if stat.S_ISSOCK(mode) else "a device"
