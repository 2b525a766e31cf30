"""Background frequency, against collections.Counter."""

import itertools
import math
import random
from collections import Counter

import numpy as np
import pytest

from newsdedup.model.sketch import SketchParams
from newsdedup.plan import CandidateParams
from newsdedup.stages.background import FEW_DAYS, LONE_FROM, measure_background
from newsdedup.stages.join import join, represent
from newsdedup.stages.sketch import sketch
from newsdedup.stages.text.tokens import tokenize, word_hash

PARAMS = SketchParams()


def background_of(texts, days=None):
    sketches, tokens = sketch(texts, PARAMS)
    days = np.array([-1] * len(texts) if days is None else days, np.int64)
    return measure_background(tokens, join(sketches, days, represent(sketches, CandidateParams().min_words)), days)


@pytest.fixture(scope="module")
def texts(corpus_dir):
    rng = random.Random(1)
    real = [path.read_text("utf-8") for path in sorted((corpus_dir / "seeds").glob("*.txt"))]
    few = [" ".join(rng.choice("abcdefghij") for _ in range(30)) for _ in range(40)]
    return [*real, *few, "国家主席星期一致电祝贺" * 2, "", "two words"]


def test_a_word_weighs_the_less_the_more_articles_hold_it(texts):
    weights = background_of(texts).word_weights
    held = Counter(word for text in texts for word in {token.folded for token in tokenize(text)})
    bucket = {word: word_hash(word) & len(weights) - 1 for word in held}
    alone = Counter(bucket.values())
    counted = {word: n for word, n in held.items() if alone[bucket[word]] == 1}
    assert len(counted) > 0.99 * len(held)
    for word, n in counted.items():
        assert weights[bucket[word]] == pytest.approx(max(math.log((len(texts) + 1) / n), 0.1), rel=1e-6)


def test_of_every_sampled_shingle_it_is_known_how_many_articles_of_other_words_hold_it(texts):
    twice = [*texts, *texts[:5]]
    sketches, _ = sketch(twice, PARAMS)
    samples = [sketches.sample_hashes[a:b].tolist() for a, b in itertools.pairwise(sketches.sample_offsets)]
    held = Counter(shingle for sample in samples[: len(texts)] for shingle in sample)
    found = background_of(twice).sample_articles.tolist()
    assert found == [held[shingle] for sample in samples for shingle in sample]


def test_holders_and_days_of_a_form_stop_at_255():
    form = " ".join(f"form{i}" for i in range(40))
    background = background_of([f"{form} word{i}" for i in range(300)], range(300))
    assert background.sample_articles.max() == background.sample_days.max() == 255
    assert len(background.shingle_weights) == 256


def test_a_form_of_one_day_and_one_of_many_are_told_apart():
    day, many = (" ".join(f"{name}{i}" for i in range(40)) for name in ("day", "many"))
    texts = [f"{form} word{i}" for form in (day, many) for i in range(10)]
    background = background_of(texts, [3] * 10 + [0, 1, 2, 3, 4, 5, 6, -1, -1, 6])
    sketches, _ = sketch(texts, PARAMS)
    cut = sketches.sample_offsets[10]
    assert background.sample_days[:cut].max() == 1
    assert background.sample_days[cut:].max() == 7
    assert background.sample_articles[:cut].max() == background.sample_articles[cut:].max() == 10


@pytest.mark.parametrize(("days", "known"), [(range(FEW_DAYS), True), ([0, 0, *range(FEW_DAYS - 1), -1], False)])
def test_days_count_only_in_a_corpus_of_enough_of_them(days, known):
    days = list(days)
    found = background_of([f"word{i}" for i in range(len(days))], days).days.tolist()
    assert found == (days if known else [-1] * len(days))


def test_a_shingle_weighs_the_less_the_more_articles_hold_it_and_always_something(texts):
    weights = background_of(texts).shingle_weights
    assert (np.diff(weights[1:]) <= 0).all()
    for n in range(1, 256):
        assert weights[n] == pytest.approx(max(math.log((len(texts) + 1) / n), 0.1))
    assert weights.min() == pytest.approx(0.1)


def test_in_a_large_corpus_a_word_of_one_article_weighs_less_than_idf_says_as_it_may_be_a_misprint():
    assert background_of([f"word{i}" for i in range(LONE_FROM)]).lone_weight == pytest.approx(math.log(LONE_FROM + 1))
    many = 100 * LONE_FROM
    assert background_of([f"word{i}" for i in range(many)]).lone_weight == pytest.approx(math.log(many + 1) / 3)


def test_a_corpus_without_words_has_a_background_too():
    background = background_of(["", ""])
    assert not len(background.sample_articles)
    assert np.isfinite(background.word_weights).all()
