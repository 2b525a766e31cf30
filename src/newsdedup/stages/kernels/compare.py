"""What two texts share, measured on their sets of shingles and words and on their alignment."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.align import MAX_GAP, align_texts
from newsdedup.stages.kernels.compiled import kernel
from newsdedup.stages.kernels.sets import FIGURE, NAME
from newsdedup.stages.kernels.tokenise import FIGURE_FLAG, SINGLE_FLAG

S32 = np.uint64(32)
LOW = np.uint64(0xFFFFFFFF)
LEAD_TOKENS = 40
WORTH_ALIGNING = 0.1
"""Texts that share less than this part of the shorter's words are not aligned: it would say nothing."""

(
    JACCARD, CONTAINMENT, CONTAINMENT_A, CONTAINMENT_B, RARE_CONTAINMENT, ALIGNMENT, COVERAGE, COVERAGE_LONGER,
    LONGEST_RUN, LEAD, LEAD_LONGER, FIGURES_SHARED, FIGURES_DIFFERING, FIGURES_KEPT, FIGURES_REPLACED, REPLACED,
    MISPRINTS, NEWS, NAMES_SHARED, NAMES_DIFFERING, HEADLINE,
) = range(21)  # fmt: skip
COLUMNS = 21
HEAD_TOKENS = 200
"""How far down a page its headline stands."""
MIN_HEADLINE = 4
"""Words in the shortest headline that is looked for in the other text."""


@kernel
def _cover(places: NDArray[np.int64], flags: NDArray[np.uint8], shingle_size: int, covered: NDArray[np.uint8]) -> None:
    """Mark the tokens of the shingles that begin at `places`."""
    for i in range(len(places)):
        weight = 0
        at = places[i]
        while weight < 2 * shingle_size and at < len(covered):
            covered[at] = 1
            weight += 1 if flags[at] & SINGLE_FLAG else 2
            at += 1


@kernel
def _share(covered: NDArray[np.uint8]) -> float:
    return covered.sum() / len(covered) if len(covered) else 0.0


@kernel
def _longest(covered: NDArray[np.uint8]) -> int:
    best = run = 0
    for i in range(len(covered)):
        run = run + 1 if covered[i] else 0
        best = max(best, run)
    return best


@kernel
def _holds(words: NDArray[np.uint64], first: int, end: int, word: np.uint64) -> bool:
    """Whether a sorted set of words has one with that hash."""
    while first < end:
        middle = (first + end) // 2
        found = words[middle] >> S32
        if found == word:
            return True
        if found < word:
            first = middle + 1
        else:
            end = middle
    return False


@kernel
def _information(
    word: np.uint32, flag: np.uint8, word_weights: NDArray[np.float32], most: float, lone_weight: float
) -> float:
    """The information in a word; one that no other article has may be a misprint, unless it is a figure."""
    weight = word_weights[word & np.uint32(len(word_weights) - 1)]
    return lone_weight if weight >= most and not flag & FIGURE_FLAG else weight


@kernel
def _stands_in(headline: NDArray[np.uint32], text: NDArray[np.uint32]) -> float:
    """The longest run of words of a headline that stands in the head of a text, over its words."""
    if len(headline) < MIN_HEADLINE:
        return 0.0
    best = 0
    end = min(len(text), HEAD_TOKENS)
    for i in range(len(headline)):
        for j in range(end):
            run = 0
            while i + run < len(headline) and j + run < end and headline[i + run] == text[j + run]:
                run += 1
            best = max(best, run)
        if best >= len(headline) - i:
            break
    return best / len(headline)


@kernel
def compare_pairs(
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    hashes: NDArray[np.uint32],
    letters: NDArray[np.uint32],
    flags: NDArray[np.uint8],
    begins: NDArray[np.int64],
    lengths: NDArray[np.int64],
    starts: NDArray[np.int64],
    shingles: NDArray[np.uint64],
    shingle_ends: NDArray[np.int64],
    words: NDArray[np.uint64],
    word_ends: NDArray[np.int64],
    headlines: NDArray[np.uint32],
    headline_begins: NDArray[np.int64],
    headline_lengths: NDArray[np.int64],
    shingle_weights: NDArray[np.float32],
    shingle_counts: NDArray[np.uint8],
    word_weights: NDArray[np.float32],
    lone_weight: float,
    shingle_size: int,
    features: NDArray[np.float32],
) -> None:
    """Fill `features` float32 (pairs, COLUMNS) for the pairs of rows `left[i]`, `right[i]` of the sets.

    Row k of the sets is the text of tokens `begins[k]:begins[k] + lengths[k]`, under the headline of tokens
    `headline_begins[k]:headline_begins[k] + headline_lengths[k]`. `shingle_weights[count]` and
    `word_weights[bucket]` are information, in nats.
    """
    shingle_mask = np.uint64(len(shingle_counts) - 1)
    most = word_weights.max()
    longest = lengths.max() if len(lengths) else 0
    places_a = np.empty(longest, np.int64)
    places_b = np.empty(longest, np.int64)
    anchors_a = np.empty(longest, np.int64)
    anchors_b = np.empty(longest, np.int64)
    partner = np.empty(longest, np.int32)
    near = np.empty(longest, np.uint8)
    scores = np.empty((MAX_GAP + 1, MAX_GAP + 1), np.uint8)
    for pair in range(len(left)):
        # a is the shorter from here on
        a_is_left = lengths[left[pair]] <= lengths[right[pair]]
        a, b = (left[pair], right[pair]) if a_is_left else (right[pair], left[pair])
        out = features[pair]

        # shingles: one merge over both sorted sets; those that stand once in each anchor the alignment
        i, i_end = starts[a], shingle_ends[a]
        j, j_end = starts[b], shingle_ends[b]
        n_a = n_b = shared = marked_a = marked_b = anchored = 0
        weight_a = weight_b = weight_shared = 0.0
        while i < i_end or j < j_end:
            hash_i = shingles[i] >> S32 if i < i_end else LOW + np.uint64(1)
            hash_j = shingles[j] >> S32 if j < j_end else LOW + np.uint64(1)
            low = min(hash_i, hash_j)
            weight = shingle_weights[shingle_counts[low & shingle_mask]]
            both = hash_i == hash_j
            first_a, first_b = marked_a, marked_b
            if hash_i == low:
                n_a += 1
                weight_a += weight
                while i < i_end and shingles[i] >> S32 == low:
                    if both:
                        places_a[marked_a] = np.int64(shingles[i] & LOW)
                        marked_a += 1
                    i += 1
            if hash_j == low:
                n_b += 1
                weight_b += weight
                while j < j_end and shingles[j] >> S32 == low:
                    if both:
                        places_b[marked_b] = np.int64(shingles[j] & LOW)
                        marked_b += 1
                    j += 1
            if both:
                shared += 1
                weight_shared += weight
                if marked_a - first_a == 1 and marked_b - first_b == 1:
                    anchors_a[anchored] = places_a[first_a]
                    anchors_b[anchored] = places_b[first_b]
                    anchored += 1
        out[JACCARD] = shared / max(n_a + n_b - shared, 1)
        share_a, share_b = shared / max(n_a, 1), shared / max(n_b, 1)
        out[CONTAINMENT_A] = share_a if a_is_left else share_b
        out[CONTAINMENT_B] = share_b if a_is_left else share_a
        out[CONTAINMENT] = max(share_a, share_b)
        out[RARE_CONTAINMENT] = weight_shared / max(min(weight_a, weight_b), 1e-6)

        own = slice(begins[a], begins[a] + lengths[a])
        other = slice(begins[b], begins[b] + lengths[b])
        hashes_a, flags_a = hashes[own], flags[own]
        hashes_b, flags_b = hashes[other], flags[other]
        covered_a = np.zeros(lengths[a], np.uint8)
        covered_b = np.zeros(lengths[b], np.uint8)
        _cover(places_a[:marked_a], flags_a, shingle_size, covered_a)
        _cover(places_b[:marked_b], flags_b, shingle_size, covered_b)
        out[COVERAGE] = _share(covered_a)
        out[COVERAGE_LONGER] = _share(covered_b)
        out[LONGEST_RUN] = min(_longest(covered_a), _longest(covered_b))
        out[LEAD] = _share(covered_a[:LEAD_TOKENS])
        out[LEAD_LONGER] = _share(covered_b[:LEAD_TOKENS])
        out[ALIGNMENT] = out[COVERAGE]

        # figures and names of the shorter, looked for anywhere in the longer
        for i in range(starts[a], word_ends[a]):
            kind = words[i] & LOW
            if kind == FIGURE or kind == NAME:
                known = _holds(words, starts[b], word_ends[b], words[i] >> S32)
                if kind == FIGURE:
                    out[FIGURES_SHARED if known else FIGURES_DIFFERING] += 1
                else:
                    out[NAMES_SHARED if known else NAMES_DIFFERING] += 1

        aligned = out[COVERAGE] >= WORTH_ALIGNING
        if aligned:
            headline_a = headlines[headline_begins[a] : headline_begins[a] + headline_lengths[a]]
            headline_b = headlines[headline_begins[b] : headline_begins[b] + headline_lengths[b]]
            out[HEADLINE] = max(_stands_in(headline_a, hashes_b), _stands_in(headline_b, hashes_a))
            order = np.argsort(anchors_a[:anchored])
            align_texts(
                hashes_a, letters[own], flags_a, hashes_b, letters[other], flags_b,
                anchors_a[:anchored][order], anchors_b[:anchored][order],
                scores, partner[: lengths[a]], near[: lengths[a]],
            )  # fmt: skip

        # what the shorter says that the longer does not, and what stands in its place there
        information = missing = replaced = 0.0
        matched = misprinted = kept = exchanged = 0
        block = block_figures = 0
        block_missing = 0.0
        last_b = -1
        for i in range(lengths[a] + 1):
            at = lengths[b] if i == lengths[a] else (partner[i] if aligned else -1)
            if at < 0:
                weight = _information(hashes_a[i], flags_a[i], word_weights, most, lone_weight)
                information += weight
                block += 1
                if flags_a[i] & FIGURE_FLAG:
                    block_figures += 1
                if not _holds(words, starts[b], word_ends[b], np.uint64(hashes_a[i])):
                    missing += weight
                    block_missing += weight
                continue
            if 0 < block <= MAX_GAP and 0 < at - last_b - 1 <= MAX_GAP and aligned:
                other_figures = 0
                other_missing = 0.0
                for j in range(last_b + 1, at):
                    if flags_b[j] & FIGURE_FLAG:
                        other_figures += 1
                    if not _holds(words, starts[a], word_ends[a], np.uint64(hashes_b[j])):
                        other_missing += _information(hashes_b[j], flags_b[j], word_weights, most, lone_weight)
                exchanged += min(block_figures, other_figures)
                replaced += min(block_missing, other_missing)
            block = block_figures = 0
            block_missing = 0.0
            last_b = at
            if i < lengths[a]:
                information += _information(hashes_a[i], flags_a[i], word_weights, most, lone_weight)
                matched += 1
                misprinted += near[i]
                if flags_a[i] & FIGURE_FLAG:
                    kept += 1
        if aligned:
            out[ALIGNMENT] = matched / lengths[a]
            out[FIGURES_KEPT] = kept
            out[FIGURES_REPLACED] = exchanged
            out[MISPRINTS] = misprinted / max(matched, 1)
            out[REPLACED] = replaced / max(information, 1e-6)
        out[NEWS] = missing / max(information, 1e-6)
