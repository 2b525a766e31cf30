"""Measure pairs of articles: everything that a verdict on them rests on."""

from __future__ import annotations

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from newsdedup.model.background import Background
from newsdedup.model.catalog import UNDATED, Catalog
from newsdedup.model.match import COLUMN, Candidates
from newsdedup.model.sketch import BoolArray, Float32Array, Float64Array, Int64Array, Tokens
from newsdedup.stages.kernels import compare
from newsdedup.stages.kernels.sets import build_sets
from newsdedup.stages.kernels.tokenise import SINGLE_FLAG

_FROM_KERNEL = {
    "jaccard": compare.JACCARD,
    "containment": compare.CONTAINMENT,
    "containment_a": compare.CONTAINMENT_A,
    "containment_b": compare.CONTAINMENT_B,
    "rare_containment": compare.RARE_CONTAINMENT,
    "coverage": compare.COVERAGE,
    "coverage_longer": compare.COVERAGE_LONGER,
    "longest_run": compare.LONGEST_RUN,
    "lead": compare.LEAD,
    "lead_longer": compare.LEAD_LONGER,
    "figures_shared": compare.FIGURES_SHARED,
    "figures_differing": compare.FIGURES_DIFFERING,
    "figures_kept": compare.FIGURES_KEPT,
    "figures_replaced": compare.FIGURES_REPLACED,
    "replaced": compare.REPLACED,
    "misprints": compare.MISPRINTS,
    "alignment": compare.ALIGNMENT,
    "news": compare.NEWS,
    "names_shared": compare.NAMES_SHARED,
    "names_differing": compare.NAMES_DIFFERING,
    "headline": compare.HEADLINE,
}

WORTH_COMPARING = 0.1
"""Headlines are compared from this coverage on."""

QUOTED = 0.8
"""From this share on the headline of one text that stands in the other says something though that has none."""

BLOCK = 1 << 14
"""Pairs compared at once: bounds the memory for the sets of their articles."""

_DAY_US = 86_400e6


def measure(
    tokens: Tokens,
    headlines: Tokens,
    catalog: Catalog,
    candidates: Candidates,
    background: Background,
    shingle_size: int,
) -> Float32Array:
    """The evidence on each candidate pair, float32 (pairs, fields of Evidence)."""
    evidence = np.zeros((len(candidates), len(COLUMN)), np.float32)
    # neighbours in `left` share their articles' sets
    for start in range(0, len(candidates), BLOCK):
        rows = slice(start, start + BLOCK)
        left, right = candidates.left[rows].astype(np.int64), candidates.right[rows].astype(np.int64)
        _compare(tokens, headlines, left, right, background, shingle_size, evidence[rows])
    left, right = candidates.left.astype(np.int64), candidates.right.astype(np.int64)
    lengths = np.diff(tokens.offsets)
    shorter = np.minimum(lengths[left], lengths[right])
    evidence[:, COLUMN["words"]] = shorter
    evidence[:, COLUMN["length_ratio"]] = shorter / np.maximum(lengths[left], lengths[right]).clip(min=1)
    evidence[:, COLUMN["days_apart"]] = _days_apart(catalog, left, right)
    worth = evidence[:, COLUMN["coverage"]] >= WORTH_COMPARING
    _headlines(catalog, left, right, worth, evidence[:, COLUMN["headline"]])
    return evidence


def _compare(
    tokens: Tokens,
    headlines: Tokens,
    left: Int64Array,
    right: Int64Array,
    background: Background,
    shingle_size: int,
    evidence: Float32Array,
) -> None:
    """Fill the columns of `evidence` that the kernel measures."""
    articles, places = np.unique(np.concatenate([left, right]), return_inverse=True)
    lengths = np.diff(tokens.offsets)[articles]
    starts = np.zeros(len(articles) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    shingles = np.empty(starts[-1], np.uint64)
    words = np.empty(starts[-1], np.uint64)
    shingle_ends = np.empty(len(articles), np.int64)
    word_ends = np.empty(len(articles), np.int64)
    build_sets(
        tokens.hashes, tokens.flags, tokens.offsets, articles.astype(np.int32), shingle_size,
        starts, shingles, shingle_ends, words, word_ends,
    )  # fmt: skip
    features = np.zeros((len(left), compare.COLUMNS), np.float32)
    compare.compare_pairs(
        places[: len(left)], places[len(left) :], tokens.hashes, tokens.letters, tokens.flags, tokens.offsets[articles],
        lengths, starts, shingles, shingle_ends, words, word_ends, headlines.hashes, headlines.offsets[articles],
        np.diff(headlines.offsets)[articles], background.shingle_weights,
        background.shingle_counts, background.word_weights, background.lone_weight, shingle_size, features,
    )  # fmt: skip
    for name, column in _FROM_KERNEL.items():
        evidence[:, COLUMN[name]] = features[:, column]
    singles = _mostly_single(tokens, articles)[places[: len(left)]]
    evidence[singles, COLUMN["longest_run"]] /= 2  # two characters count as a word


def _mostly_single(tokens: Tokens, articles: Int64Array) -> BoolArray:
    """Which of the articles are written mostly in a script without spaces."""
    return np.array(
        [
            2 * np.count_nonzero(tokens.flags[tokens.offsets[i] : tokens.offsets[i + 1]] & SINGLE_FLAG)
            > tokens.offsets[i + 1] - tokens.offsets[i]
            for i in articles
        ],
        np.bool_,
    )


def _headlines(catalog: Catalog, left: Int64Array, right: Int64Array, worth: BoolArray, out: Float32Array) -> None:
    """Raise `out`, how much of one headline stands in the other text, to how alike the headlines are.

    Both in any order of words; -1.0 where neither is known.
    """
    out[~worth] = -1.0
    for row in np.flatnonzero(worth):
        a, b = catalog.titles[left[row]], catalog.titles[right[row]]
        if a and b:
            out[row] = max(out[row], fuzz.token_sort_ratio(a, b, processor=default_process) / 100)
        elif out[row] < QUOTED:
            out[row] = -1.0


def _days_apart(catalog: Catalog, left: Int64Array, right: Int64Array) -> Float64Array:
    """Days between the dates of publication; -1.0 where one is unknown."""
    a, b = catalog.published[left], catalog.published[right]
    known = (a != UNDATED) & (b != UNDATED)
    gap = np.abs(a.astype(np.float64) - b.astype(np.float64)) / _DAY_US
    return np.where(known, gap, -1.0)
