import numpy as np
import pytest

from newsdedup.model.background import Counts
from newsdedup.stores.tally import FULL, SHINGLE_BUCKETS, WORD_BUCKETS, Tally, pack


def counts(articles, words, shingles):
    made = Tally().counts()
    made.words[list(words)] = list(words.values())
    made.shingles[list(shingles)] = list(shingles.values())
    return Counts(articles, made.words, made.shingles)


def test_counts_add_up_and_come_off_again():
    tally = Tally()
    one, two = pack(counts(2, {1: 2, 9: 1}, {5: 3})), pack(counts(1, {9: 1}, {5: 1, SHINGLE_BUCKETS - 1: 1}))
    tally.add(one)
    tally.add(two)
    assert (tally.articles, tally.counts().words[9], tally.counts().shingles[5]) == (3, 2, 4)
    tally.add(one, -1)
    assert pack(tally.counts()) == two


def test_a_full_count_stays_full():
    tally = Tally()
    tally.add(pack(counts(1, {}, {5: 200, 6: 250})))
    tally.add(pack(counts(1, {}, {5: 200, 6: 1})))
    tally.add(pack(counts(1, {}, {5: 200, 6: 1})), -1)
    assert tally.counts().shingles[[5, 6]].tolist() == [FULL, 250]


@pytest.mark.parametrize("share", [0.001, 0.9])
def test_few_counts_pack_small_and_many_no_larger_than_the_tables(share):
    rng = np.random.default_rng(1)
    dense = Counts(
        7,
        (rng.random(WORD_BUCKETS) < share).astype(np.uint32),
        (rng.random(SHINGLE_BUCKETS) < share).astype(np.uint8),
    )
    packed = pack(dense)
    assert len(packed) <= min(4 * WORD_BUCKETS + SHINGLE_BUCKETS, 9 * share * SHINGLE_BUCKETS) + 100
    tally = Tally()
    tally.add(packed)
    assert np.array_equal(tally.counts().words, dense.words)
    assert np.array_equal(tally.counts().shingles, dense.shingles)
