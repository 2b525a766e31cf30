"""How much a packed file may unpack to."""

from __future__ import annotations

from collections.abc import Iterator

from newsdedup.model.article import SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.sniff import Refused
from newsdedup.readers.streams import MEGABYTE, BrokenStreamError

_RATIO_COUNTS_FROM = 16 * MEGABYTE


class Meter:
    """Counts what one packed file unpacks to, through all its layers, and stops it when that is too much."""

    def __init__(self, packed_bytes: int, params: ReaderParams) -> None:
        self._packed_bytes = max(packed_bytes, 1)
        self._max_mb = params.max_archive_mb
        self._max_ratio = params.max_archive_ratio
        self._max_member_mb = params.max_member_mb
        self._max_members = params.max_archive_members
        self._bytes = 0
        self._members = 0
        self.spent = False
        """Whether a limit was passed; nothing more is read from the file then."""

    def count(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The chunks, as they are unpacked.

        Raises BrokenStreamError when a limit is passed.
        """
        for chunk in chunks:
            self._bytes += len(chunk)
            if self._bytes > self._max_mb * MEGABYTE:
                raise self._stop(f"unpacks to more than {self._max_mb:g} MB")
            if self._bytes > max(_RATIO_COUNTS_FROM, self._max_ratio * self._packed_bytes):
                raise self._stop(f"unpacks to more than {self._max_ratio:g} times its size")
            yield chunk

    def count_member(self) -> None:
        """One more member of an archive.

        Raises BrokenStreamError when there are too many.
        """
        self._members += 1
        if self._members > self._max_members:
            raise self._stop(f"has more than {self._max_members} members")

    def refused(self, member_bytes: int) -> Refused | None:
        """Why a member of an archive is not read, if it is too large."""
        if member_bytes <= self._max_member_mb * MEGABYTE:
            return None
        return Refused(SkipReason.TOO_LARGE, f"a member of more than {self._max_member_mb:g} MB")

    def _stop(self, detail: str) -> BrokenStreamError:
        self.spent = True
        return BrokenStreamError(SkipReason.BOMB, detail)
