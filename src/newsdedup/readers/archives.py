"""Archives of many files, read member by member in their order, and never unpacked to disk."""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, cast

from newsdedup.model.article import SkipReason
from newsdedup.readers.limits import Meter
from newsdedup.readers.sniff import Refused
from newsdedup.readers.streams import HEAD_BYTES, BrokenStreamError, seekable, stream_of

_DRIVE: Final = re.compile(r"[A-Za-z]:")
_UTF8_NAME: Final = 0x800
_ENCRYPTED: Final = 0x1
_ENDS: Final = 3
"""How often the end of a tar stream may be met."""
_OFFICE_MEMBERS: Final = frozenset({"[Content_Types].xml", "mimetype"})


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: a stream to be read before the next member is asked for, or why it cannot be."""

    name: str
    content: io.BufferedReader | Refused


def zip_members(stream: BinaryIO, meter: Meter, *, hidden: bool) -> Iterator[Member]:
    """The files of a zip archive.

    Raises BrokenStreamError where the archive cannot be read further.
    """
    with seekable(stream) as packed:
        try:
            archive = zipfile.ZipFile(packed)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise BrokenStreamError(SkipReason.TRUNCATED, f"it lacks its table of contents: {error}") from None
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if infos and infos[0].filename in _OFFICE_MEMBERS:
            raise BrokenStreamError(SkipReason.UNSUPPORTED, "an Office document or an e-book")
        for info in infos:
            name = _zip_name(info)
            if hidden or not _is_hidden(name):
                meter.count_member()
                refused = _refused(name) or meter.refused(info.file_size)
                yield Member(name, refused or _zip_content(archive, info, meter))


def tar_members(stream: BinaryIO, meter: Meter, *, hidden: bool) -> Iterator[Member]:
    """The files of a tar archive.

    Raises BrokenStreamError where the archive cannot be read further.
    """
    watched = _Watched(stream)
    try:
        with tarfile.open(fileobj=cast("BinaryIO", watched), mode="r|", encoding="utf-8") as archive:
            for info in archive:
                archive.members.clear()  # type: ignore[attr-defined]  # tarfile keeps every member it has passed
                if info.isdir() or (not hidden and _is_hidden(info.name)):
                    continue
                meter.count_member()
                if refused := _refused(info.name) or meter.refused(info.size):
                    yield Member(info.name, refused)
                elif not info.isfile():
                    yield Member(info.name, Refused(SkipReason.SPECIAL_FILE, "a link or a device, not a file"))
                elif content := archive.extractfile(info):
                    yield Member(info.name, stream_of(_tar_chunks(cast("BinaryIO", content))))
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        raise BrokenStreamError(SkipReason.TRUNCATED, f"the tar archive breaks off: {error}") from None
    if watched.breaks_off:
        raise BrokenStreamError(SkipReason.TRUNCATED, "the tar archive breaks off: it has no end mark")


class _Watched:
    """A tar stream that knows whether it ended in the zeros that end a tar archive; tarfile takes any end for one."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._size = 0
        self._last = b""
        self._ends = 0

    def read(self, size: int) -> bytes:
        """At most `size` bytes. Raises EOFError where tarfile goes on after the end.

        It would ask for each block of a member that is said to be a terabyte long.
        """
        data = self._stream.read(size)
        self._ends += not data
        if self._ends > _ENDS:
            raise EOFError("it ends within a member")
        self._size += len(data)
        self._last = data[-tarfile.BLOCKSIZE :] or self._last
        return data

    @property
    def breaks_off(self) -> bool:
        return not self._stream.read(1) and (self._size % tarfile.BLOCKSIZE != 0 or any(self._last))


def _tar_chunks(content: BinaryIO) -> Iterator[bytes]:
    try:
        yield from iter(lambda: content.read(HEAD_BYTES), b"")
    except (tarfile.TarError, OSError) as error:
        raise BrokenStreamError(SkipReason.TRUNCATED, str(error)) from None


def _zip_content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, meter: Meter) -> io.BufferedReader | Refused:
    if info.flag_bits & _ENCRYPTED:
        return Refused(SkipReason.UNSUPPORTED, "encrypted")
    return stream_of(meter.count(_zip_chunks(archive, info)))


def _zip_chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(info) as content:
            unpacked = cast("io.BufferedIOBase", content)
            yield from iter(lambda: unpacked.read1(HEAD_BYTES), b"")
    except NotImplementedError as error:  # a way to pack that zipfile does not know
        raise BrokenStreamError(SkipReason.UNSUPPORTED, str(error)) from None
    except EOFError:
        raise BrokenStreamError(SkipReason.TRUNCATED, "the member breaks off") from None
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError) as error:
        raise BrokenStreamError(SkipReason.MALFORMED, str(error)) from None


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The member's name; many write UTF-8 without saying so, which zipfile takes for the IBM PC's code page."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode()
    except UnicodeError:
        return info.filename


def _refused(name: str) -> Refused | None:
    """Why a member of that name is not read, if its name would lead out of the archive."""
    parts = re.split(r"[/\\]", name)
    if ".." in parts or parts[0] == "" or _DRIVE.match(name):
        return Refused(SkipReason.UNSAFE_PATH, "its name leads out of the archive")
    return None


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") and part not in {".", ".."} for part in name.split("/"))
