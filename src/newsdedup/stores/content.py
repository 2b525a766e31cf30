"""What is kept of an article to compare it in full: its text, or no more than its tokens and samples."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsdedup.model.sketch import UInt8Array, UInt32Array, UInt64Array

_TEXT, _TOKENS = b"t", b"k"
_LEVEL = 1
_LENGTH, _LENGTH_BITS = np.uint8(4), np.uint64(4)
"""The high bits of a flag: how long the token is."""
MOST_WORDS = 1 << 16


@dataclass(frozen=True, slots=True)
class Kept:
    """The tokens of one text, as `Tokens` has them, and the keys of its sampled shingles, sorted."""

    hashes: UInt32Array
    letters: UInt32Array
    flags: UInt8Array
    samples: UInt64Array


def pack_text(text: str) -> bytes:
    """A text that can be had back."""
    return _TEXT + zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def pack_tokens(kept: Kept) -> bytes:
    """Tokens and samples, from which no text can be read: the different words once, then which of them stands where.

    Like bytes lie together, as that packs better. Raises ValueError for a text of more than 65,536 different words.
    """
    # the letters of a word follow from it; how long it is, all but for an apostrophe
    known = kept.hashes.astype(np.uint64) << _LENGTH_BITS | kept.flags >> _LENGTH
    words, first, places = np.unique(known, return_index=True, return_inverse=True)
    if len(words) > MOST_WORDS:
        raise ValueError(f"{len(words):,} different words")
    head = np.array([len(words), len(places), len(kept.samples)], "<u4")
    planes = (
        _planes(kept.letters[first].astype("<u4")),
        kept.flags[first] >> _LENGTH,
        _planes(places.astype("<u2")),
        kept.flags & np.uint8(0x0F),
        _planes(np.diff(kept.samples, prepend=np.uint64(0)).astype("<u8")),
    )
    hashes = (words >> _LENGTH_BITS).astype("<u4")
    return _TOKENS + head.tobytes() + hashes.tobytes() + zlib.compress(b"".join(p.tobytes() for p in planes), _LEVEL)


def unpack(content: bytes) -> str | Kept:
    """What was packed."""
    if content[:1] == _TEXT:
        return zlib.decompress(content[1:]).decode("utf-8", "surrogatepass")
    n_words, n, n_samples = np.frombuffer(content, "<u4", 3, 1).tolist()
    hashes = np.frombuffer(content, "<u4", n_words, 13).astype(np.uint32)
    planes = np.frombuffer(zlib.decompress(content[13 + 4 * n_words :]), np.uint8)
    ends = np.cumsum([4 * n_words, n_words, 2 * n, n, 8 * n_samples])
    letters, lengths, numbers, rest, steps = np.split(planes, ends[:-1])
    places = _whole(numbers, "<u2")
    flags = lengths[places] << _LENGTH | rest
    samples = np.cumsum(_whole(steps, "<u8").astype(np.uint64), dtype=np.uint64)
    return Kept(hashes[places], _whole(letters, "<u4").astype(np.uint32)[places], flags, samples)


def _planes(values: NDArray[np.generic]) -> UInt8Array:
    """All first bytes, then all second bytes, and so on."""
    return np.ascontiguousarray(values.view(np.uint8).reshape(len(values), values.itemsize).T)


def _whole(planes: UInt8Array, dtype: str) -> NDArray[Any]:
    size = np.dtype(dtype).itemsize
    return np.ascontiguousarray(planes.reshape(size, len(planes) // size).T).view(dtype).ravel()
