"""How much it says that a text holds a word or a shingle."""

from __future__ import annotations

from dataclasses import dataclass

from newsdedup.model.sketch import Float32Array, UInt8Array, UInt32Array


@dataclass(frozen=True, slots=True)
class Counts:
    """What a background is made from; the arrays are those of some articles and may be added to.

    uint32 `words` (a power of two,): articles that hold the words of a bucket; uint8 `shingles` (a power of two,):
    occurrences of the shingles of a bucket, 255 standing for that many or more.
    """

    articles: int
    words: UInt32Array
    shingles: UInt8Array


@dataclass(frozen=True, slots=True)
class Background:
    """Information of words and shingles in one corpus.

    float32 `word_weights` (a power of two,): information in nats of the words whose hash falls in a bucket;
    uint8 `shingle_counts` (a power of two,): occurrences, up to 255, of the shingles in a bucket;
    float32 `shingle_weights` (256,): information in nats of a shingle with that count.
    """

    word_weights: Float32Array
    lone_weight: float
    """Information of a word, other than a figure, that stands in one article only: it may be a misprint."""
    shingle_counts: UInt8Array
    shingle_weights: Float32Array
