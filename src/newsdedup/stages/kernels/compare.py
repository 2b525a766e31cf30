"""What two texts share, measured on their sets of shingles and words and on their alignment."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.align import MAX_GAP, align_texts, drop_lone_characters, is_near
from newsdedup.stages.kernels.compiled import kernel
from newsdedup.stages.kernels.sets import FIGURE, NAME, find, kinds_of, number, shingles_of, table_size
from newsdedup.stages.kernels.tokenise import FIGURE_FLAG, SINGLE_FLAG

LEAD_TOKENS = 40
WORTH_ALIGNING = 0.1
"""Texts that share less than this part of the shorter's words are not aligned: it would say nothing."""

(
    JACCARD, CONTAINMENT, CONTAINMENT_A, CONTAINMENT_B, RARE_CONTAINMENT, RECURRING, ALIGNMENT, COVERAGE,
    COVERAGE_LONGER, LONGEST_RUN, LEAD, LEAD_LONGER, DENSITY, DENSITY_LONGER, FIGURES_SHARED, FIGURES_DIFFERING,
    FIGURES_KEPT, FIGURES_REPLACED, REPLACED, MISPRINTS, NEWS, NAMES_SHARED, NAMES_DIFFERING, HEADLINE, HEADLINE_NEWS,
    WORDS,
) = range(26)  # fmt: skip
COLUMNS = 26
HEAD_TOKENS = 200
"""How far down a page its headline stands."""
MIN_HEADLINE = 4
"""Words in the shortest headline that is looked for in the other text."""
QUOTED = 0.8
"""From this share on the headline of one text that stands in the other says something though that has none."""
RECURS_OFTEN = np.log(8.0)
"""The log of the days, beside those of the two texts, from which on a passage is nothing but a form."""


@kernel
def _cover(
    own: NDArray[np.int32],
    shingles: int,
    mates: NDArray[np.int32],
    flags: NDArray[np.uint8],
    shingle_size: int,
    covered: NDArray[np.uint8],
) -> None:
    """Mark the tokens of the shingles that have a mate in the other text."""
    covered[:] = 0
    done = 0
    for i in range(shingles):
        if mates[own[i]] < 0:
            continue
        weight = 0
        at = i
        while weight < 2 * shingle_size and at < len(covered):
            if at >= done:
                covered[at] = 1
            weight += 1 if flags[at] & SINGLE_FLAG else 2
            at += 1
        done = at


@kernel
def _share(covered: NDArray[np.uint8]) -> float:
    total = 0
    for i in range(len(covered)):
        total += covered[i]
    return total / len(covered) if len(covered) else 0.0


@kernel
def _longest(covered: NDArray[np.uint8]) -> int:
    best = run = 0
    for i in range(len(covered)):
        run = run + 1 if covered[i] else 0
        best = max(best, run)
    return best


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
        if best >= len(headline) - i:
            break
        word = headline[i]
        for j in range(end):
            if text[j] != word:
                continue
            run = 1
            while i + run < len(headline) and j + run < end and headline[i + run] == text[j + run]:
                run += 1
            best = max(best, run)
    return best / len(headline)


@kernel
def _alike(
    a: NDArray[np.uint32],
    letters_a: NDArray[np.uint32],
    flags_a: NDArray[np.uint8],
    b: NDArray[np.uint32],
    letters_b: NDArray[np.uint32],
    flags_b: NDArray[np.uint8],
) -> float:
    """Dice's coefficient of the words of two headlines, each word of b taken at most once, nearly equal words too."""
    shared = 0.0
    taken = np.zeros(len(b), np.uint8)
    for i in range(len(a)):
        close = -1
        for j in range(len(b)):
            if taken[j]:
                continue
            if a[i] == b[j]:
                close = j
                break
            if close < 0 and is_near(letters_a[i], flags_a[i], letters_b[j], flags_b[j]):
                close = j
        if close >= 0:
            taken[close] = 1
            shared += 1.0 if a[i] == b[close] else 0.8
    return 2 * shared / (len(a) + len(b))


@kernel
def _headline_news(
    headline: NDArray[np.uint32],
    letters: NDArray[np.uint32],
    flags: NDArray[np.uint8],
    other: NDArray[np.uint32],
    other_letters: NDArray[np.uint32],
    other_flags: NDArray[np.uint8],
    words: int,
    table: NDArray[np.uint64],
    word_weights: NDArray[np.float32],
    most: float,
    lone_weight: float,
) -> float:
    """The share of the information in a headline that the other article, of so many words, has nowhere."""
    information = missing = 0.0
    mask = table_size(words) - 1
    for i in range(len(headline)):
        weight = _information(headline[i], flags[i], word_weights, most, lone_weight)
        information += weight
        if find(headline[i], mask, table) >= 0:
            continue
        known = False
        for j in range(len(other)):
            if headline[i] == other[j] or is_near(letters[i], flags[i], other_letters[j], other_flags[j]):
                known = True
                break
        if not known:
            missing += weight
    return missing / max(information, 1e-6)


@kernel
def _background(
    a: int,
    b: int,
    sample_hashes: NDArray[np.uint64],
    sample_offsets: NDArray[np.int64],
    sample_articles: NDArray[np.uint8],
    sample_days: NDArray[np.uint8],
    sample_weights: NDArray[np.float32],
    own_days: int,
    out: NDArray[np.float32],
) -> None:
    """Merge two sorted samples: what they share that is rare, and what they share that comes up day after day."""
    i, i_end = sample_offsets[a], sample_offsets[a + 1]
    j, j_end = sample_offsets[b], sample_offsets[b + 1]
    weight_a = weight_b = weight_shared = recurring = 0.0
    shared = 0
    while i < i_end or j < j_end:
        in_a = i < i_end and (j >= j_end or sample_hashes[i] <= sample_hashes[j])
        in_b = j < j_end and (i >= i_end or sample_hashes[j] <= sample_hashes[i])
        weight = sample_weights[sample_articles[i if in_a else j]]
        if in_a:
            weight_a += weight
        if in_b:
            weight_b += weight
        if in_a and in_b:
            weight_shared += weight
            shared += 1
            other = np.int64(sample_days[i]) - own_days
            if other > 0:
                recurring += min(np.log(1.0 + other) / RECURS_OFTEN, 1.0)
        i += in_a
        j += in_b
    out[RARE_CONTAINMENT] = weight_shared / max(min(weight_a, weight_b), 1e-6)
    out[RECURRING] = recurring / max(shared, 1) if own_days else -1.0


@kernel
def equal_texts(
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    hashes: NDArray[np.uint32],
    offsets: NDArray[np.int64],
    equal: NDArray[np.bool_],
) -> None:
    """Clear `equal` where it is set but the two texts have not the same tokens."""
    for pair in range(len(left)):
        a, b = offsets[left[pair]], offsets[right[pair]]
        n = offsets[left[pair] + 1] - a
        if not equal[pair]:
            continue
        if n != offsets[right[pair] + 1] - b:
            equal[pair] = False
            continue
        for i in range(n):
            if hashes[a + i] != hashes[b + i]:
                equal[pair] = False
                break


@kernel
def compare_pairs(
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    hashes: NDArray[np.uint32],
    letters: NDArray[np.uint32],
    flags: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    head_hashes: NDArray[np.uint32],
    head_letters: NDArray[np.uint32],
    head_flags: NDArray[np.uint8],
    head_offsets: NDArray[np.int64],
    sample_hashes: NDArray[np.uint64],
    sample_offsets: NDArray[np.int64],
    sample_articles: NDArray[np.uint8],
    sample_days: NDArray[np.uint8],
    sample_weights: NDArray[np.float32],
    days: NDArray[np.int64],
    word_weights: NDArray[np.float32],
    most: float,
    lone_weight: float,
    shingle_size: int,
    features: NDArray[np.float32],
) -> None:
    """Fill `features` float32 (pairs, COLUMNS) for the pairs of articles `left[i]`, `right[i]`.

    Text k has the tokens `offsets[k]:offsets[k + 1]`, headline k those of `head_offsets`, its sample the hashes of
    `sample_offsets`. Pairs that follow each other with one `left` are compared fastest. Linear in the tokens of both.
    """
    longest = 1
    for pair in range(len(left)):
        for k in (left[pair], right[pair]):
            longest = max(longest, offsets[k + 1] - offsets[k])
    slots = table_size(longest)
    # side 0 is the left text and 1 the right; of both the shingles (0) and the words (1)
    tables = np.empty((2, 2, slots), np.uint64)
    own = np.empty((2, 2, longest), np.int32)
    first = np.empty((2, 2, longest), np.int32)
    counts = np.empty((2, 2, longest), np.int32)
    mates = np.empty((2, 2, longest), np.int32)
    kinds = np.empty((2, longest), np.uint8)
    shingles = np.empty((2, longest), np.uint32)
    covered = np.empty((2, longest), np.uint8)
    n_shingles = np.zeros(2, np.int64)
    distinct = np.zeros((2, 2), np.int64)
    anchors_a = np.empty(longest, np.int64)
    anchors_b = np.empty(longest, np.int64)
    partner = np.empty(longest, np.int32)
    near = np.empty(longest, np.uint8)
    scores = np.empty((MAX_GAP + 1, MAX_GAP + 1), np.uint8)
    half_words = False
    for pair in range(len(left)):
        out = features[pair]
        for side in range(2):
            if side == 0 and pair and left[pair] == left[pair - 1]:
                continue
            k = right[pair] if side else left[pair]
            text = slice(offsets[k], offsets[k + 1])
            n = offsets[k + 1] - offsets[k]
            n_shingles[side] = shingles_of(hashes[text], flags[text], shingle_size, shingles[side])
            if side == 0:
                singles = 0
                for i in range(offsets[k], offsets[k + 1]):
                    singles += (flags[i] & SINGLE_FLAG) != 0
                half_words = 2 * singles > n
            for what in range(2):
                items = hashes[text] if what else shingles[side]
                distinct[side, what] = number(
                    items, n if what else n_shingles[side], tables[side, what], own[side, what], first[side, what],
                    counts[side, what],
                )  # fmt: skip
            kinds_of(flags[text], own[side, 1], kinds[side], distinct[side, 1])

        # what each distinct shingle and word of one text is in the other
        left_words = offsets[left[pair] + 1] - offsets[left[pair]]
        right_begin = offsets[right[pair]]
        for what in range(2):
            mates[0, what, : distinct[0, what]] = -1
            mask = table_size(left_words if what else n_shingles[0]) - 1
            for e in range(distinct[1, what]):
                at = first[1, what, e]
                item = hashes[right_begin + at] if what else shingles[1, at]
                mate = find(item, mask, tables[0, what])
                mates[1, what, e] = mate
                if mate >= 0:
                    mates[0, what, mate] = e

        shared = 0
        for e in range(distinct[1, 0]):
            shared += mates[1, 0, e] >= 0
        in_left, in_right = distinct[0, 0], distinct[1, 0]
        out[JACCARD] = shared / max(in_left + in_right - shared, 1)
        out[CONTAINMENT_A] = shared / max(in_left, 1)
        out[CONTAINMENT_B] = shared / max(in_right, 1)
        out[CONTAINMENT] = max(out[CONTAINMENT_A], out[CONTAINMENT_B])
        own_days = 1 if days[left[pair]] == days[right[pair]] else 2
        if days[left[pair]] < 0 or days[right[pair]] < 0:
            own_days = 0
        _background(
            left[pair], right[pair], sample_hashes, sample_offsets, sample_articles, sample_days, sample_weights,
            own_days, out,
        )  # fmt: skip

        # a is the shorter from here on
        right_words = offsets[right[pair] + 1] - right_begin
        a_side = 0 if left_words <= right_words else 1
        b_side = 1 - a_side
        a, b = (right[pair], left[pair]) if a_side else (left[pair], right[pair])
        n_a, n_b = offsets[a + 1] - offsets[a], offsets[b + 1] - offsets[b]
        hashes_a, flags_a = hashes[offsets[a] : offsets[a + 1]], flags[offsets[a] : offsets[a + 1]]
        hashes_b, flags_b = hashes[offsets[b] : offsets[b + 1]], flags[offsets[b] : offsets[b + 1]]
        covered_a, covered_b = covered[a_side, :n_a], covered[b_side, :n_b]
        _cover(own[a_side, 0], n_shingles[a_side], mates[a_side, 0], flags_a, shingle_size, covered_a)
        _cover(own[b_side, 0], n_shingles[b_side], mates[b_side, 0], flags_b, shingle_size, covered_b)
        out[COVERAGE] = _share(covered_a)
        out[COVERAGE_LONGER] = _share(covered_b)
        out[LONGEST_RUN] = min(_longest(covered_a), _longest(covered_b)) / (2 if half_words else 1)
        out[WORDS] = n_a / (2 if half_words else 1)  # two characters count as a word
        out[LEAD] = _share(covered_a[:LEAD_TOKENS])
        out[LEAD_LONGER] = _share(covered_b[:LEAD_TOKENS])
        out[ALIGNMENT] = out[COVERAGE]

        # figures and names of the shorter, looked for anywhere in the longer
        for e in range(distinct[a_side, 1]):
            known = mates[a_side, 1, e] >= 0
            if kinds[a_side, e] == FIGURE:
                out[FIGURES_SHARED if known else FIGURES_DIFFERING] += 1
            elif kinds[a_side, e] == NAME:
                out[NAMES_SHARED if known else NAMES_DIFFERING] += 1

        out[HEADLINE] = -1.0
        aligned = out[COVERAGE] >= WORTH_ALIGNING
        if aligned:
            head_a = slice(head_offsets[a], head_offsets[a + 1])
            head_b = slice(head_offsets[b], head_offsets[b + 1])
            quoted = max(_stands_in(head_hashes[head_a], hashes_b), _stands_in(head_hashes[head_b], hashes_a))
            if head_offsets[a] < head_offsets[a + 1] and head_offsets[b] < head_offsets[b + 1]:
                alike = _alike(
                    head_hashes[head_a], head_letters[head_a], head_flags[head_a],
                    head_hashes[head_b], head_letters[head_b], head_flags[head_b],
                )  # fmt: skip
                out[HEADLINE] = max(quoted, alike)
                # one headline may tell more of a story; if each names what the other article never does, there are two
                news_a = _headline_news(
                    head_hashes[head_a], head_letters[head_a], head_flags[head_a],
                    head_hashes[head_b], head_letters[head_b], head_flags[head_b],
                    n_b, tables[b_side, 1], word_weights, most, lone_weight,
                )  # fmt: skip
                news_b = _headline_news(
                    head_hashes[head_b], head_letters[head_b], head_flags[head_b],
                    head_hashes[head_a], head_letters[head_a], head_flags[head_a],
                    n_a, tables[a_side, 1], word_weights, most, lone_weight,
                )  # fmt: skip
                out[HEADLINE_NEWS] = min(news_a, news_b)
            elif quoted >= QUOTED:
                out[HEADLINE] = quoted
            anchored = 0
            for i in range(n_shingles[a_side]):
                e = own[a_side, 0, i]
                mate = mates[a_side, 0, e]
                if mate >= 0 and counts[a_side, 0, e] == 1 and counts[b_side, 0, mate] == 1:
                    anchors_a[anchored] = i
                    anchors_b[anchored] = first[b_side, 0, mate]
                    anchored += 1
            align_texts(
                hashes_a, letters[offsets[a] : offsets[a + 1]], flags_a,
                hashes_b, letters[offsets[b] : offsets[b + 1]], flags_b,
                anchors_a[:anchored], anchors_b[:anchored], scores, partner[:n_a], near[:n_a],
            )  # fmt: skip
            drop_lone_characters(flags_a, partner[:n_a], near[:n_a])

        # what the shorter says that the longer does not, and what stands in its place there
        information = missing = replaced = 0.0
        matched = misprinted = kept = exchanged = 0
        block = block_figures = 0
        block_missing = 0.0
        last_b = first_a = first_b = -1
        last_a = 0
        for i in range(n_a + 1):
            at = n_b if i == n_a else (partner[i] if aligned else -1)
            if at < 0:
                weight = _information(hashes_a[i], flags_a[i], word_weights, most, lone_weight)
                information += weight
                block += 1
                if flags_a[i] & FIGURE_FLAG:
                    block_figures += 1
                if mates[a_side, 1, own[a_side, 1, i]] < 0:
                    missing += weight
                    block_missing += weight
                continue
            if 0 < block <= MAX_GAP and 0 < at - last_b - 1 <= MAX_GAP and aligned:
                other_figures = 0
                other_missing = 0.0
                for j in range(last_b + 1, at):
                    if flags_b[j] & FIGURE_FLAG:
                        other_figures += 1
                    if mates[b_side, 1, own[b_side, 1, j]] < 0:
                        other_missing += _information(hashes_b[j], flags_b[j], word_weights, most, lone_weight)
                exchanged += min(block_figures, other_figures)
                replaced += min(block_missing, other_missing)
            block = block_figures = 0
            block_missing = 0.0
            if i < n_a:
                last_b = at
                last_a = i
                if first_a < 0:
                    first_a, first_b = i, at
                information += _information(hashes_a[i], flags_a[i], word_weights, most, lone_weight)
                matched += 1
                misprinted += near[i]
                if flags_a[i] & FIGURE_FLAG:
                    kept += 1
        if aligned:
            out[ALIGNMENT] = matched / n_a
            out[FIGURES_KEPT] = kept
            out[FIGURES_REPLACED] = exchanged
            out[MISPRINTS] = misprinted / max(matched, 1)
            out[REPLACED] = replaced / max(information, 1e-6)
            if matched:
                out[DENSITY] = matched / (last_a - first_a + 1)
                out[DENSITY_LONGER] = matched / (last_b - first_b + 1)
        out[NEWS] = missing / max(information, 1e-6)
