"""Background frequency: how much it says that a text holds a word or a shingle.

What many articles of a corpus hold (forms, furniture, set phrases) says little; what few hold says nearly everything.
"""

from __future__ import annotations

import math

import numpy as np

from newsdedup.model.background import Background, Counts
from newsdedup.model.sketch import Tokens
from newsdedup.stages.kernels.background import count_shingles, count_words

WORD_BUCKETS = 1 << 20
MAX_SHINGLE_BUCKETS = 1 << 26
LONE_FROM = 100
"""Articles in a corpus from which on a word that none of the others has begins to look like a misprint."""


def measure_background(tokens: Tokens, shingle_size: int) -> Background:
    """The background of all articles of a corpus; linear in their tokens."""
    buckets = 1 << 16
    while buckets < min(2 * len(tokens.hashes), MAX_SHINGLE_BUCKETS):
        buckets *= 2
    counts = Counts(len(tokens), np.zeros(WORD_BUCKETS, np.uint32), np.zeros(buckets, np.uint8))
    count_into(counts, tokens, shingle_size)
    return background_of(counts)


def count_into(counts: Counts, tokens: Tokens, shingle_size: int) -> None:
    """Count the words and shingles of some articles into the arrays of `counts`."""
    count_words(tokens.hashes, tokens.offsets, np.full(len(counts.words), -1, np.int32), counts.words)
    count_shingles(tokens.hashes, tokens.flags, tokens.offsets, shingle_size, counts.shingles)


def background_of(counts: Counts) -> Background:
    """Information is `log((n + 1) / count)`, the usual inverse document frequency, with n articles."""
    n = counts.articles
    # beyond a count of 255 a shingle is background in a corpus of any size
    shingle_weights = np.log((n + 1) / np.maximum(np.arange(256), 1)).clip(min=0.1)
    return Background(
        word_weights=np.log((n + 1) / np.maximum(counts.words, 1)).clip(min=0.1).astype(np.float32),
        lone_weight=math.log(n + 1) / (1 + math.log10(max(n, LONE_FROM) / LONE_FROM)),
        shingle_counts=counts.shingles,
        shingle_weights=shingle_weights.astype(np.float32),
    )
