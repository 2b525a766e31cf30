"""Page furniture, learned from the articles of each publisher: lines that its pages repeat and its stories do not.

What many articles of a publisher hold is furniture if they are different stories otherwise. A story that an agency
files forty times repeats its lines too; but such articles have little of their own, or share that with each other, and
they come on few days.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from newsdedup.model.background import Background
from newsdedup.model.furniture import Furniture
from newsdedup.model.sketch import BoolArray, Float64Array, Int32Array, Int64Array, Sketches, Tokens, UInt64Array
from newsdedup.stages.kernels import lines as kernels
from newsdedup.stages.text.lines import LINE_WEIGHT

FEWEST = 8
"""Stories that must repeat a line; of a publisher with fewer articles nothing is learned."""
SHARE = 0.05
"""Share of a publisher's articles, as stories, that must repeat a line."""
MOST = 1000
"""Articles of a publisher that are looked at: those with the lowest fingerprints, which is a random choice."""
FEW_DAYS = 5
"""Days on which a line must come up, or all there are; an article without a date counts as a day of its own."""
LEAST_OWN = 0.2
"""Share of an article that must be its own for it to count as a story: page furniture may be up to four fifths."""
LEAST_LEFT = 10
"""Words that must be left of a text; what is nothing but furniture is compared by that."""

CHUNK_TOKENS = 1 << 20
"""Tokens looked through at a time."""

_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class _Learned:
    """The furniture of one publisher: sorted hashes of lines, in how many articles each stands, and sorted samples."""

    lines: UInt64Array
    articles: Int64Array
    samples: UInt64Array


_NOTHING = _Learned(np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros(0, np.uint64))


def learn(tokens: Tokens, sketches: Sketches, publisher: Int32Array, known: BoolArray, days: Int64Array) -> Furniture:
    """The furniture of each publisher of which enough articles are known.

    int32 `publisher` (n,): whose each article is; bool `known` (publishers,): who of them has a name; int64 `days`
    (n,): the day of each article, -1 if unknown. Linear in the tokens but for a sort of the lines of each publisher;
    those of one publisher are held at a time.
    """
    order = np.argsort(publisher, kind="stable").astype(np.int64)
    bounds = np.searchsorted(publisher[order], np.arange(len(known) + 1))
    read: Int32Array = np.zeros(len(known), np.int32)
    found = [_NOTHING] * len(known)
    for p in np.flatnonzero(known & (np.diff(bounds) >= FEWEST)).tolist():
        rows = order[bounds[p] : bounds[p + 1]]
        rows = np.sort(rows[np.unique(sketches.fingerprints[rows], return_index=True)[1][:MOST]])
        if len(rows) >= FEWEST:
            read[p] = len(rows)
            found[p] = _learned(tokens, sketches, rows, days[rows])
    return Furniture(
        lines=np.concatenate([_NOTHING.lines, *(learned.lines for learned in found)]),
        articles=np.concatenate([_NOTHING.articles, *(learned.articles for learned in found)]).astype(np.int32),
        offsets=np.cumsum([0, *(len(learned.lines) for learned in found)], dtype=np.int64),
        samples=np.concatenate([_NOTHING.samples, *(learned.samples for learned in found)]),
        sample_offsets=np.cumsum([0, *(len(learned.samples) for learned in found)], dtype=np.int64),
        read=read,
    )


def _learned(tokens: Tokens, sketches: Sketches, rows: Int64Array, days: Int64Array) -> _Learned:
    """The furniture in the articles of one publisher, those in `rows`."""
    least = max(FEWEST, math.ceil(SHARE * len(rows)))
    columns = tokens.hashes, tokens.flags, tokens.offsets, rows
    sizes = tokens.offsets[rows + 1] - tokens.offsets[rows]
    room = int(np.sum(sizes // 4))
    every: UInt64Array = np.empty(room, np.uint64)
    every = every[: kernels.distinct_lines(*columns, every)]
    lines, times = np.unique(every, return_counts=True)
    if not np.any(times >= least):
        return _NOTHING
    counts: Int64Array = times.astype(np.int64)
    own: Int64Array = np.empty(len(rows), np.int64)
    shares = np.empty(len(rows))
    held: Int64Array = np.empty(room, np.int64)
    by: Int64Array = np.empty(room, np.int64)
    size = kernels.tell_own(*columns, lines, counts, least, own, shares, held, by)
    shares[(own < LEAST_OWN * sizes) | (own < LEAST_LEFT)] = 0.0
    furniture = _is_furniture(held[:size], by[:size], len(lines), shares, days, least)
    if not furniture.any():
        return _NOTHING
    spans = [slice(*sketches.sample_offsets[row : row + 2]) for row in rows]
    hashes = np.concatenate([sketches.sample_hashes[span] for span in spans])
    owners = np.repeat(np.arange(len(rows)), [span.stop - span.start for span in spans])
    samples, places = np.unique(hashes, return_inverse=True)
    repeated = _is_furniture(places, owners, len(samples), shares, days, least)
    return _Learned(lines[furniture], counts[furniture], samples[repeated])


def _is_furniture(
    held: Int64Array, by: Int64Array, n: int, shares: Float64Array, days: Int64Array, least: int
) -> BoolArray:
    """Which of n things enough stories hold, on enough days: thing `held[i]` is held by article `by[i]`.

    `shares` (articles,) is which part of a story each article is, and `days` its day, -1 if unknown.
    """
    articles = len(days)
    held, by = np.divmod(np.unique(held * articles + by), articles)
    stories = np.bincount(held, weights=shares[by], minlength=n)
    # an article without a date is a day of its own, and no day is negative
    every_day, day_of = np.unique(np.where(days < 0, -1 - np.arange(articles), days), return_inverse=True)
    on_days = np.bincount(np.unique(held * articles + day_of[by]) // articles, minlength=n)
    found: BoolArray = (stories >= least - _ROUNDING) & (on_days >= min(FEW_DAYS, len(every_day)))
    return found


def discount(background: Background, sketches: Sketches, publisher: Int32Array, furniture: Furniture) -> Background:
    """The background in which the sampled shingles of furniture say nothing and come up on no day."""
    articles, days = background.sample_articles.copy(), background.sample_days.copy()
    kernels.forget_samples(
        sketches.sample_hashes, sketches.sample_offsets, publisher, furniture.samples, furniture.sample_offsets,
        articles, days,
    )  # fmt: skip
    weights = background.shingle_weights.copy()
    weights[0] = 0.0
    return replace(background, shingle_weights=weights, sample_articles=articles, sample_days=days)


def stories_in(tokens: Tokens, publisher: Int32Array, furniture: Furniture) -> Iterator[Tokens]:
    """The tokens of all articles without their publishers' furniture, some articles at a time.

    An article of which less than LEAST_LEFT words would be left keeps all.
    """
    n = len(tokens)
    first = 0
    while first < n:
        last = int(np.searchsorted(tokens.offsets, tokens.offsets[first] + CHUNK_TOKENS, side="right")) - 1
        last = min(max(last, first + 1), n)
        yield _without(tokens, publisher, furniture, first, last)
        first = last


@dataclass(frozen=True, slots=True)
class Place:
    """A line of furniture in an article: its tokens `first:last`, counted from the article's first, and which it is."""

    first: int
    last: int
    line: int
    """Its place in `Furniture.lines`."""


def furniture_in(tokens: Tokens, row: int, publisher: Int32Array, furniture: Furniture) -> Iterator[Place]:
    """The lines of furniture in one article, in order."""
    begin = int(furniture.offsets[publisher[row]])
    known = furniture.lines[begin : furniture.offsets[publisher[row] + 1]]
    if not len(known):
        return
    base, end = (int(offset) for offset in tokens.offsets[row : row + 2])
    start = base
    while start < end:
        stop, weight = kernels.line_end(tokens.flags, start, end)
        if weight >= LINE_WEIGHT:
            # called from Python a kernel gives an int, too large to be taken for one again
            place = kernels.place_of(np.uint64(kernels.line_hash(tokens.hashes, start, stop)), known)
            if place >= 0:
                yield Place(start - base, stop - base, begin + place)
        start = stop


def words_left(tokens: Tokens, row: int, publisher: Int32Array, furniture: Furniture) -> int:
    """The tokens that one article is compared by."""
    return len(_without(tokens, publisher, furniture, row, row + 1).hashes)


def _without(tokens: Tokens, publisher: Int32Array, furniture: Furniture, first: int, last: int) -> Tokens:
    span = slice(int(tokens.offsets[first]), int(tokens.offsets[last]))
    kept: BoolArray = np.empty(span.stop - span.start, np.bool_)
    kernels.keep_stories(
        tokens.hashes, tokens.flags, tokens.offsets, publisher, furniture.lines, furniture.offsets, 2 * LEAST_LEFT,
        first, last, kept,
    )  # fmt: skip
    before: Int64Array = np.zeros(len(kept) + 1, np.int64)
    np.cumsum(kept, out=before[1:])
    return Tokens(
        hashes=tokens.hashes[span][kept],
        letters=tokens.letters[span][kept],
        flags=tokens.flags[span][kept],
        offsets=before[tokens.offsets[first : last + 1] - span.start],
    )
