"""What is kept of an article to compare it in full: its text, or no more than its tokens."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

from newsdedup.model.sketch import UInt8Array, UInt32Array

_TEXT, _TOKENS = b"t", b"k"
_LEVEL = 1


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
    """Tokens, from which no text can be read; like bytes of the words lie together, as that packs better."""
    words, places = np.unique(kept.hashes.astype(np.uint64) << np.uint64(32) | kept.letters, return_inverse=True)
    low = (places & 0xFF).astype(np.uint8)
    high = (places >> 8).astype(np.uint8)
    if len(words) > 1 << 16:
        raise ValueError(f"a text of {len(words)} different words is too large for an index without texts")
    head = np.array([len(words), len(places)], "<u4").tobytes()
    return _TOKENS + head + words.tobytes() + zlib.compress(b"".join(map(np.ndarray.tobytes, (low, high, kept.flags))), _LEVEL)


def unpack(content: bytes) -> str | Kept:
    """What was packed."""
    if content[:1] == _TEXT:
        return zlib.decompress(content[1:]).decode("utf-8", "surrogatepass")
    n_words, n = np.frombuffer(content, "<u4", 2, 1).tolist()
    words = np.frombuffer(content, np.uint64, n_words, 9)
    rest = np.frombuffer(zlib.decompress(content[9 + 8 * n_words :]), np.uint8)
    own = words[rest[:n].astype(np.int64) | rest[n : 2 * n].astype(np.int64) << 8]
    return Kept((own >> np.uint64(32)).astype(np.uint32), own.astype(np.uint32), rest[2 * n :])
