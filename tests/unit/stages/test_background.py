"""Background frequency, against collections.Counter."""

import math
import random
from collections import Counter

import numpy as np
import pytest

from newsdedup.model.sketch import SketchParams
from newsdedup.stages.background import LONE_FROM, measure_background
from newsdedup.stages.sketch import sketch
from newsdedup.stages.text.tokens import tokenize, word_hash

PARAMS = SketchParams()
SIZE = PARAMS.shingle_size


def background_of(texts):
    return measure_background(sketch(texts, PARAMS)[1], SIZE)


@pytest.fixture(scope="module")
def texts(corpus_dir):
    rng = random.Random(1)
    real = [path.read_text("utf-8") for path in sorted((corpus_dir / "seeds").glob("*.txt"))]
    few = [" ".join(rng.choice("abcdefghij") for _ in range(30)) for _ in range(40)]
    return [*real, *few, "国家主席星期一致电祝贺", "", "two words"]


def test_a_word_weighs_the_less_the_more_articles_hold_it(texts):
    weights = background_of(texts).word_weights
    held = Counter(word for text in texts for word in {token.folded for token in tokenize(text)})
    bucket = {word: word_hash(word) >> 32 & len(weights) - 1 for word in held}
    alone = Counter(bucket.values())
    counted = {word: n for word, n in held.items() if alone[bucket[word]] == 1}
    assert len(counted) > 0.99 * len(held)
    for word, n in counted.items():
        assert weights[bucket[word]] == pytest.approx(max(math.log((len(texts) + 1) / n), 0.1), rel=1e-6)


def test_every_occurrence_of_a_shingle_is_counted_but_for_buckets_that_two_share(texts):
    counts = background_of(texts).shingle_counts
    shingles = Counter(
        tuple(token.folded for token in tokens[i : i + SIZE])
        for tokens in map(tokenize, texts[:-3])
        for i in range(len(tokens) - SIZE + 1)
    )
    expected, found = Counter(shingles.values()), Counter(counts[counts > 0].tolist())
    assert counts.sum() == shingles.total() + len("国家主席星期一致电祝贺") - 2 * SIZE + 1
    assert sum((expected - found).values()) < 0.05 * len(shingles)


def test_counts_of_a_form_stop_at_255():
    background = background_of(["one form for all"] * 300)
    assert sorted(background.shingle_counts[background.shingle_counts > 0].tolist()) == [255, 255]
    assert len(background.shingle_weights) == 256


def test_a_shingle_weighs_the_less_the_more_often_it_occurs_and_always_something(texts):
    weights = background_of(texts).shingle_weights
    assert (np.diff(weights[1:]) <= 0).all()
    assert weights[1] == pytest.approx(math.log(len(texts) + 1))
    assert weights.min() == pytest.approx(0.1)


def test_in_a_large_corpus_a_word_of_one_article_weighs_less_than_idf_says_as_it_may_be_a_misprint():
    assert background_of([f"word{i}" for i in range(LONE_FROM)]).lone_weight == pytest.approx(math.log(LONE_FROM + 1))
    many = 100 * LONE_FROM
    assert background_of([f"word{i}" for i in range(many)]).lone_weight == pytest.approx(math.log(many + 1) / 3)


def test_a_corpus_without_words_has_a_background_too():
    background = background_of(["", ""])
    assert not background.shingle_counts.any()
    assert np.isfinite(background.word_weights).all()
