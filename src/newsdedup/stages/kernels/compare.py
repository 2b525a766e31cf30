"""What two texts share, measured on their sets of shingles and words and on their alignment."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.align import MAX_GAP, align_texts, drop_lone_characters
from newsdedup.stages.kernels.compiled import kernel
from newsdedup.stages.kernels.coverage import cover, longest_of, share_of
from newsdedup.stages.kernels.headline import alike, headline_news, stands_in
from newsdedup.stages.kernels.information import information_in, information_of
from newsdedup.stages.kernels.sets import (
    FIGURE,
    NAME,
    WORD,
    find,
    kind_of,
    kinds_of,
    look_up,
    number,
    once_in_each,
    shingles_of,
    table_size,
)  # fmt: skip
from newsdedup.stages.kernels.tokenise import FIGURE_FLAG, SINGLE_FLAG
from newsdedup.stages.kernels.weekdays import days_between, named_days

LEAD_TOKENS = 40
WORTH_ALIGNING = 0.1
"""Texts that share less than this part of the shorter's words are not aligned: it would say nothing."""

(
    JACCARD, CONTAINMENT, CONTAINMENT_A, CONTAINMENT_B, RARE_CONTAINMENT, RECURRING, ALIGNMENT, COVERAGE,
    COVERAGE_LONGER, LONGEST_RUN, LEAD, LEAD_LONGER, DENSITY, DENSITY_LONGER, FIGURES_SHARED, FIGURES_DIFFERING,
    FIGURES_KEPT, FIGURES_REPLACED, REPLACED, MISPRINTS, NEWS, NAMES_SHARED, NAMES_DIFFERING, HEADLINE, HEADLINE_NEWS,
    WORDS, WEEKDAYS_APART,
) = range(27)  # fmt: skip
COLUMNS = 27
QUOTED = 0.8
"""From this share on the headline of one text that stands in the other says something though that has none."""
RECURS_OFTEN = math.log(8.0)
"""The log of the days, beside those of the two texts, from which on a passage is nothing but a form."""
USUALLY_RECURS = 0.4
"""Of what two texts share, as one shingle more than was sampled would say: a few may all be of one phrase."""


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
        weight = np.float64(sample_weights[sample_articles[i if in_a else j]])
        if in_a:
            weight_a += weight
        if in_b:
            weight_b += weight
        if in_a and in_b:
            weight_shared += weight
            shared += 1
            other = np.int64(sample_days[i]) - own_days
            if other > 0:
                recurring += min(math.log(1.0 + other) / RECURS_OFTEN, 1.0)
        i += in_a
        j += in_b
    out[RARE_CONTAINMENT] = weight_shared / max(min(weight_a, weight_b), 1e-6)
    out[RECURRING] = (recurring + USUALLY_RECURS) / (shared + 1) if own_days and shared else -1.0


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
    weekdays: NDArray[np.uint32],
    word_weights: NDArray[np.float32],
    most: float,
    lone_weight: float,
    shingle_size: int,
    features: NDArray[np.float32],
) -> None:
    """Fill `features` float32 (pairs, COLUMNS) for the pairs of articles `left[i]`, `right[i]`.

    Text k has the tokens `offsets[k]:offsets[k + 1]`, headline k those of `head_offsets`, its sample the hashes of
    `sample_offsets`; `weekdays` is the table of names. Pairs that follow each other with one `left` are compared
    fastest. Linear in the tokens of both.
    """
    longest = 1
    longest_head = 1
    for pair in range(len(left)):
        for k in (left[pair], right[pair]):
            longest = max(longest, offsets[k + 1] - offsets[k])
            longest_head = max(longest_head, head_offsets[k + 1] - head_offsets[k])
    slots = table_size(longest)
    # of the shingles (0) and the words (1): what the left text has, by number, and of the right text what that lacks
    tables = np.empty((2, slots), np.uint64)
    rests = np.empty((2, slots), np.uint64)
    own = np.empty((2, longest), np.int32)
    first = np.empty((2, longest), np.int32)
    counts = np.empty((2, longest), np.int32)
    hits = np.empty((2, longest), np.int32)
    there = np.empty((2, longest), np.int32)
    mates = np.empty((2, longest), np.int32)
    kinds = np.empty((2, longest), np.uint8)
    rest_kinds = np.empty(longest, np.uint8)
    # of the left text (0) and the right (1), by place
    shingles = np.empty((2, longest), np.uint32)
    shared = np.empty((2, longest), np.uint8)
    lacks = np.empty((2, longest), np.uint8)
    covered = np.empty((2, longest), np.uint8)
    known_a = np.empty(longest_head, np.uint8)
    known_b = np.empty(longest_head, np.uint8)
    anchors_a = np.empty(longest, np.int64)
    anchors_b = np.empty(longest, np.int64)
    partner = np.empty(longest, np.int32)
    near = np.empty(longest, np.uint8)
    scores = np.empty((MAX_GAP + 1, MAX_GAP + 1), np.uint8)
    half_words = False
    n_left = left_shingles = in_left = left_words = 0
    left_days = np.int64(0)
    left_information = 0.0
    for pair in range(len(left)):
        out = features[pair]
        text_l = slice(offsets[left[pair]], offsets[left[pair] + 1])
        text_r = slice(offsets[right[pair]], offsets[right[pair] + 1])
        if not pair or left[pair] != left[pair - 1]:
            n_left = text_l.stop - text_l.start
            left_shingles = shingles_of(hashes[text_l], flags[text_l], shingle_size, shingles[0])
            in_left = number(shingles[0], left_shingles, tables[0], own[0], first[0], counts[0])
            left_words = number(hashes[text_l], n_left, tables[1], own[1], first[1], counts[1])
            kinds_of(flags[text_l], own[1], kinds[0], left_words)
            left_days = named_days(hashes[text_l], flags[text_l], LEAD_TOKENS, weekdays)
            left_information = information_of(hashes[text_l], flags[text_l], word_weights, most, lone_weight)
            singles = 0
            for i in range(text_l.start, text_l.stop):
                singles += (flags[i] & SINGLE_FLAG) != 0
            half_words = 2 * singles > n_left

        # what the right text has of the left one's shingles and words
        n_right = text_r.stop - text_r.start
        right_shingles = shingles_of(hashes[text_r], flags[text_r], shingle_size, shingles[1])
        hits[0, :in_left] = 0
        hits[1, :left_words] = 0
        lacking = look_up(
            shingles[1], right_shingles, table_size(left_shingles) - 1, tables[0], hits[0], there[0], mates[0], rests[0]
        )
        word_mask, rest_mask = table_size(n_left) - 1, table_size(n_right) - 1
        rest_words = look_up(
            hashes[text_r], n_right, word_mask, tables[1], hits[1], there[1], mates[1], rests[1]
        )  # fmt: skip
        for i in range(left_shingles):
            shared[0, i] = hits[0, own[0, i]] > 0
        for i in range(right_shingles):
            shared[1, i] = mates[0, i] >= 0
        for i in range(n_left):
            lacks[0, i] = hits[1, own[1, i]] == 0
        for i in range(n_right):
            lacks[1, i] = mates[1, i] < 0

        common = 0
        for e in range(in_left):
            common += hits[0, e] > 0
        in_right = common + lacking
        out[JACCARD] = common / max(in_left + in_right - common, 1)
        out[CONTAINMENT_A] = common / max(in_left, 1)
        out[CONTAINMENT_B] = common / max(in_right, 1)
        out[CONTAINMENT] = max(out[CONTAINMENT_A], out[CONTAINMENT_B])
        right_days = named_days(hashes[text_r], flags[text_r], LEAD_TOKENS, weekdays)
        out[WEEKDAYS_APART] = days_between(left_days, right_days)
        own_days = 1 if days[left[pair]] == days[right[pair]] else 2
        if days[left[pair]] < 0 or days[right[pair]] < 0:
            own_days = 0
        _background(
            left[pair], right[pair], sample_hashes, sample_offsets, sample_articles, sample_days, sample_weights,
            own_days, out,
        )  # fmt: skip

        # a is the shorter from here on
        a_side = 0 if n_left <= n_right else 1
        a, b = (right[pair], left[pair]) if a_side else (left[pair], right[pair])
        text_a, text_b = (text_r, text_l) if a_side else (text_l, text_r)
        n_a, n_b = (n_right, n_left) if a_side else (n_left, n_right)
        shingles_a, shingles_b = (right_shingles, left_shingles) if a_side else (left_shingles, right_shingles)
        hashes_a, flags_a = hashes[text_a], flags[text_a]
        hashes_b, flags_b = hashes[text_b], flags[text_b]
        lacks_a, lacks_b = lacks[a_side], lacks[1 - a_side]
        covered_a, covered_b = covered[a_side, :n_a], covered[1 - a_side, :n_b]
        cover(shared[a_side, :shingles_a], flags_a, shingle_size, covered_a)
        cover(shared[1 - a_side, :shingles_b], flags_b, shingle_size, covered_b)
        out[COVERAGE] = share_of(covered_a)
        out[COVERAGE_LONGER] = share_of(covered_b)
        out[LONGEST_RUN] = min(longest_of(covered_a), longest_of(covered_b)) / (2 if half_words else 1)
        out[WORDS] = n_a / (2 if half_words else 1)  # two characters count as a word
        out[LEAD] = share_of(covered_a[:LEAD_TOKENS])
        out[LEAD_LONGER] = share_of(covered_b[:LEAD_TOKENS])
        out[ALIGNMENT] = out[COVERAGE]

        # figures and names of the shorter, looked for anywhere in the longer
        if a_side:
            kinds[1, :left_words] = WORD
            rest_kinds[:rest_words] = WORD
            for i in range(n_right):
                mate = mates[1, i]
                if mate >= 0:
                    kinds[1, mate] = max(kinds[1, mate], kind_of(flags_a[i]))
                else:
                    rest_kinds[-1 - mate] = max(rest_kinds[-1 - mate], kind_of(flags_a[i]))
            for e in range(rest_words):
                if rest_kinds[e] != WORD:
                    out[FIGURES_DIFFERING if rest_kinds[e] == FIGURE else NAMES_DIFFERING] += 1
        for e in range(left_words):
            known = hits[1, e] > 0
            kind = kinds[a_side, e]
            if kind == FIGURE and (known or not a_side):
                out[FIGURES_SHARED if known else FIGURES_DIFFERING] += 1
            elif kind == NAME and (known or not a_side):
                out[NAMES_SHARED if known else NAMES_DIFFERING] += 1

        out[HEADLINE] = -1.0
        aligned = np.float64(out[COVERAGE]) >= WORTH_ALIGNING
        if aligned:
            head_a = slice(head_offsets[a], head_offsets[a + 1])
            head_b = slice(head_offsets[b], head_offsets[b + 1])
            head_l, head_r = (head_b, head_a) if a_side else (head_a, head_b)
            known_l, known_r = (known_b, known_a) if a_side else (known_a, known_b)
            for i in range(head_l.stop - head_l.start):
                mate = find(head_hashes[head_l.start + i], word_mask, tables[1])
                if mate >= 0:
                    known_l[i] = hits[1, mate] > 0
                else:
                    known_l[i] = find(head_hashes[head_l.start + i], rest_mask, rests[1]) >= 0
            for i in range(head_r.stop - head_r.start):
                known_r[i] = find(head_hashes[head_r.start + i], word_mask, tables[1]) >= 0
            quoted = max(
                stands_in(head_hashes[head_a], known_a, hashes_b), stands_in(head_hashes[head_b], known_b, hashes_a)
            )
            if head_a.start < head_a.stop and head_b.start < head_b.stop:
                likeness = alike(
                    head_hashes[head_a], head_letters[head_a], head_flags[head_a],
                    head_hashes[head_b], head_letters[head_b], head_flags[head_b],
                )  # fmt: skip
                out[HEADLINE] = max(quoted, likeness)
                # one headline may tell more of a story; if each names what the other article never does, there are two
                news_a = headline_news(
                    head_hashes[head_a], head_letters[head_a], head_flags[head_a],
                    head_hashes[head_b], head_letters[head_b], head_flags[head_b],
                    known_a, word_weights, most, lone_weight,
                )  # fmt: skip
                news_b = headline_news(
                    head_hashes[head_b], head_letters[head_b], head_flags[head_b],
                    head_hashes[head_a], head_letters[head_a], head_flags[head_a],
                    known_b, word_weights, most, lone_weight,
                )  # fmt: skip
                out[HEADLINE_NEWS] = min(news_a, news_b)
            elif quoted >= QUOTED:
                out[HEADLINE] = quoted
            # shingles that stand once in each text
            anchored = 0
            if a_side:
                for i in range(right_shingles):
                    e = mates[0, i]
                    if e >= 0 and hits[0, e] == 1 and counts[0, e] == 1:
                        anchors_a[anchored] = i
                        anchors_b[anchored] = first[0, e]
                        anchored += 1
            else:
                anchored = once_in_each(left_shingles, own[0], counts[0], hits[0], there[0], anchors_a, anchors_b)
            align_texts(
                hashes_a, letters[text_a], flags_a, hashes_b, letters[text_b], flags_b,
                anchors_a[:anchored], anchors_b[:anchored], scores, partner[:n_a], near[:n_a],
            )  # fmt: skip
            drop_lone_characters(flags_a, partner[:n_a], near[:n_a])

        # what the shorter says that the longer does not, and what stands in its place there
        information = left_information
        if a_side:
            information = information_of(hashes_a, flags_a, word_weights, most, lone_weight)
        missing = replaced = 0.0
        matched = kept = exchanged = 0
        misprinted = np.int64(0)
        block = block_figures = 0
        block_missing = 0.0
        last_b = first_a = first_b = -1
        last_a = 0
        for i in range(n_a + 1):
            at = n_b if i == n_a else (partner[i] if aligned else -1)
            if at < 0:
                block += 1
                if flags_a[i] & FIGURE_FLAG:
                    block_figures += 1
                if lacks_a[i]:
                    weight = information_in(hashes_a[i], flags_a[i], word_weights, most, lone_weight)
                    missing += weight
                    block_missing += weight
                continue
            if 0 < block <= MAX_GAP and 0 < at - last_b - 1 <= MAX_GAP and aligned:
                other_figures = 0
                other_missing = 0.0
                for j in range(last_b + 1, at):
                    if flags_b[j] & FIGURE_FLAG:
                        other_figures += 1
                    if lacks_b[j]:
                        other_missing += information_in(hashes_b[j], flags_b[j], word_weights, most, lone_weight)
                exchanged += min(block_figures, other_figures)
                replaced += min(block_missing, other_missing)
            block = block_figures = 0
            block_missing = 0.0
            if i < n_a:
                last_b = at
                last_a = i
                if first_a < 0:
                    first_a, first_b = i, at
                matched += 1
                misprinted += np.int64(near[i])
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
