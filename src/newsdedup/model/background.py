"""How much it says that a text holds a word or a shingle."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from newsdedup.model.sketch import Float32Array, Int64Array, UInt8Array, UInt32Array


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted of some articles; more may be counted into it.

    uint32 `words` (a power of two,): articles that hold the words of a bucket; `days`: articles published on each day,
    counted from 1970.
    """

    articles: int
    words: UInt32Array
    days: Counter[int]


@dataclass(frozen=True, slots=True)
class Background:
    """Information of words and shingles in one corpus, and how often its sampled shingles come up.

    float32 `word_weights` (a power of two,): information in nats of the words whose hash falls in a bucket;
    float32 `shingle_weights` (256,): information in nats of a shingle that so many articles hold;
    uint8 `sample_articles` and `sample_days`, beside `Sketches.sample_hashes`: how many articles of different text
    hold each sampled shingle, and on how many different days they were published, both up to 255 (0 for the shingles
    of an article that was not joined); int64 `days`: the day of each article, counted from 1970, -1 if unknown, or
    if the corpus has too few days to tell what recurs.
    """

    word_weights: Float32Array
    most: float
    """Information of what stands in one article only."""
    lone_weight: float
    """Information of a word, other than a figure, that stands in one article only: it may be a misprint."""
    shingle_weights: Float32Array
    sample_articles: UInt8Array
    sample_days: UInt8Array
    days: Int64Array
