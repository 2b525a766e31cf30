"""Texts to sketches: signature, sample, fingerprint and tokens from one pass."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from newsdedup.model.sketch import Int64Array, Sketches, SketchParams, Tokens, UInt32Array, UInt64Array
from newsdedup.stages.kernels.permutations import permutations
from newsdedup.stages.kernels.sketch import sample_texts, sketch_texts
from newsdedup.stages.text import codepoints

EMPTY = np.uint32(0xFFFFFFFF)
"""What a signature holds where a text has no shingle; so does datasketch's."""


class _Room(threading.local):
    """Arrays that are written anew by every batch: to get fresh memory for them takes as long as to tokenise."""

    def __init__(self) -> None:
        self._held: dict[str, NDArray[Any]] = {}

    def __call__(self, name: str, size: int, dtype: DTypeLike) -> NDArray[Any]:
        """An array of that size with anything in it, until it is asked for again."""
        held = self._held.get(name)
        if held is None or len(held) < size:
            held = self._held[name] = np.empty(size, dtype)
        return held[:size]


_room = _Room()


def sign(texts: Sequence[str], params: SketchParams) -> UInt32Array:
    """The MinHash signatures of matching texts, uint32 (n, num_perm), EMPTY where a text has no shingle.

    Bit for bit those of `datasketch.MinHash(num_perm, seed, scheme="affine32")` over the shingle hashes.
    """
    signatures: UInt32Array = np.empty((len(texts), params.num_perm), np.uint32)
    _sketch(*codepoints.joined(texts), params, params.num_perm, signatures)
    return signatures


def sketch(texts: Sequence[str], params: SketchParams) -> tuple[Sketches, Tokens]:
    """Sketch matching texts (see `stages.text.view`); row i of every array belongs to text i."""
    return sketch_codes(*codepoints.joined(texts), params)


def sketch_codes(codes: UInt32Array, offsets: Int64Array, params: SketchParams) -> tuple[Sketches, Tokens]:
    """Sketch matching texts given as code points: uint32 `codes[offsets[i]:offsets[i + 1]]` is text i, and row i.

    Time grows linearly with the characters and with bands * rows, the permutations that the bands need. The method is
    MinHash (Broder 1997) over word shingles, and FracMinHash samples (Irber et al. 2022).
    """
    used = params.bands * params.rows
    return _sketch(codes, offsets, params, used, np.empty((1, used), np.uint32))


def _sketch(
    codes: UInt32Array, offsets: Int64Array, params: SketchParams, used: int, signatures: UInt32Array
) -> tuple[Sketches, Tokens]:
    n = len(offsets) - 1
    table, expansions = codepoints.load()
    a, b = np.ascontiguousarray(permutations(params.num_perm, params.seed)[:, :used])
    longest = int(np.max(np.diff(offsets), initial=0))
    band_keys = np.empty((n, params.bands), np.uint32)
    token_offsets = np.empty(n + 1, np.int64)
    sample_offsets = np.empty(n + 1, np.int64)
    fingerprints = np.empty(n, np.uint64)
    counts = np.empty(n, np.int32)
    # few characters expand (ligatures and Hangul by 3, one honorific by 18), so room for that is made when asked for
    for growth in (1, 3, 18):
        size, of_one = len(codes) * growth, longest * growth
        view = _room("view", of_one, np.uint32)
        shingles = _room("shingles", of_one, np.uint64)
        mixed = _room("mixed", of_one, np.uint32)
        words = _room("words", size, np.uint32)
        letters = _room("letters", size, np.uint32)
        flags = _room("flags", size, np.uint8)
        samples = _room("samples", size + 1, np.uint64)
        if sketch_texts(
            codes, offsets, table, expansions, params.shingle_size, params.sample_rate, a, b, params.rows,
            view, shingles, mixed, words, letters, flags, token_offsets, signatures, band_keys, samples,
            sample_offsets, fingerprints, counts,
        ):  # fmt: skip
            break
    n_tokens, n_samples = int(token_offsets[n]), int(sample_offsets[n])
    sketches = Sketches(
        params=params,
        band_keys=band_keys,
        sample_hashes=samples[:n_samples].copy(),
        sample_offsets=sample_offsets,
        fingerprints=fingerprints,
        shingles=counts,
        words=np.diff(token_offsets).astype(np.int32),
    )
    tokens = Tokens(
        hashes=words[:n_tokens].copy(),
        letters=letters[:n_tokens].copy(),
        flags=flags[:n_tokens].copy(),
        offsets=token_offsets,
    )
    return sketches, tokens


def samples_of(tokens: Tokens, params: SketchParams) -> tuple[UInt64Array, Int64Array]:
    """The samples that `sketch` takes of texts, from their tokens alone: uint64 hashes, and where each text's begin."""
    sizes = np.diff(tokens.offsets)
    shingles = np.empty(int(np.max(sizes, initial=0)), np.uint64)
    samples = np.empty(len(tokens.hashes) + 1, np.uint64)
    offsets = np.empty(len(sizes) + 1, np.int64)
    sample_texts(
        tokens.hashes, tokens.flags, tokens.offsets, params.shingle_size, params.sample_rate, shingles, samples, offsets
    )
    return samples[: offsets[-1]], offsets
