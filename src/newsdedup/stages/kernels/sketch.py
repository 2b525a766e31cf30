"""One pass over the texts of a batch: tokens, signature, sample and fingerprint of each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.compiled import kernel
from newsdedup.stages.kernels.sets import distinct, mixed_with, sequence_hash, shingles_of
from newsdedup.stages.kernels.tokenise import fold_text, tokenise_view

S32 = np.uint64(32)
LOW = np.uint64(0xFFFFFFFF)
M16, M13 = np.uint32(16), np.uint32(13)
F1, F2 = np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)


@kernel
def mix(shingles: NDArray[np.uint64], count: int, mixed: NDArray[np.uint32]) -> None:
    """Write `fmix32` (MurmurHash3's finaliser) of the upper half of each shingle."""
    for i in range(count):
        h = np.uint32(shingles[i] >> S32)
        h = np.uint32(h ^ (h >> M16))
        h = np.uint32(h * F1)
        h = np.uint32(h ^ (h >> M13))
        h = np.uint32(h * F2)
        mixed[i] = np.uint32(h ^ (h >> M16))


@kernel
def sign(
    mixed: NDArray[np.uint32],
    count: int,
    a: NDArray[np.uint32],
    b: NDArray[np.uint32],
    signature: NDArray[np.uint32],
) -> None:
    """Write to `signature` uint32 (len(a),) the minima over shingles of `a * mixed + b`, modulo 2**32.

    This is datasketch's scheme "affine32". One permutation at a time, so that the minimum stays in a register, and
    all in uint32, so that the inner loop runs on vectors.
    """
    for k in range(len(signature)):
        multiplier, increment = a[k], b[k]
        least = np.uint32(0xFFFFFFFF)
        for i in range(count):
            least = min(least, np.uint32(np.uint32(multiplier * mixed[i]) + increment))
        signature[k] = least


@kernel
def band_keys(signature: NDArray[np.uint32], rows: int, keys: NDArray[np.uint32]) -> None:
    """Hash each band of `rows` values of a signature to one key; `keys` is uint32 (bands,)."""
    for band in range(len(keys)):
        key = np.uint64(0)
        for j in range(band * rows, (band + 1) * rows):
            key = mixed_with(key, signature[j])
        keys[band] = np.uint32(key & LOW)


@kernel
def sample(shingles: NDArray[np.uint64], count: int, limit: np.uint64, samples: NDArray[np.uint64]) -> int:
    """Write the different shingles whose lower half is below `limit`, sorted; return how many there are.

    `samples` has room for one more than all of them.
    """
    kept = 0
    for i in range(count):
        samples[kept] = shingles[i]  # without a branch, which would be guessed wrong at one shingle in four
        kept += (shingles[i] & LOW) < limit
    return distinct(samples[:kept])


@kernel
def sample_limit(sample_rate: int) -> np.uint64:
    """What the lower half of one shingle in `sample_rate` is below."""
    return LOW // np.uint64(sample_rate) if sample_rate > 1 else LOW


@kernel
def sample_texts(
    words: NDArray[np.uint32],
    flags: NDArray[np.uint8],
    token_offsets: NDArray[np.int64],
    shingle_size: int,
    sample_rate: int,
    shingles: NDArray[np.uint64],
    samples: NDArray[np.uint64],
    sample_offsets: NDArray[np.int64],
) -> None:
    """The samples that `sketch_texts` takes, of texts whose tokens are known; `shingles` is room for one text."""
    limit = sample_limit(sample_rate)
    sample_offsets[0] = 0
    for i in range(len(token_offsets) - 1):
        own = slice(token_offsets[i], token_offsets[i + 1])
        count = shingles_of(words[own], flags[own], shingle_size, shingles)
        sample_offsets[i + 1] = sample_offsets[i] + sample(shingles, count, limit, samples[sample_offsets[i] :])


@kernel
def sketch_texts(
    codes: NDArray[np.uint32],
    offsets: NDArray[np.int64],
    table: NDArray[np.uint32],
    expansions: NDArray[np.uint32],
    shingle_size: int,
    sample_rate: int,
    a: NDArray[np.uint32],
    b: NDArray[np.uint32],
    rows: int,
    view: NDArray[np.uint32],
    shingles: NDArray[np.uint64],
    mixed: NDArray[np.uint32],
    words: NDArray[np.uint32],
    letters: NDArray[np.uint32],
    flags: NDArray[np.uint8],
    token_offsets: NDArray[np.int64],
    signatures: NDArray[np.uint32],
    keys: NDArray[np.uint32],
    samples: NDArray[np.uint64],
    sample_offsets: NDArray[np.int64],
    fingerprints: NDArray[np.uint64],
    shingle_counts: NDArray[np.int32],
) -> bool:
    """Sketch the texts `codes[offsets[i]:offsets[i + 1]]`; the arrays after `rows` are filled.

    `signatures` uint32 (n, len(a)) may have but one row, if they are wanted for the band `keys` only.

    `view`, `shingles` and `mixed` are room for one text. Returns False, with nothing of use written, if they are too
    small for the folded form of some text, or `words` for all tokens.
    """
    limit = sample_limit(sample_rate)
    token_offsets[0] = 0
    sample_offsets[0] = 0
    for i in range(len(offsets) - 1):
        begin = token_offsets[i]
        size = fold_text(codes[offsets[i] : offsets[i + 1]], table, expansions, view)
        if size < 0 or begin + size > len(words):
            return False
        end = tokenise_view(view, size, words, letters, flags, begin)
        token_offsets[i + 1] = end
        fingerprints[i] = sequence_hash(words[begin:end])
        count = shingles_of(words[begin:end], flags[begin:end], shingle_size, shingles)
        shingle_counts[i] = count
        mix(shingles, count, mixed)
        signature = signatures[i if len(signatures) > 1 else 0]
        sign(mixed, count, a, b, signature)
        band_keys(signature, rows, keys[i])
        sample_offsets[i + 1] = sample_offsets[i] + sample(shingles, count, limit, samples[sample_offsets[i] :])
    return True
