"""Texts to sketches: signature, sample, fingerprint and tokens from one pass."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from newsdedup.model.sketch import Sketches, SketchParams, Tokens, UInt32Array
from newsdedup.stages.kernels.permutations import permutations
from newsdedup.stages.kernels.sketch import sketch_texts
from newsdedup.stages.text import codepoints

EMPTY = np.uint32(0xFFFFFFFF)
"""What a signature holds where a text has no shingle; so does datasketch's."""


def sign(texts: Sequence[str], params: SketchParams) -> UInt32Array:
    """The MinHash signatures of matching texts, uint32 (n, num_perm), EMPTY where a text has no shingle.

    Bit for bit those of `datasketch.MinHash(num_perm, seed, scheme="affine32")` over the shingle hashes.
    """
    signatures: UInt32Array = np.empty((len(texts), params.num_perm), np.uint32)
    _sketch(texts, params, params.num_perm, signatures)
    return signatures


def sketch(texts: Sequence[str], params: SketchParams) -> tuple[Sketches, Tokens]:
    """Sketch matching texts (see `stages.text.view`); row i of every array belongs to text i.

    Time grows linearly with the characters and with bands * rows, the permutations that the bands need. The method is
    MinHash (Broder 1997) over word shingles, and FracMinHash samples (Irber et al. 2022).
    """
    used = params.bands * params.rows
    return _sketch(texts, params, used, np.empty((1, used), np.uint32))


def _sketch(texts: Sequence[str], params: SketchParams, used: int, signatures: UInt32Array) -> tuple[Sketches, Tokens]:
    n = len(texts)
    joined = "".join(texts).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(joined, np.uint32)
    offsets = np.zeros(n + 1, np.int64)
    np.cumsum([len(text) for text in texts], out=offsets[1:])
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
        room = len(codes) * growth
        view = np.empty(longest * growth, np.uint32)
        hashes = np.empty(longest * growth, np.uint64)
        words = np.empty(room, np.uint32)
        letters = np.empty(room, np.uint32)
        flags = np.empty(room, np.uint8)
        shingles = np.empty(longest * growth, np.uint64)
        mixed = np.empty(longest * growth, np.uint32)
        samples = np.empty(room, np.uint64)
        if sketch_texts(
            codes, offsets, table, expansions, params.shingle_size, params.sample_rate, a, b, params.rows,
            view, hashes, shingles, mixed, words, letters, flags, token_offsets, signatures, band_keys, samples,
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
