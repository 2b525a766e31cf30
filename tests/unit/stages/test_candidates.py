"""Candidate pairs, against datasketch, and against sets and sums."""

import itertools
import math
import random
import string
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from datasketch import MinHash, MinHashLSH

from newsdedup.model.match import Test
from newsdedup.model.sketch import SketchParams
from newsdedup.plan import CandidateParams
from newsdedup.stages import candidates as candidates_stage
from newsdedup.stages.candidates import band_pairs, equal_pairs, propose, sample_pairs
from newsdedup.stages.join import join, represent
from newsdedup.stages.kernels.groups import MAX_WEIGHT
from newsdedup.stages.sketch import sign, sketch

PARAMS = CandidateParams()
WORDS = [a + "".join(b) for a in string.ascii_lowercase for b in itertools.product("aeiou", "bdfg", "aeiou")]


def text_of(rng, n=80):
    return " ".join(rng.choice(WORDS) for _ in range(n))


def edited(rng, text, share):
    return " ".join(rng.choice(WORDS) if rng.random() < share else word for word in text.split())


def family(rng, stories=80, copies=3):
    texts = []
    for _ in range(stories):
        story = text_of(rng)
        texts += [edited(rng, story, share) for share in np.linspace(0, 0.3, copies)]
    return texts


def joined(sketches, params=PARAMS):
    return join(sketches, np.full(len(sketches), -1), represent(sketches, params.min_words))


def proposed(texts, params=PARAMS):
    sketches, _ = sketch(texts, SketchParams())
    found = propose(sketches, np.full(len(sketches), -1), params)
    return found.candidates, found.capped


def unpack(pairs):
    return {(int(p) >> 32, int(p) & 0xFFFFFFFF) for p in pairs}


def test_lsh_candidates_are_those_of_datasketch():
    texts = family(random.Random(1))
    params = SketchParams()
    sketches, _ = sketch(texts, params)
    lsh = MinHashLSH(num_perm=params.num_perm, params=(params.bands, params.rows))
    rows = [MinHash(hashvalues=row, scheme="affine32", seed=params.seed) for row in sign(texts, params)]
    for i, row in enumerate(rows):
        lsh.insert(i, row)
    expected = {(min(i, j), max(i, j)) for i, row in enumerate(rows) for j in lsh.query(row) if i != j}
    found = band_pairs(sketches, np.ones(len(texts), np.bool_), max_group=10_000)
    assert unpack(found.pairs) == expected
    assert len(expected) >= 40


def test_a_pair_of_the_bands_is_as_strong_as_the_share_of_bands_in_which_its_signatures_agree():
    texts, params = family(random.Random(1)), SketchParams()
    sketches, _ = sketch(texts, params)
    found = band_pairs(sketches, np.ones(len(texts), np.bool_), max_group=10_000)
    signatures = sign(texts, params)[:, : params.bands * params.rows].reshape(len(texts), params.bands, params.rows)
    for (a, b), strength in zip(sorted(unpack(found.pairs)), found.strength.tolist(), strict=True):
        assert strength == pytest.approx((signatures[a] == signatures[b]).all(axis=1).mean())


def test_articles_that_are_not_live_are_in_no_band_pair():
    texts = family(random.Random(1))
    sketches, _ = sketch(texts, SketchParams())
    live = np.arange(len(texts)) % 3 > 0
    every = unpack(band_pairs(sketches, np.ones(len(texts), np.bool_), max_group=10_000).pairs)
    found = unpack(band_pairs(sketches, live, max_group=10_000).pairs)
    assert found == {(a, b) for a, b in every if live[a] and live[b]}
    assert found


def test_the_default_bands_and_rows_are_what_datasketch_chooses_for_a_threshold_of_three_tenths():
    lsh = MinHashLSH(threshold=0.3, num_perm=128)
    params = SketchParams()
    assert (params.bands, params.rows) == (lsh.b, lsh.r)


def test_equal_texts_give_a_star():
    texts = ["one two three four"] * 5 + ["five six seven eight"] * 2 + ["", ""]
    sketches, _ = sketch(texts, SketchParams())
    found = equal_pairs(joined(sketches).first)
    assert unpack(found.pairs) == {(0, 1), (0, 2), (0, 3), (0, 4), (5, 6)}
    assert found.strength.tolist() == [1.0] * 5


def test_a_brief_within_a_long_story_is_found_by_its_sample():
    rng = random.Random(2)
    brief = text_of(rng, 60)
    texts = [text_of(rng, 600) + " " + brief + " " + text_of(rng, 600), brief, *(text_of(rng, 200) for _ in range(20))]
    sketches, _ = sketch(texts, SketchParams())
    assert unpack(sample_pairs(sketches, joined(sketches), CandidateParams()).pairs) == {(0, 1)}


def weight(held, n):
    """What a shingle weighs that so many of n articles hold."""
    idf = math.log((n + 1) / min(held, n)) / math.log(n + 1)
    return round(1 + (MAX_WEIGHT - 1) * idf)


@pytest.mark.parametrize("params", [CandidateParams(), CandidateParams(min_shared=1, min_overlap=0.3)])
def test_pairs_of_the_sample_are_those_that_share_enough_and_are_the_stronger_the_rarer_it_is(params):
    texts = family(random.Random(8), stories=25, copies=4)
    form = text_of(random.Random(9), 25)
    texts = [f"{text} {form}" if i % 2 else text for i, text in enumerate(texts)]
    sketches, _ = sketch(texts, SketchParams())
    offsets = sketches.sample_offsets
    samples = [set(sketches.sample_hashes[a:b].tolist()) for a, b in itertools.pairwise(offsets)]
    held = Counter(shingle for sample in samples for shingle in sample)
    weights = {shingle: weight(min(n, 255), len(texts)) for shingle, n in held.items()}
    expected = {}
    for a, b in itertools.combinations(range(len(texts)), 2):
        shared, smaller = samples[a] & samples[b], min(len(samples[a]), len(samples[b]))
        if shared and len(shared) >= min(params.min_shared, smaller) and len(shared) >= params.min_overlap * smaller:
            least = min(sum(weights[s] for s in samples[i]) for i in (a, b))
            expected[a, b] = min(sum(weights[s] for s in shared) / least, 1.0)
    found = sample_pairs(sketches, joined(sketches), replace(params, max_group=1000))
    assert len(expected) > 100
    assert sorted(unpack(found.pairs)) == sorted(expected)
    strengths = dict(zip(((int(p) >> 32, int(p) & 0xFFFFFFFF) for p in found.pairs), found.strength, strict=True))
    assert strengths == pytest.approx(expected, rel=1e-6)


def test_hot_groups_do_not_explode_and_are_counted():
    rng = random.Random(3)
    notice = text_of(rng, 40)
    texts = [f"{notice} {text_of(rng, 3)}" for _ in range(400)]
    candidates, capped = proposed(texts, CandidateParams(max_group=50))
    assert capped > 0
    assert len(candidates) < 400 * 60
    joined = set(candidates.left.tolist()) | set(candidates.right.tolist())
    assert joined == set(range(400))


def test_where_pairs_would_be_too_many_the_largest_groups_of_the_sample_give_stars(monkeypatch):
    rng = random.Random(6)
    forms = [(text_of(rng, 40), n) for n in (3, 5, 8, 12)]
    texts = [f"{form} {text_of(rng, 60)}" for form, n in forms for _ in range(n)]
    sketches, _ = sketch(texts, SketchParams())
    rows = joined(sketches)
    held = Counter(sketches.sample_hashes.tolist())
    most = sum(math.comb(n, 2) for n in held.values() if n <= 8)
    monkeypatch.setattr(candidates_stage, "PAIRS_PER_ARTICLE", 0)
    for affordable, capped in ((most, 12), (most - 1, 8), (1 << 22, 32)):
        monkeypatch.setattr(candidates_stage, "PAIRS_AT_LEAST", affordable)
        expected = sum(n >= capped for n in held.values())
        assert sample_pairs(sketches, rows, PARAMS).capped == expected
        assert (expected > 0) == (capped < 32)


def test_short_texts_are_candidates_only_when_equal():
    texts = ["profit rose in may", "profit rose in june", "profit rose in may"]
    candidates, _ = proposed(texts)
    assert list(zip(candidates.left.tolist(), candidates.right.tolist(), strict=True)) == [(0, 2)]
    assert candidates.tests.tolist() == [Test.FINGERPRINT]


def test_each_pair_comes_once_with_all_tests_that_propose_it():
    rng = random.Random(4)
    story = text_of(rng, 300)
    candidates, _ = proposed([story, edited(rng, story, 0.02)])
    assert candidates.tests.tolist() == [Test.BANDS | Test.SAMPLE]


def test_candidates_are_all_that_a_test_proposes_sorted_and_as_strong_as_the_sample_says_where_it_does():
    texts = family(random.Random(5))
    texts += texts[:7]
    sketches, _ = sketch(texts, SketchParams())
    rows, params = joined(sketches), CandidateParams()
    candidates, capped = proposed(texts, params)
    by_test = {
        Test.FINGERPRINT: equal_pairs(rows.first),
        Test.BANDS: band_pairs(sketches, rows.live, params.max_group),
        Test.SAMPLE: sample_pairs(sketches, rows, params),
    }
    tests, strengths = Counter(), {}
    for test, found in by_test.items():
        for pair, strength in zip(found.pairs.tolist(), found.strength.tolist(), strict=True):
            tests[pair >> 32, pair & 0xFFFFFFFF] |= test
            strengths[pair >> 32, pair & 0xFFFFFFFF] = strength
    pairs = list(zip(candidates.left.tolist(), candidates.right.tolist(), strict=True))
    assert pairs == sorted(tests)
    assert candidates.tests.tolist() == [tests[pair] for pair in pairs]
    assert candidates.strength.tolist() == [strengths[pair] for pair in pairs]
    assert set(tests.values()) >= {Test.FINGERPRINT, Test.SAMPLE, Test.BANDS | Test.SAMPLE}
    assert capped == 0


def test_candidates_are_taken_in_the_order_given():
    candidates, _ = proposed(family(random.Random(5), stories=5))
    columns = ("left", "right", "tests", "strength")
    for rows in (np.array([3, 0]), np.arange(len(candidates)) % 2 == 0, slice(1, 3)):
        taken = candidates.take(rows)
        assert all(np.array_equal(getattr(taken, name), getattr(candidates, name)[rows]) for name in columns)
        assert 0 < len(taken) < len(candidates)


@pytest.mark.parametrize("texts", [[], [""], ["", "two words"]])
def test_a_corpus_with_nothing_to_compare_has_no_candidates(texts):
    candidates, capped = proposed(texts)
    assert (len(candidates), capped) == (0, 0)
