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
_NOISE = 3
"""Low bytes of the step from one sorted hash to the next; of a few hundred hashes, each is any byte as likely."""
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

    Like bytes lie together, as that packs better; what is noise in hashes that are sorted, all but the first byte of
    each step, is not packed at all. Raises ValueError for a text of more than 65,536 different words.
    """
    # the letters of a word follow from it; how long it is, all but for an apostrophe
    known = kept.hashes.astype(np.uint64) << _LENGTH_BITS | kept.flags >> _LENGTH
    words, first, places = np.unique(known, return_index=True, return_inverse=True)
    if len(words) > MOST_WORDS:
        raise ValueError(f"{len(words):,} different words")
    steps = _planes(np.diff(words >> _LENGTH_BITS, prepend=np.uint64(0)).astype("<u4"))
    planes = (
        steps[_NOISE:],
        _planes(kept.letters[first].astype("<u4")),
        kept.flags[first] >> _LENGTH,
        _planes(places.astype("<u2")),
        kept.flags & np.uint8(0x0F),
    )
    head = np.array([len(words), len(places)], "<u4")
    packed = zlib.compress(b"".join(plane.tobytes() for plane in planes), _LEVEL)
    return b"".join((_TOKENS, head.tobytes(), steps[:_NOISE].tobytes(), packed))


def unpack(content: bytes) -> str | Kept:
    """What was packed."""
    if content[:1] == _TEXT:
        return zlib.decompress(content[1:]).decode("utf-8", "surrogatepass")
    n_words, n = np.frombuffer(content, "<u4", 2, 1).tolist()
    packed = 9 + _NOISE * n_words
    planes = np.frombuffer(content[9:packed] + zlib.decompress(content[packed:]), np.uint8)
    ends = np.cumsum([4 * n_words, 4 * n_words, n_words, 2 * n])
    steps, letters, lengths, numbers, rest = np.split(planes, ends)
    places = _whole(numbers, "<u2")
    hashes = np.cumsum(_whole(steps, "<u4"), dtype=np.uint32)
    return Kept(hashes[places], _whole(letters, "<u4").astype(np.uint32)[places], lengths[places] << _LENGTH | rest)


def _planes(values: NDArray[np.generic]) -> UInt8Array:
    """All first bytes, then all second bytes, and so on."""
    return np.ascontiguousarray(values.view(np.uint8).reshape(len(values), values.itemsize).T)


def _whole(planes: UInt8Array, dtype: str) -> NDArray[Any]:
    size = np.dtype(dtype).itemsize
    return np.ascontiguousarray(planes.reshape(size, len(planes) // size).T).view(dtype).ravel()
