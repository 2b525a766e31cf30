"""Who holds what, against dicts and sets of shingles."""

import itertools
import random
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from newsdedup.model.sketch import SketchParams
from newsdedup.stages import join as join_stage
from newsdedup.stages.join import first_equal, join, represent
from newsdedup.stages.sketch import sketch

MIN_WORDS = 6
FORM = "the council met on monday and agreed to mend the old bridge by june said the mayor of the town"


@pytest.fixture(scope="module")
def texts():
    """Real words at random, a form with other words in it, equal texts, short ones, and none at all."""
    rng = random.Random(1)
    words = FORM.split()
    plain = [" ".join(rng.choice(words) for _ in range(rng.randrange(3, 30))) for _ in range(60)]
    forms = [f"{FORM} {rng.choice(words)} x{i}" for i in range(300)]
    return [*plain, "", *forms, "two words", *plain[:9], "", *(text.upper() for text in forms[:3])]


@pytest.fixture(scope="module")
def days(texts):
    rng = random.Random(2)
    return np.array([rng.randrange(-1, 20) for _ in texts], np.int64)


@pytest.fixture(scope="module")
def sketches(texts):
    return sketch(texts, SketchParams(sample_rate=2))[0]


@pytest.fixture(scope="module")
def joined(sketches, days):
    return join(sketches, days, represent(sketches, MIN_WORDS))


def samples(sketches):
    offsets = sketches.sample_offsets.tolist()
    return [sketches.sample_hashes[a:b].tolist() for a, b in itertools.pairwise(offsets)]


def test_an_article_is_represented_by_the_first_of_the_same_words_and_one_without_words_by_itself(
    texts, sketches, joined
):
    seen = {}
    expected = [seen.setdefault(text.lower() or i, i) for i, text in enumerate(texts)]
    assert joined.first.tolist() == first_equal(sketches).tolist() == expected
    assert len(set(expected)) < len(texts) - 9


def test_live_is_what_is_first_and_long_enough(texts, joined):
    expected = [joined.first[i] == i and len(text.split()) >= MIN_WORDS for i, text in enumerate(texts)]
    assert joined.live.tolist() == expected
    assert 0 < sum(expected) < len(texts)


def test_keys_are_sorted_and_equal_above_their_articles_where_the_shingles_of_live_ones_are_equal(sketches, joined):
    mask = (1 << joined.article_bits) - 1
    keys = joined.keys.tolist()
    assert keys == sorted(keys)
    groups, expected = defaultdict(list), defaultdict(list)
    for key in keys:
        groups[key >> joined.article_bits].append(key & mask)
    for owner, sample in enumerate(samples(sketches)):
        for shingle in sample if joined.live[owner] else ():
            expected[shingle].append(owner)
    assert sorted(groups.values()) == sorted(expected.values())


def test_every_sampled_shingle_has_as_many_holders_and_days_as_live_articles_say(sketches, joined, days):
    holders, on_days = defaultdict(set), defaultdict(set)
    for owner, sample in enumerate(samples(sketches)):
        for shingle in sample if joined.live[owner] else ():
            holders[shingle].add(owner)
            on_days[shingle] |= {int(days[owner])} - {-1}
    shingles = sketches.sample_hashes.tolist()
    owners = [owner for owner, sample in enumerate(samples(sketches)) for _ in sample]
    known = [bool(joined.live[joined.first[owner]]) for owner in owners]
    expected = [
        (min(len(holders[s]), 255), len(on_days[s])) if known else (0, 0)
        for s, known in zip(shingles, known, strict=True)
    ]
    assert not all(known)
    assert any(known and not joined.live[owner] for known, owner in zip(known, owners, strict=True))
    assert list(zip(joined.holders.tolist(), joined.days.tolist(), strict=True)) == expected
    assert joined.holders.max() == 255


def test_a_join_made_in_many_parts_is_the_same(sketches, joined, days, monkeypatch):
    monkeypatch.setattr(join_stage, "KEYED_AT_ONCE", 7)
    monkeypatch.setattr(join_stage, "COUNTED_AT_ONCE", 100)
    with ThreadPoolExecutor(2) as pool:
        found = join(sketches, days, represent(sketches, MIN_WORDS), pool)
    for name in ("keys", "holders", "days"):
        assert np.array_equal(getattr(found, name), getattr(joined, name))


@pytest.mark.parametrize("texts", [[], [""], ["two words"], ["", "two words", "two words"]])
def test_a_corpus_without_a_shingle_is_no_special_case(texts):
    sketches, _ = sketch(texts, SketchParams())
    found = join(sketches, np.zeros(len(texts), np.int64), represent(sketches, MIN_WORDS))
    assert len(found.first) == len(texts)
    assert not found.live.any()
    assert len(found.keys) == len(found.holders) == 0
