from dataclasses import replace

import numpy as np
import pytest

from newsdedup.model.match import COLUMN, Candidates, Relation, Test
from newsdedup.model.sketch import SketchParams
from newsdedup.model.weights import Weights, shipped_weights
from newsdedup.plan import VerifyParams
from newsdedup.stages.features import FEATURES, Columns
from newsdedup.stages.sketch import sketch
from newsdedup.stages.verify import EMBEDDED_CHANCE, FORM_CHANCE, equal_texts, probability, verify

ANY = next(iter(FEATURES))
TEXTS = ["Rain fell on the coast.", "RAIN fell on the coast", "Rain fell on the hills.", "rain, fell: on the coast"]
TOKENS = sketch(TEXTS, SketchParams())[1]
IDS = ("a", "b", "c", "d")


def saying(log_odds):
    """A model that says the same of every pair."""
    return Weights(log_odds, {ANY: 0.0})


def candidates(left, right, tests):
    return Candidates(left, right, tests, np.ones(len(left), np.float32))


def verified(pairs, tests, params, **columns):
    left, right = np.array(pairs, np.int32).T.copy()
    evidence = np.zeros((len(pairs), len(COLUMN)), np.float32)
    for name, value in columns.items():
        evidence[:, COLUMN[name]] = value
    return verify(IDS, TOKENS, candidates(left, right, np.full(len(pairs), tests, np.uint8)), evidence, params)


@pytest.mark.parametrize("tests", [Test.FINGERPRINT, Test.CANONICAL, Test.FINGERPRINT | Test.SAMPLE])
def test_equal_tokens_are_exact_whatever_the_model_says(tests):
    (match,) = verified([(0, 1)], tests, VerifyParams(weights=saying(-20.0)))
    assert (match.relation, match.probability) == (Relation.EXACT, 1.0)


def test_equal_fingerprints_of_unequal_tokens_are_not_exact():
    (match,) = verified([(0, 2)], Test.FINGERPRINT, VerifyParams(weights=saying(20.0)))
    assert match.relation is not Relation.EXACT
    assert match.relation.joins


def test_only_pairs_that_may_be_equal_are_compared_token_by_token():
    left, right = np.array([0, 0, 0, 1], np.int32), np.array([1, 1, 2, 3], np.int32)
    tests = np.array([Test.BANDS, Test.FINGERPRINT, Test.FINGERPRINT, Test.CANONICAL], np.uint8)
    assert equal_texts(TOKENS, candidates(left, right, tests)).tolist() == [False, True, False, True]


def test_from_the_least_probability_on_two_are_one_story():
    at_the_line = VerifyParams(weights=saying(0.0), min_probability=0.5)
    assert [match.relation.joins for match in verified([(0, 2)], Test.BANDS, at_the_line)] == [True]
    above = replace(at_the_line, min_probability=0.501)
    assert not any(match.relation.joins for match in verified([(0, 2)], Test.BANDS, above))


def test_one_story_is_a_copy_if_nearly_all_of_both_aligns_and_else_a_revision():
    sure = VerifyParams(weights=saying(20.0), copy_alignment=0.75)
    relations = [
        verified([(0, 2)], Test.BANDS, sure, alignment=alignment, length_ratio=ratio)[0].relation
        for alignment, ratio in ((1.0, 0.75), (0.75, 1.0), (0.5, 1.0), (1.0, 0.5))
    ]
    assert relations == [Relation.COPY, Relation.COPY, Relation.REVISION, Relation.REVISION]


def test_a_shared_passage_makes_an_excerpt_and_less_makes_nothing():
    no = VerifyParams(weights=saying(-20.0), excerpt_run=16)
    (match,) = verified([(0, 2)], Test.BANDS, no, longest_run=16)
    assert match.relation is Relation.EXCERPT
    assert len(verified([(0, 2)], Test.BANDS, no, longest_run=15)) == 0


@pytest.mark.parametrize(
    ("replaced", "kept", "ratio", "form"),
    [
        (4, 24, 0.71, True),
        (9, 0, 1.0, True),
        (3, 0, 1.0, False),  # a correction
        (4, 25, 0.7, False),
        (4, 24, 0.69, False),
    ],
)
def test_a_form_filled_twice_is_hardly_one_story_whatever_the_model_says(replaced, kept, ratio, form):
    sure = VerifyParams(weights=saying(20.0))
    measured = {"figures_replaced": replaced, "figures_kept": kept, "length_ratio": ratio, "alignment": 1.0}
    (match,) = verified([(0, 2)], Test.BANDS, sure, **measured)
    assert match.relation.joins == (not form)
    assert match.probability == (FORM_CHANCE if form else 1.0)
    if form:
        assert match.relation is Relation.TEMPLATE
        (match,) = verified([(0, 2)], Test.BANDS, VerifyParams(weights=saying(-20.0)), **measured)
        assert match.probability < FORM_CHANCE, "it is at most that"


EMBEDDED = {
    "lead": 0.81, "lead_longer": 0.19, "coverage": 0.9, "coverage_longer": 0.69, "density": 0.86, "density_longer": 1.0,
    "headline": -1.0, "alignment": 0.9, "length_ratio": 0.5,
}  # fmt: skip


def test_a_text_that_stands_in_another_below_a_lead_of_its_own_is_an_excerpt_whatever_the_model_says():
    (match,) = verified([(0, 2)], Test.BANDS, VerifyParams(weights=saying(20.0)), **EMBEDDED)
    assert (match.relation, match.probability) == (Relation.EXCERPT, pytest.approx(EMBEDDED_CHANCE))
    (match,) = verified([(0, 2)], Test.BANDS, VerifyParams(weights=saying(-20.0)), **EMBEDDED)
    assert match.probability < EMBEDDED_CHANCE, "it is at most that"


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("lead", 0.75),
        ("lead_longer", 0.25),  # it begins as the other does
        ("coverage_longer", 0.75),  # most of it is the other
        ("density", 0.8),  # what is shared is scattered
        ("density_longer", 0.8),
        ("headline", 0.0),  # both have a headline, and what the model made of these counts
    ],
)
def test_what_stands_before_a_text_may_be_page_furniture(measure, value):
    sure = VerifyParams(weights=saying(20.0))
    (match,) = verified([(0, 2)], Test.BANDS, sure, **(EMBEDDED | {measure: value}))
    assert match.relation is Relation.REVISION


def test_equal_texts_are_exact_even_if_they_are_forms():
    measured = {"figures_replaced": 9, "length_ratio": 1.0}
    (match,) = verified([(0, 1)], Test.FINGERPRINT, VerifyParams(weights=saying(20.0)), **measured)
    assert (match.relation, match.probability) == (Relation.EXACT, 1.0)


def test_what_matches_keeps_its_evidence_and_its_tests():
    sure = VerifyParams(weights=saying(20.0))
    matches = verified([(0, 2), (1, 3)], Test.BANDS | Test.SAMPLE, sure, alignment=0.5, longest_run=3)
    assert [(match.a, match.b) for match in matches] == [("a", "c"), ("b", "d")]
    assert {(match.evidence.alignment, match.evidence.longest_run, match.tests) for match in matches} == {
        (0.5, 3, Test.BANDS | Test.SAMPLE)
    }


def test_no_candidates_give_no_matches():
    empty = np.zeros(0, np.int32)
    none = candidates(empty, empty, np.zeros(0, np.uint8))
    assert len(verify(IDS, TOKENS, none, np.zeros((0, len(COLUMN)), np.float32), VerifyParams())) == 0


def test_the_probability_is_the_logistic_of_the_weighted_features():
    evidence = np.random.default_rng(1).random((50, len(COLUMN))).astype(np.float32)
    weights = shipped_weights()
    chance = probability(evidence, weights)
    score = np.log(chance / (1 - chance))
    features = [FEATURES[name].measure for name in weights.weights]
    expected = weights.bias + sum(
        weight * feature(Columns(evidence)) for weight, feature in zip(weights.weights.values(), features, strict=True)
    )
    assert score == pytest.approx(expected, abs=1e-6)
