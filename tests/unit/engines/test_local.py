import itertools
import random
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdedup.engines import local
from newsdedup.engines.local import LocalEngine
from newsdedup.model.article import Article, Origin
from newsdedup.model.match import Candidates, Test
from newsdedup.plan import CandidateParams, Plan
from newsdedup.progress import Silent
from newsdedup.readers.corpus import FileCorpus
from newsdedup.readers.memory import MemoryCorpus
from newsdedup.sketching import sketch_corpus
from newsdedup.stages import order
from newsdedup.stages.background import measure_background
from newsdedup.stages.canonical import stand
from newsdedup.stages.cluster import cluster_matches
from newsdedup.stages.join import join, represent
from newsdedup.stages.measure import measure
from newsdedup.stages.verify import verify
from newsdedup.workers import Workers

SYLLABLES = ["".join(pair) for pair in itertools.product("bdgklmnprstvw", "aeiou")]
N = 60
PLAN = Plan()


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


def test_where_groups_are_paired_in_full_nothing_is_compared_with_a_centre_that_no_test_proposed(copies):
    found = find(copies, max_group=100)
    assert found.capped == 0
    assert not any(match.tests & Test.CANONICAL for match in found.matches)


def test_pairs_within_a_story_are_not_all_compared_and_every_article_has_been_with_its_centre(copies, monkeypatch):
    monkeypatch.setattr(order, "FEW_PAIRS", 0)
    found = find(copies, max_group=100)
    assert found.candidates < N * (N + 1) // 4
    ((cluster,), _) = cluster_matches(found.matches, stand(found.catalog, np.arange(N + 1), PLAN.canonical).places)
    assert (cluster.canonical, len(cluster.members)) == (f"{N:02}", N + 1)


def test_of_a_form_filled_daily_the_two_that_tell_one_day_are_found_though_all_are_alike(monkeypatch):
    monkeypatch.setattr(order, "FEW_PAIRS", 0)
    rng = random.Random(4)
    words = [rng.choice(SYLLABLES) + rng.choice(SYLLABLES) for _ in range(5 * 24)]

    def told(cases):
        """A form of five pieces with a figure before each."""
        return [f"{n:,} {' '.join(words[24 * i : 24 * i + 24])}" for i, n in enumerate(cases)]

    articles = []
    for day in range(50):
        when = datetime(2021, 3, 1, 5, tzinfo=UTC) + timedelta(days=day)
        pieces = told(rng.choices(range(1000, 30000), k=5))
        agency = f"BERLIN (dpa) - {'. '.join(pieces)}."
        paper = f"Read also: what to know of it. {'. '.join(pieces[:4])}."
        for name, text in (("agency", agency), ("paper", paper)):
            articles.append(Article(f"{name}{day:02}", text, Origin(name, day), publisher=name, published=when))
    found = LocalEngine(1).find_matches(MemoryCorpus(articles), PLAN, Silent())
    assert found.capped > 0
    clusters, _ = cluster_matches(found.matches, stand(found.catalog, np.arange(100), PLAN.canonical).places)
    assert {cluster.members for cluster in clusters} == {(f"agency{day:02}", f"paper{day:02}") for day in range(50)}


@pytest.mark.parametrize("name", ["wire", "seeds"])
def test_the_stories_are_those_of_every_two_articles_compared(corpus_dir, name):
    with FileCorpus.open([str(corpus_dir / name)], PLAN.reader) as corpus, Workers(1) as workers:
        found = LocalEngine(1).find_matches(corpus, PLAN, Silent())
        sketched = sketch_corpus(corpus, PLAN, workers, Silent())
    catalog, days = sketched.catalog, sketched.catalog.days
    left, right = np.array([*itertools.combinations(range(len(catalog)), 2)], np.int32).T.copy()
    n = len(left)
    pairs = Candidates(left, right, np.full(n, Test.CANONICAL, np.uint8), np.zeros(n, np.float32))
    background = measure_background(
        sketched.tokens, join(sketched.sketches, days, represent(sketched.sketches, PLAN.candidates.min_words)), days
    )
    evidence = measure(sketched.tokens, sketched.headlines, sketched.sketches, catalog, pairs, background)
    every = verify(catalog.ids, sketched.tokens, pairs, evidence, PLAN.verify)
    standing = stand(catalog, np.arange(len(catalog)), PLAN.canonical).places
    (stories, _), (expected, _) = (cluster_matches(matches, standing) for matches in (found.matches, every))
    assert stories == expected
    assert stories
    known = {(match.a, match.b): (match.relation, match.evidence) for match in every}
    assert {(m.a, m.b): (m.relation, m.evidence) for m in found.matches}.items() <= known.items()


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


@given(st.lists(st.integers(0, 9), max_size=200).map(sorted))
def test_batches_are_not_too_large_and_hold_few_pairs_that_lie_far_apart(blocks):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(local, "BATCH_PAIRS", 20)
        patched.setattr(local, "LEAST_PAIRS", 4)
        batches = local._batches(np.array(blocks, np.uint32))
    assert [place for start, stop in batches for place in range(start, stop)] == list(range(len(blocks)))
    for start, stop in batches:
        assert stop - start <= 20
        # what comes before the last block of a batch is less than is worth a batch of its own
        assert sum(block != blocks[stop - 1] for block in blocks[start:stop]) < 4
