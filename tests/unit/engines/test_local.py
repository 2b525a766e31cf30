import itertools
import random

import pytest

from newsdedup.engines.local import LocalEngine
from newsdedup.model.article import Article, Origin
from newsdedup.model.match import Test
from newsdedup.plan import CandidateParams, Plan
from newsdedup.progress import Silent
from newsdedup.readers.memory import MemoryCorpus

SYLLABLES = ["".join(pair) for pair in itertools.product("bdgklmnprstvw", "aeiou")]
N = 60


@pytest.fixture(scope="module")
def copies():
    """Copies of one text, each with another word misprinted; the longest, the last, is the best of them."""
    rng = random.Random(1)
    text = [rng.choice(SYLLABLES) + rng.choice(SYLLABLES) for _ in range(N)]
    texts = [" ".join([*text[:i], text[i][::-1], *text[i + 1 :]]) for i in range(N)]
    texts.append(" ".join([*text, *text[:12]]))
    return MemoryCorpus([Article(f"{i:02}", text, Origin("memory", i)) for i, text in enumerate(texts)])


def find(corpus, max_group, progress=None):
    plan = Plan(candidates=CandidateParams(max_group=max_group))
    return LocalEngine(1).find_matches(corpus, plan, progress or Silent())


def test_where_groups_are_paired_in_full_nothing_has_to_be_compared_with_a_centre(copies):
    found = find(copies, max_group=100)
    assert (found.capped, found.candidates) == (0, N * (N + 1) // 2)
    assert not any(match.tests & Test.CANONICAL for match in found.matches)


def test_where_they_are_not_the_best_article_is_compared_with_all_and_matches_say_so(copies):
    found = find(copies, max_group=10)
    assert found.capped > 0
    best = f"{N:02}"
    of_best = {
        (match.a if match.b == best else match.b): match.tests for match in found.matches if best in (match.a, match.b)
    }
    assert len(of_best) == N
    assert Test.CANONICAL in of_best.values()
    assert not any(match.tests & Test.CANONICAL and match.tests != Test.CANONICAL for match in found.matches)


def test_a_pair_that_both_a_test_and_a_centre_propose_is_compared_once(copies):
    found = find(copies, max_group=10)
    pairs = [(match.a, match.b) for match in found.matches]
    assert pairs == sorted(set(pairs))
    assert len(pairs) <= found.candidates < N * (N + 1) // 2


def test_the_stages_are_told_in_their_order(copies):
    told = []

    class Diary(Silent):
        def start(self, stage, total=None, unit="articles"):
            told.append((stage, unit))

    find(copies, 100, Diary())
    assert told == [("read", "bytes"), ("candidates", "articles"), ("verify", "pairs")]
