from collections import Counter

import numpy as np
import pytest

from newsdedup.model.background import Counts
from newsdedup.stores.tally import WORD_BUCKETS, Tally, pack


def counts(articles, words, days):
    made = Tally().counts()
    made.words[list(words)] = list(words.values())
    return Counts(articles, made.words, Counter(days))


def test_counts_add_up_and_come_off_again():
    tally = Tally()
    one, two = pack(counts(2, {1: 2, 9: 1}, {20000: 2})), pack(counts(1, {9: 1}, {20000: 1, 0: 4}))
    tally.add(one)
    tally.add(two)
    assert (tally.articles, tally.counts().words[9], tally.counts().days[20000]) == (3, 2, 3)
    tally.add(one, -1)
    assert pack(tally.counts()) == two


def test_a_day_without_articles_is_no_day():
    tally = Tally()
    packed = pack(counts(1, {}, {20000: 1}))
    tally.add(packed)
    tally.add(packed, -1)
    assert dict(tally.counts().days) == {}


@pytest.mark.parametrize("share", [0.001, 0.9])
def test_few_counts_pack_small_and_many_no_larger_than_the_table(share):
    rng = np.random.default_rng(1)
    dense = Counts(7, (rng.random(WORD_BUCKETS) < share).astype(np.uint32), Counter({1: 2}))
    packed = pack(dense)
    assert len(packed) <= min(4 * WORD_BUCKETS, 9 * share * WORD_BUCKETS) + 100
    tally = Tally()
    tally.add(packed)
    assert np.array_equal(tally.counts().words, dense.words)
    assert tally.counts().days == dense.days
