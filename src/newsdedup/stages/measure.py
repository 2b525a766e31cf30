"""Measure pairs of articles: everything that a verdict on them rests on."""

from __future__ import annotations

import numpy as np

from newsdedup.model.background import Background
from newsdedup.model.catalog import UNDATED, Catalog
from newsdedup.model.match import COLUMN, Candidates
from newsdedup.model.sketch import Float32Array, Float64Array, Int64Array, Sketches, Tokens
from newsdedup.stages.kernels import compare
from newsdedup.stages.text.weekdays import weekdays

_FROM_KERNEL = {
    "jaccard": compare.JACCARD,
    "containment": compare.CONTAINMENT,
    "containment_a": compare.CONTAINMENT_A,
    "containment_b": compare.CONTAINMENT_B,
    "rare_containment": compare.RARE_CONTAINMENT,
    "recurring": compare.RECURRING,
    "alignment": compare.ALIGNMENT,
    "coverage": compare.COVERAGE,
    "coverage_longer": compare.COVERAGE_LONGER,
    "longest_run": compare.LONGEST_RUN,
    "words": compare.WORDS,
    "lead": compare.LEAD,
    "lead_longer": compare.LEAD_LONGER,
    "density": compare.DENSITY,
    "density_longer": compare.DENSITY_LONGER,
    "figures_shared": compare.FIGURES_SHARED,
    "figures_differing": compare.FIGURES_DIFFERING,
    "figures_kept": compare.FIGURES_KEPT,
    "figures_replaced": compare.FIGURES_REPLACED,
    "replaced": compare.REPLACED,
    "misprints": compare.MISPRINTS,
    "news": compare.NEWS,
    "names_shared": compare.NAMES_SHARED,
    "names_differing": compare.NAMES_DIFFERING,
    "headline": compare.HEADLINE,
    "headline_news": compare.HEADLINE_NEWS,
    "weekdays_apart": compare.WEEKDAYS_APART,
}

_DAY_US = 86_400e6


def measure(
    tokens: Tokens,
    headlines: Tokens,
    sketches: Sketches,
    catalog: Catalog,
    candidates: Candidates,
    background: Background,
) -> Float32Array:
    """The evidence on each candidate pair, float32 (pairs, fields of Evidence).

    Releases the interpreter's lock for most of the time. Linear in the tokens of the pairs.
    """
    left, right = candidates.left.astype(np.int64), candidates.right.astype(np.int64)
    features = np.zeros((len(candidates), compare.COLUMNS), np.float32)
    compare.compare_pairs(
        left, right, tokens.hashes, tokens.letters, tokens.flags, tokens.offsets,
        headlines.hashes, headlines.letters, headlines.flags, headlines.offsets,
        sketches.sample_hashes, sketches.sample_offsets, background.sample_articles, background.sample_days,
        background.shingle_weights, background.days, weekdays(), background.word_weights, background.most,
        background.lone_weight, sketches.params.shingle_size, features,
    )  # fmt: skip
    evidence = np.zeros((len(candidates), len(COLUMN)), np.float32)
    for name, column in _FROM_KERNEL.items():
        evidence[:, COLUMN[name]] = features[:, column]
    lengths = [tokens.offsets[side + 1] - tokens.offsets[side] for side in (left, right)]
    evidence[:, COLUMN["length_ratio"]] = np.minimum(*lengths) / np.maximum(*lengths).clip(min=1)
    evidence[:, COLUMN["days_apart"]] = _days_apart(catalog, left, right)
    return evidence


def _days_apart(catalog: Catalog, left: Int64Array, right: Int64Array) -> Float64Array:
    """Days between the dates of publication; -1.0 where one is unknown."""
    a, b = catalog.published[left], catalog.published[right]
    known = (a != UNDATED) & (b != UNDATED)
    gap = np.abs(a.astype(np.float64) - b.astype(np.float64)) / _DAY_US
    return np.where(known, gap, -1.0)
