"""The table of all code points that the kernel looks characters up in.

An entry of `table` uint32 (0x110000,) is either a folded code point (bits 0-20) with its class (bits 21-24), or, with
the top bit set, a run of `expansions`: its length in bits 24-30, where it starts in bits 0-23. Entries of `expansions`
are of the first kind.

It is built once, by `build_table.py`, so that the matching view of a text is the same on every version of Python.
"""

from __future__ import annotations

import functools
import zlib
from collections.abc import Sequence
from importlib import resources

import numpy as np

from newsdedup.model.sketch import Int64Array, UInt32Array

SIZE = 0x110000
CLASS_SHIFT = 21
LENGTH_SHIFT = 24
EXPANDS = 1 << 31


@functools.cache
def load() -> tuple[UInt32Array, UInt32Array]:
    """`table` and `expansions`."""
    packed = resources.files(__package__).joinpath("codepoints.bin").read_bytes()
    values = np.frombuffer(zlib.decompress(packed), np.uint32)
    table = np.cumsum(values[:SIZE], dtype=np.uint32)
    return table, values[SIZE:].copy()


def codes_of(text: str) -> UInt32Array:
    """The code points of a text. uint32 (n,)."""
    try:  # to widen what has one size for all characters takes a third of the time
        return np.frombuffer(text.encode("latin-1"), np.uint8).astype(np.uint32)
    except UnicodeEncodeError:
        units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(units) == len(text):
        return units.astype(np.uint32)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).copy()


def joined(texts: Sequence[str]) -> tuple[UInt32Array, Int64Array]:
    """The code points of some texts one after the other, and where each begins: uint32, and int64 (n + 1,)."""
    offsets: Int64Array = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(text) for text in texts], out=offsets[1:])
    return codes_of("".join(texts)), offsets


def text_of(codes: UInt32Array) -> str:
    """The text of code points, none of which is half a surrogate pair."""
    return codes.tobytes().decode("utf-32-le")
