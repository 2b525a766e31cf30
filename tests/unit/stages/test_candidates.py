import itertools
import random
import string

import numpy as np
from datasketch import MinHash, MinHashLSH

from newsdedup.model.match import Test
from newsdedup.model.sketch import SketchParams
from newsdedup.plan import CandidateParams
from newsdedup.stages.candidates import band_pairs, equal_pairs, propose, sample_pairs
from newsdedup.stages.sketch import sketch

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


def unpack(pairs):
    return {(int(p) >> 32, int(p) & 0xFFFFFFFF) for p in pairs}


def test_lsh_candidates_are_those_of_datasketch():
    texts = family(random.Random(1))
    params = SketchParams()
    sketches, _ = sketch(texts, params)
    lsh = MinHashLSH(num_perm=params.num_perm, params=(params.bands, params.rows))
    rows = [MinHash(hashvalues=row, scheme="affine32", seed=params.seed) for row in sketches.signatures]
    for i, row in enumerate(rows):
        lsh.insert(i, row)
    expected = {(min(i, j), max(i, j)) for i, row in enumerate(rows) for j in lsh.query(row) if i != j}
    found = band_pairs(sketches, np.ones(len(texts), np.bool_), max_group=10_000)
    assert unpack(found.pairs) == expected
    assert len(expected) >= 40


def test_the_default_bands_and_rows_are_what_datasketch_chooses_for_a_threshold_of_three_tenths():
    lsh = MinHashLSH(threshold=0.3, num_perm=128)
    params = SketchParams()
    assert (params.bands, params.rows) == (lsh.b, lsh.r)


def test_equal_texts_give_a_star():
    texts = ["one two three four"] * 5 + ["five six seven eight"] * 2 + ["", ""]
    sketches, _ = sketch(texts, SketchParams())
    assert unpack(equal_pairs(sketches).pairs) == {(0, 1), (0, 2), (0, 3), (0, 4), (5, 6)}


def test_a_brief_within_a_long_story_is_found_by_its_sample():
    rng = random.Random(2)
    brief = text_of(rng, 60)
    texts = [text_of(rng, 600) + " " + brief + " " + text_of(rng, 600), brief, *(text_of(rng, 200) for _ in range(20))]
    sketches, _ = sketch(texts, SketchParams())
    live = np.ones(len(texts), np.bool_)
    assert unpack(sample_pairs(sketches, live, CandidateParams()).pairs) == {(0, 1)}


def test_hot_groups_do_not_explode_and_are_counted():
    rng = random.Random(3)
    notice = text_of(rng, 40)
    texts = [f"{notice} {text_of(rng, 3)}" for _ in range(400)]
    sketches, _ = sketch(texts, SketchParams())
    candidates, capped = propose(sketches, CandidateParams(max_group=50))
    assert capped > 0
    assert len(candidates) < 400 * 60
    joined = set(candidates.left.tolist()) | set(candidates.right.tolist())
    assert joined == set(range(400))


def test_short_texts_are_candidates_only_when_equal():
    texts = ["profit rose in may", "profit rose in june", "profit rose in may"]
    sketches, _ = sketch(texts, SketchParams())
    candidates, _ = propose(sketches, CandidateParams())
    assert list(zip(candidates.left.tolist(), candidates.right.tolist(), strict=True)) == [(0, 2)]
    assert candidates.tests.tolist() == [Test.FINGERPRINT]


def test_each_pair_comes_once_with_all_tests_that_propose_it():
    rng = random.Random(4)
    story = text_of(rng, 300)
    sketches, _ = sketch([story, edited(rng, story, 0.02)], SketchParams())
    candidates, _ = propose(sketches, CandidateParams())
    assert candidates.tests.tolist() == [Test.BANDS | Test.SAMPLE]
