"""Compressed streams, unpacked chunk by chunk."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

from newsdedup.errors import MissingExtraError
from newsdedup.model.article import SkipReason
from newsdedup.readers.streams import HEAD_BYTES, BrokenStreamError

_ZSTD_INPUT_BYTES: Final = 1024
"""One block of Zstandard unpacks to up to 32,768 times its size, so little is fed at once."""

SUFFIXES: Final = (".gz", ".bz2", ".xz", ".zst", ".gzip", ".bzip2", ".lzma", ".zstd")
_SHORT_FOR_TAR: Final = (".tgz", ".tbz", ".tbz2", ".txz", ".tzst")


def unpacked_name(name: str) -> str:
    """The name of what a compressed file holds: `x.txt` for `x.txt.gz`, `x.tar` for `x.tgz`."""
    stem, dot, suffix = name.rpartition(".")
    if f".{suffix.lower()}" in _SHORT_FOR_TAR:
        return f"{stem}.tar"
    return stem if dot and f".{suffix.lower()}" in SUFFIXES else name


def unpack(compression: str, stream: BinaryIO) -> Iterator[bytes]:
    """The chunks that a compressed stream holds.

    Raises BrokenStreamError where it breaks off or is damaged, after all that could be unpacked before.
    """
    try:
        yield from _UNPACKERS[compression](stream)
    except EOFError:
        raise BrokenStreamError(SkipReason.TRUNCATED, f"the {compression} data breaks off") from None
    except (OSError, zlib.error, lzma.LZMAError) as error:
        raise BrokenStreamError(SkipReason.MALFORMED, f"damaged {compression} data: {error}") from None


def _chunks(unpacker: io.BufferedIOBase) -> Iterator[bytes]:
    # read1 gives what there is before a failure, where read would drop it
    return iter(lambda: unpacker.read1(HEAD_BYTES), b"")


def _gzip(stream: BinaryIO) -> Iterator[bytes]:
    return _chunks(gzip.GzipFile(fileobj=stream))


def _bzip2(stream: BinaryIO) -> Iterator[bytes]:
    return _chunks(bz2.BZ2File(stream))


def _xz(stream: BinaryIO) -> Iterator[bytes]:
    return _chunks(lzma.LZMAFile(stream))


def _zstd(stream: BinaryIO) -> Iterator[bytes]:
    try:
        import zstandard  # noqa: PLC0415  # an extra
    except ImportError:
        missing = MissingExtraError("zstandard", "zstd", "reading .zst files")
        raise BrokenStreamError(SkipReason.UNSUPPORTED, str(missing)) from None
    packed = stream.read(_ZSTD_INPUT_BYTES)
    while packed:  # one frame after another
        frame = zstandard.ZstdDecompressor().decompressobj()
        while not frame.eof:
            if not packed:
                raise EOFError
            try:
                yield frame.decompress(packed)
            except zstandard.ZstdError as error:
                raise OSError(error) from None
            packed = frame.unused_data or stream.read(_ZSTD_INPUT_BYTES)


_UNPACKERS: Final[dict[str, Callable[[BinaryIO], Iterator[bytes]]]] = {
    "gzip": _gzip,
    "bzip2": _bzip2,
    "xz": _xz,
    "zstd": _zstd,
}
COMPRESSIONS: Final = frozenset(_UNPACKERS)
