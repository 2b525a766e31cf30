"""From sorted keys, each of which names what an article holds, to what articles have in common."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.compiled import kernel

S32 = np.uint64(32)
ARTICLE_BITS = np.uint64(29)
ARTICLE_MASK = np.uint64((1 << 29) - 1)
WEIGHT_BITS = np.uint64(6)
WEIGHT_MASK = np.uint64(31)
MAX_WEIGHT = 31
IN_PART = np.uint64(32)
"""Beside the weight: what the two share is held by more articles than are paired in full."""
MAX_ARTICLES = 1 << 29
MIX = np.uint64(0x9E3779B97F4A7C15)
LANDMARK_BITS = 5


@kernel
def pack(lower: np.uint64, higher: np.uint64, weight: np.uint8) -> np.uint64:
    """Two articles, lower first, and the weight of what they share in one number that sorts by the articles."""
    return (lower << ARTICLE_BITS | higher) << WEIGHT_BITS | np.uint64(weight)


@kernel
def key_samples(
    samples: NDArray[np.uint64],
    offsets: NDArray[np.int64],
    live: NDArray[np.bool_],
    place_bits: int,
    keys: NDArray[np.uint64],
) -> int:
    """Write a key for each sampled shingle of the live articles, in their order; return how many.

    The lower `place_bits` of a key are the place in `samples`, where article i has `offsets[i]:offsets[i + 1]`, the
    upper ones those of a hash: samples are the least of all hashes, of which the upper bits say little.
    """
    shift = np.uint64(place_bits)
    n = 0
    for article in range(len(live)):
        if live[article]:
            for place in range(offsets[article], offsets[article + 1]):
                keys[n] = (samples[place] * MIX) >> shift << shift | np.uint64(place)
                n += 1
    return n


@kernel
def group_sizes(keys: NDArray[np.uint64], low_bits: int, sizes: NDArray[np.int64]) -> None:
    """Count in `sizes[k]` the groups of k equal sorted keys, in the last one all that are larger."""
    shift = np.uint64(low_bits)
    start = 0
    n = len(keys)
    while start < n:
        group = keys[start] >> shift
        end = start + 1
        while end < n and keys[end] >> shift == group:
            end += 1
        sizes[min(end - start, len(sizes) - 1)] += 1
        start = end


@kernel
def count_pairs(keys: NDArray[np.uint64], low_bits: int, cap: int, counts: NDArray[np.int64]) -> int:
    """Add to `counts`, for each article, the pairs `fill_pairs` will write of which it is the lower.

    Returns how many groups are larger than `cap`.
    """
    shift = np.uint64(low_bits)
    mask = (np.uint64(1) << shift) - np.uint64(1)
    capped = 0
    start = 0
    n = len(keys)
    while start < n:
        group = keys[start] >> shift
        end = start + 1
        while end < n and keys[end] >> shift == group:
            end += 1
        if end - start > cap:
            capped += 1
            counts[keys[start] & mask] += end - start - 1
            for i in range(start + 1, end - 1):
                counts[keys[i] & mask] += 1
        else:
            for i in range(start, end - 1):
                counts[keys[i] & mask] += end - 1 - i
        start = end
    return capped


@kernel
def fill_pairs(
    keys: NDArray[np.uint64],
    low_bits: int,
    cap: int,
    weights: NDArray[np.uint8],
    first: int,
    last: int,
    pairs: NDArray[np.uint64],
) -> None:
    """Write each pair of articles that share a key (see `pack`), in no particular order, with the key's weight.

    Only those of which the lower is one of the articles `first:last`.

    `keys` are sorted; the upper bits name what is held, the lower `low_bits` the article that holds it. A group larger
    than `cap` gives a star around its lowest member and a path through its members in order: enough to hold it
    together, and linear in its size; these are marked as IN_PART. The weight is `weights[size]`, the last one for
    groups beyond.
    """
    shift = np.uint64(low_bits)
    mask = (np.uint64(1) << shift) - np.uint64(1)
    first_low, last_low = np.uint64(first), np.uint64(last)
    row = 0
    start = 0
    n = len(keys)
    while start < n:
        group = keys[start] >> shift
        end = start + 1
        while end < n and keys[end] >> shift == group:
            end += 1
        size = end - start
        weight = weights[min(size, len(weights) - 1)]
        if size > cap:
            lowest = keys[start] & mask
            before = lowest
            for i in range(start + 1, end):
                own = keys[i] & mask
                if first_low <= lowest < last_low:
                    pairs[row] = pack(lowest, own, weight) | IN_PART
                    row += 1
                if i > start + 1 and first_low <= before < last_low:
                    pairs[row] = pack(before, own, weight) | IN_PART
                    row += 1
                before = own
        else:
            for i in range(start, end - 1):
                low = keys[i] & mask
                if low < first_low:
                    continue
                if low >= last_low:
                    break
                for j in range(i + 1, end):
                    pairs[row] = pack(low, keys[j] & mask, weight)
                    row += 1
        start = end


@kernel
def keep_pairs(
    pairs: NDArray[np.uint64],
    sizes: NDArray[np.int64],
    sums: NDArray[np.int32],
    sums_in_full: NDArray[np.int32],
    min_shared: int,
    min_overlap: float,
    kept: NDArray[np.uint64],
    strength: NDArray[np.float32],
) -> int:
    """Write the distinct pairs of sorted packed `pairs` that share enough as `lower << 32 | higher`; return how many.

    Enough are `min_shared` things, or all of the smaller if it has fewer, and `min_overlap` of the smaller, where
    article i has `sizes[i]` things, which weigh `sums[i]`, those in groups paired in full `sums_in_full[i]`.
    `strength` is the weight of what is shared over that of the lighter; or the same of what is paired in full, if that
    is more: what a form has in common is known of few of its pairs, which must not stand before those that share all
    else.
    """
    n = 0
    start = 0
    while start < len(pairs):
        pair = pairs[start] >> WEIGHT_BITS
        end = start
        weight = in_full = 0
        while end < len(pairs) and pairs[end] >> WEIGHT_BITS == pair:
            own = int(pairs[end] & WEIGHT_MASK)
            weight += own
            in_full += 0 if pairs[end] & IN_PART else own
            end += 1
        a, b = np.int64(pair >> ARTICLE_BITS), np.int64(pair & ARTICLE_MASK)
        shared = end - start
        smaller = min(sizes[a], sizes[b])
        if shared >= min(min_shared, smaller) and shared >= min_overlap * smaller:
            kept[n] = pair >> ARTICLE_BITS << S32 | pair & ARTICLE_MASK
            whole = weight / max(min(sums[a], sums[b]), 1)
            strength[n] = min(max(whole, in_full / max(min(sums_in_full[a], sums_in_full[b]), 1)), 1.0)
            n += 1
        start = end
    return n


@kernel
def sum_weights(
    offsets: NDArray[np.int64],
    holders: NDArray[np.uint8],
    weights: NDArray[np.uint8],
    cap: int,
    sums: NDArray[np.int32],
    sums_in_full: NDArray[np.int32],
) -> None:
    """Add up, for each article, the weights of all that it holds, of which `holders` says how many have it.

    Article i holds `offsets[i]:offsets[i + 1]`. In `sums_in_full` only of what at most `cap` have.
    """
    for article in range(len(sums)):
        for place in range(offsets[article], offsets[article + 1]):
            weight = weights[holders[place]]
            sums[article] += weight
            if holders[place] <= cap:
                sums_in_full[article] += weight


@kernel
def count_holders(
    keys: NDArray[np.uint64],
    low_bits: int,
    offsets: NDArray[np.int64],
    landmarks: NDArray[np.int32],
    days: NDArray[np.int64],
    articles: NDArray[np.uint8],
    distinct_days: NDArray[np.uint8],
) -> None:
    """For each place that sorted `keys` name: how many articles hold the same, and on how many days, up to 255.

    Article i has the places `offsets[i]:offsets[i + 1]`, and `landmarks` are the articles that have every
    `1 << LANDMARK_BITS`-th place. In the keys themselves the place gives way to its article, and they stay sorted.
    `days` int64 is the day of each article, -1 if unknown; days need not be counted beyond the first 255 seen.
    """
    shift = np.uint64(low_bits)
    mask = (np.uint64(1) << shift) - np.uint64(1)
    n = len(keys)
    # what lies far apart is fetched in loops that do nothing else, so that the processor can fetch ahead
    own = np.empty(n, np.int32)
    for i in range(n):
        place = np.int64(keys[i] & mask)
        article = landmarks[place >> LANDMARK_BITS]
        while offsets[article + 1] <= place:
            article += np.int32(1)
        own[i] = article
    counted = np.empty((n, 2), np.uint8)
    seen = np.empty(255, np.int64)
    start = 0
    while start < n:
        group = keys[start] >> shift
        end = start + 1
        while end < n and keys[end] >> shift == group:
            end += 1
        known = 0
        for i in range(start, end):
            day = days[own[i]]
            if day < 0 or known == 255:
                continue
            new = True
            for k in range(known - 1, -1, -1):
                if seen[k] == day:
                    new = False
                    break
            if new:
                seen[known] = day
                known += 1
        for i in range(start, end):
            counted[i, 0] = min(end - start, 255)
            counted[i, 1] = known
        start = end
    for i in range(n):
        place = keys[i] & mask
        articles[place] = counted[i, 0]
        distinct_days[place] = counted[i, 1]
        keys[i] = keys[i] & ~mask | np.uint64(own[i])


@kernel
def copy_counts(
    first: NDArray[np.int32],
    live: NDArray[np.bool_],
    offsets: NDArray[np.int64],
    articles: NDArray[np.uint8],
    distinct_days: NDArray[np.uint8],
) -> None:
    """Give the places of articles that are not live what is said of those of the live `first` that each is equal to."""
    for article in range(len(first)):
        if not live[article] and live[first[article]]:
            there = offsets[first[article]] - offsets[article]
            for place in range(offsets[article], offsets[article + 1]):
                articles[place] = articles[place + there]
                distinct_days[place] = distinct_days[place + there]
