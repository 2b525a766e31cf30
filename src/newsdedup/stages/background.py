"""Background frequency: how much it says that a text holds a word or a shingle.

What many articles of a corpus hold (forms, furniture, set phrases) says little; what few hold says nearly everything.
And what comes up on many days is a form, however few hold it, where what many hold on one day is one story.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

import numpy as np

from newsdedup.model.background import Background, Counts
from newsdedup.model.sketch import Int64Array, Tokens, UInt8Array
from newsdedup.stages.join import Join
from newsdedup.stages.kernels.background import count_words

WORD_BUCKETS = 1 << 20
FEW_DAYS = 5
"""In a corpus of fewer days nothing can be told of what comes up from day to day."""
COUNTED_AT_ONCE = 1 << 15
"""Articles whose words are looked at before the memory they lie in is let go."""
LONE_FROM = 100
"""Articles in a corpus from which on a word that none of the others has begins to look like a misprint."""


def measure_background(tokens: Tokens, joined: Join, days: Int64Array) -> Background:
    """The background of all articles of a corpus; linear in their tokens.

    int64 `days` (n,): the day of each article, -1 if unknown.
    """
    return background_in(count(tokens, days), joined, days)


def count(tokens: Tokens, days: Int64Array) -> Counts:
    """The words and the days of all articles of a corpus."""
    counts = Counts(len(tokens), np.zeros(WORD_BUCKETS, np.uint32), Counter())
    for start in range(0, len(tokens), COUNTED_AT_ONCE):
        part = slice(start, start + COUNTED_AT_ONCE)
        count_into(counts, replace(tokens, offsets=tokens.offsets[start : part.stop + 1]), days[part])
        tokens.let_go()
    return counts


def background_in(counts: Counts, joined: Join, days: Int64Array) -> Background:
    """The background of a corpus of which words and days are counted, and which is joined with itself."""
    return replace(
        background_of(counts),
        sample_articles=joined.holders,
        sample_days=joined.days,
        days=days if tell_days(counts) else np.full(len(days), -1, np.int64),
    )


def count_into(counts: Counts, tokens: Tokens, days: Int64Array) -> None:
    """Count the words and the days of some articles into `counts`."""
    count_words(tokens.hashes, tokens.offsets, np.full(len(counts.words), -1, np.int32), counts.words)
    counts.days.update(days[days >= 0].tolist())


def tell_days(counts: Counts) -> bool:
    """Whether articles were published on enough days to tell what recurs."""
    return len(counts.days) >= FEW_DAYS


def background_of(counts: Counts) -> Background:
    """A background that knows of no articles and samples yet.

    Information is `log((n + 1) / count)`, the usual inverse document frequency, with n articles.
    """
    n = counts.articles
    nothing: UInt8Array = np.zeros(0, np.uint8)
    return Background(
        word_weights=np.log((n + 1) / np.maximum(counts.words, 1)).clip(min=0.1).astype(np.float32),
        most=float(np.float32(math.log(n + 1))),
        lone_weight=math.log(n + 1) / (1 + math.log10(max(n, LONE_FROM) / LONE_FROM)),
        # beyond 255 articles a shingle is background in a corpus of any size
        shingle_weights=np.log((n + 1) / np.maximum(np.arange(256), 1)).clip(min=0.1).astype(np.float32),
        sample_articles=nothing,
        sample_days=nothing,
        days=np.zeros(0, np.int64),
    )
