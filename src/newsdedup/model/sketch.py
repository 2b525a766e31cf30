"""What is known of an article's text after one pass over it."""

from __future__ import annotations

import mmap
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

UInt32Array: TypeAlias = NDArray[np.uint32]
UInt64Array: TypeAlias = NDArray[np.uint64]
Int32Array: TypeAlias = NDArray[np.int32]
Int64Array: TypeAlias = NDArray[np.int64]
UInt8Array: TypeAlias = NDArray[np.uint8]
Float32Array: TypeAlias = NDArray[np.float32]
Float64Array: TypeAlias = NDArray[np.float64]
BoolArray: TypeAlias = NDArray[np.bool_]

ALL = slice(None)

NORMALISER_VERSION = 3
"""Raised whenever the matching view of a text or the hashes of words change; old sketches are not mixed with new."""


@dataclass(frozen=True, slots=True)
class SketchParams:
    """How texts are sketched; two sketches compare only if these are equal."""

    shingle_size: int = 3
    """Words in a shingle; in scripts written without spaces twice as many characters."""
    num_perm: int = 128
    bands: int = 37
    rows: int = 3
    """Rows in each band; bands * rows must not exceed num_perm. 37 x 3 is datasketch's choice for a Jaccard of 0.3."""
    sample_rate: int = 4
    """One shingle in that many is kept in the sample."""
    seed: int = 1
    normaliser: int = NORMALISER_VERSION

    def __post_init__(self) -> None:
        if min(self.shingle_size, self.num_perm, self.bands, self.rows, self.sample_rate) < 1:
            raise ValueError(f"every sketch parameter must be at least 1, got {self}")
        if self.bands * self.rows > self.num_perm:
            raise ValueError(f"bands * rows must not exceed num_perm: {self.bands} * {self.rows} > {self.num_perm}")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a batch of texts, one after the other.

    `hashes` uint32 (total,): a hash of each folded token; `letters` uint32 (total,): which letters it has, by the low
    five bits of their code points (the same word misprinted has nearly the same); `flags` uint8 (total,): see
    `TokenFlag`, with the length of the token, up to 15, in the high four bits; `offsets` int64 (n + 1,): text i has
    the tokens `offsets[i]:offsets[i + 1]`.
    """

    hashes: UInt32Array
    letters: UInt32Array
    flags: UInt8Array
    offsets: Int64Array

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def let_go(self, texts: slice = ALL) -> None:
        """Let go of the memory in which tokens of texts lie that are kept in a file; they can be looked at again."""
        start, stop, _ = texts.indices(len(self))
        for array in (self.hashes, self.letters, self.flags):
            _let_go(array, *self.offsets[[start, max(start, stop)]].tolist())


@dataclass(frozen=True, slots=True)
class Sketches:
    """The sketches of n articles, row i belonging to article i.

    `band_keys` uint32 (n, bands), equal where two MinHash signatures agree in all rows of a band;
    `sample_hashes` uint64 (total,), sorted within an article, `sample_offsets` int64 (n + 1,);
    `fingerprints` uint64 (n,), equal for texts of equal tokens; `shingles` int32 (n,), distinct
    shingles of each text; `words` int32 (n,), tokens of each text.
    """

    params: SketchParams
    band_keys: UInt32Array
    sample_hashes: UInt64Array
    sample_offsets: Int64Array
    fingerprints: UInt64Array
    shingles: Int32Array
    words: Int32Array

    def __len__(self) -> int:
        return len(self.fingerprints)

    def let_go(self, articles: slice = ALL) -> None:
        """Let go of the memory in which samples and bands lie that are kept in a file; they can be looked at again."""
        start, stop, _ = articles.indices(len(self))
        _let_go(self.sample_hashes, *self.sample_offsets[[start, max(start, stop)]].tolist())
        _let_go(self.band_keys, start, stop)


def _let_go(array: NDArray[Any], start: int, stop: int) -> None:
    """Let go of whole pages of `array[start:stop]`, if the array is a file in memory."""
    base: Any = array
    while isinstance(base, np.ndarray):
        base = base.base
    mapping = getattr(base, "obj", None)  # numpy holds the file by a view of it
    if isinstance(mapping, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        first = -(-start * array.strides[0] // mmap.PAGESIZE) * mmap.PAGESIZE
        end = len(mapping) if stop == len(array) else stop * array.strides[0]
        if first < end:
            mapping.madvise(mmap.MADV_DONTNEED, first, end - first)
