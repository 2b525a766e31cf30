"""The verdict on a pair: how likely it is one story, and what the two are to each other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from newsdedup.model.match import RELATIONS, Candidates, MatchTable, Relation, Test
from newsdedup.model.sketch import BoolArray, Float32Array, Float64Array, Tokens, UInt8Array
from newsdedup.model.weights import Weights
from newsdedup.plan import VerifyParams
from newsdedup.stages.features import Columns, features_of
from newsdedup.stages.kernels import compare

_CODE = {relation: code for code, relation in enumerate(RELATIONS)}
_NONE = 255

FORM_CHANCE = 0.02
"""Of labelled pairs whose figures are exchanged as `_refilled` says, so many are one story (2 of 126)."""


EMBEDDED_CHANCE = 0.05
"""No labelled pair of a text and another that prints it below a lead of its own, as `_embedded` says, is one story."""


def verify(
    ids: tuple[str, ...], tokens: Tokens, candidates: Candidates, evidence: Float32Array, params: VerifyParams
) -> MatchTable:
    """The candidates that are a match of any relation; the rest is dropped."""
    equal = equal_texts(tokens, candidates)
    chance = np.where(equal, 1.0, probability(evidence, params.weights))
    relation = judge(evidence, chance, equal, params)
    kept = relation != _NONE
    return MatchTable(
        ids,
        candidates.left[kept],
        candidates.right[kept],
        relation[kept],
        chance[kept].astype(np.float32),
        evidence[kept],
        candidates.tests[kept],
    )


def as_forms(matches: MatchTable, formed: BoolArray) -> MatchTable:
    """The matches, of which some turned out to be of a form filled twice."""
    return replace(
        matches,
        relation=np.where(formed, np.uint8(_CODE[Relation.TEMPLATE]), matches.relation),
        probability=np.where(formed, np.minimum(matches.probability, np.float32(FORM_CHANCE)), matches.probability),
    )


def equal_texts(tokens: Tokens, candidates: Candidates) -> BoolArray:
    """Which candidates have equal tokens, of those that may (equal fingerprints, or never fingerprinted as a pair)."""
    equal: BoolArray = np.not_equal(candidates.tests & np.uint8(Test.FINGERPRINT | Test.CANONICAL), 0)
    compare.equal_texts(candidates.left, candidates.right, tokens.hashes, tokens.offsets, equal)
    return equal


def probability(evidence: Float32Array, weights: Weights) -> Float64Array:
    """The chance that each pair is one story: what the model says, or less for forms and what stands in another."""
    score = weights.bias + features_of(evidence, weights.weights) @ np.array(list(weights.weights.values()))
    chance: Float64Array = 1.0 / (1.0 + np.exp(-score))
    c = Columns(evidence)
    chance = np.where(_embedded(c), np.minimum(chance, EMBEDDED_CHANCE), chance)
    return np.where(_refilled(c), np.minimum(chance, FORM_CHANCE), chance)


def judge(evidence: Float32Array, chance: Float64Array, equal: BoolArray, params: VerifyParams) -> UInt8Array:
    """The code of the relation of each pair (place in RELATIONS), or 255 for no meaningful reuse.

    The first rule that holds decides: equal tokens are `exact`; from `min_probability` on one story, a `copy` if
    almost all of both texts aligns, else a `revision`; a form filled twice is a `template`; a long passage, enough
    text in the same order, or enough that is rare elsewhere makes an `excerpt`.
    """
    c = Columns(evidence)
    one_story = chance >= params.min_probability
    copied = one_story & (c["alignment"] * c["length_ratio"] >= params.copy_alignment)
    quoted = (
        (c["longest_run"] >= params.excerpt_run)
        | (c["alignment"] >= params.excerpt_alignment)
        | (c["rare_containment"] >= params.excerpt_containment)
    )
    rules = (
        (equal, Relation.EXACT),
        (copied, Relation.COPY),
        (one_story, Relation.REVISION),
        (_formed(c), Relation.TEMPLATE),
        (quoted, Relation.EXCERPT),
    )
    return np.select([rule for rule, _ in rules], [_CODE[relation] for _, relation in rules], _NONE).astype(np.uint8)


def _embedded(c: Columns) -> BoolArray:
    """Which pairs are a text and a longer one that prints it in one piece below a lead of its own, as a round-up does.

    Only where one has no headline: two that are alike say that what stands before it is page furniture, and two that
    are not count for enough.
    """
    below = (c["lead"] >= 0.8) & (c["lead_longer"] <= 0.2) & (c["coverage_longer"] < 0.7)
    embedded: BoolArray = below & (np.minimum(c["density"], c["density_longer"]) >= 0.85) & (c["headline"] < 0)
    return embedded


def _formed(c: Columns) -> BoolArray:
    """Which pairs fill one form: figures change in their places, or much of both is the same from the first line on.

    The bars were read off a small decision tree over the labelled pairs that are not one story.
    """
    exchanged = c["figures_replaced"] / (c["figures_kept"] + c["figures_replaced"] + 1)
    other_figures = (exchanged >= 0.25) & (c["coverage_longer"] >= 0.16)
    same_from_the_start = (c["coverage_longer"] >= 0.45) & (c["lead_longer"] >= 0.58)
    formed: BoolArray = other_figures | same_from_the_start | _refilled(c)
    return formed


def _refilled(c: Columns) -> BoolArray:
    """Which pairs are of a length and have many of their figures exchanged: a correction changes one or two."""
    exchanged, kept = c["figures_replaced"], c["figures_kept"]
    refilled: BoolArray = (exchanged >= 4) & (6 * exchanged >= kept) & (c["length_ratio"] >= 0.7)
    return refilled
