"""What is kept of an article to compare it in full: its text, or no more than its tokens."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsdedup.model.sketch import UInt8Array, UInt32Array

_TEXT, _TOKENS = b"t", b"k"
_LEVEL = 1
_LENGTH, _LENGTH_BITS = np.uint8(4), np.uint64(4)
"""The high bits of a flag: how long the token is."""
MOST_WORDS = 1 << 16


@dataclass(frozen=True, slots=True)
class Kept:
    """The tokens of one text, as `Tokens` has them."""

    hashes: UInt32Array
    letters: UInt32Array
    flags: UInt8Array


def pack_text(text: str) -> bytes:
    """A text that can be had back."""
    return _TEXT + zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def pack_tokens(kept: Kept) -> bytes:
    """Tokens, from which no text can be read: the different words once, then which of them stands where.

    Like bytes lie together, as that packs better. Raises ValueError for a text of more than 65,536 different words.
    """
    # the letters of a word follow from it; how long it is, all but for an apostrophe
    known = kept.hashes.astype(np.uint64) << _LENGTH_BITS | kept.flags >> _LENGTH
    words, first, places = np.unique(known, return_index=True, return_inverse=True)
    if len(words) > MOST_WORDS:
        raise ValueError(f"{len(words):,} different words")
    head = np.array([len(words), len(places)], "<u4")
    planes = (
        _planes(kept.letters[first].astype("<u4")),
        kept.flags[first] >> _LENGTH,
        _planes(places.astype("<u2")),
        kept.flags & np.uint8(0x0F),
    )
    hashes = (words >> _LENGTH_BITS).astype("<u4")
    return _TOKENS + head.tobytes() + hashes.tobytes() + zlib.compress(b"".join(p.tobytes() for p in planes), _LEVEL)


def unpack(content: bytes) -> str | Kept:
    """What was packed."""
    if content[:1] == _TEXT:
        return zlib.decompress(content[1:]).decode("utf-8", "surrogatepass")
    n_words, n = np.frombuffer(content, "<u4", 2, 1).tolist()
    hashes = np.frombuffer(content, "<u4", n_words, 9).astype(np.uint32)
    planes = np.frombuffer(zlib.decompress(content[9 + 4 * n_words :]), np.uint8)
    letters, lengths, rest = np.split(planes, [4 * n_words, 5 * n_words])
    places = _whole(rest[: 2 * n], "<u2")
    flags = lengths[places] << _LENGTH | rest[2 * n :]
    return Kept(hashes[places], _whole(letters, "<u4").astype(np.uint32)[places], flags)


def _planes(values: NDArray[np.generic]) -> UInt8Array:
    """All first bytes, then all second bytes, and so on."""
    return np.ascontiguousarray(values.view(np.uint8).reshape(len(values), values.itemsize).T)


def _whole(planes: UInt8Array, dtype: str) -> NDArray[Any]:
    size = np.dtype(dtype).itemsize
    return np.ascontiguousarray(planes.reshape(size, len(planes) // size).T).view(dtype).ravel()
