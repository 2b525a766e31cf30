"""What every engine must do, held against each of them."""

import itertools
import random

import numpy as np
import pytest

from newsdedup.engines.local import LocalEngine
from newsdedup.model.article import Article, Origin
from newsdedup.model.match import Relation, Test
from newsdedup.plan import Plan
from newsdedup.progress import Silent
from newsdedup.readers.corpus import FileCorpus
from newsdedup.readers.memory import UNIT_ARTICLES, MemoryCorpus
from newsdedup.stages.canonical import stand
from newsdedup.stages.cluster import CONTENDERS, cluster_matches

ENGINES = {"local, 1 worker": LocalEngine(1), "local, 2 workers": LocalEngine(2)}
PLAN = Plan()
SYLLABLES = ["".join(pair) for pair in itertools.product("bdgklmnprstvw", "aeiou")]


@pytest.fixture(params=ENGINES.values(), ids=ENGINES)
def engine(request):
    return request.param


def words(rng, n):
    return [rng.choice(SYLLABLES) + rng.choice(SYLLABLES) for _ in range(n)]


def corpus_of(texts):
    return MemoryCorpus([Article(f"{i:05}", text, Origin("memory", i)) for i, text in enumerate(texts)])


def misprinted(n, size=120):
    """Copies of one text, each with a word of its own misprinted."""
    rng = random.Random(7)
    text = words(rng, size)
    for _ in range(n):
        place = rng.randrange(size)
        yield " ".join([*text[:place], text[place][::-1], *text[place + 1 :]])


def stories_of(found):
    """The clusters, and the matches as they were settled."""
    standings = stand(found.catalog, found.matches.articles(), PLAN.canonical)
    return cluster_matches(found.matches, standings.places)


@pytest.fixture(scope="module")
def corpus(corpus_dir):
    with FileCorpus.open([str(corpus_dir / "wire"), str(corpus_dir / "seeds")], PLAN.reader) as opened:
        yield opened


@pytest.fixture(scope="module")
def expected(corpus):
    return LocalEngine(1).find_matches(corpus, PLAN, Silent())


def test_engines_find_the_same_matches_and_lose_the_same_records(engine, corpus, expected):
    found = engine.find_matches(corpus, PLAN, Silent())
    assert list(found.matches) == list(expected.matches)
    assert len(found.matches) > 20
    assert list(found.catalog) == list(expected.catalog)
    assert (found.skipped, found.candidates, found.capped) == (expected.skipped, expected.candidates, expected.capped)


def test_matches_are_of_two_articles_sorted_and_each_once(engine, corpus):
    matches = engine.find_matches(corpus, PLAN, Silent()).matches
    pairs = list(zip(matches.left.tolist(), matches.right.tolist(), strict=True))
    assert pairs == sorted(set(pairs))
    assert all(a < b for a, b in pairs)
    assert np.isfinite(matches.evidence).all()


def test_no_more_pairs_match_than_were_compared(engine, corpus):
    found = engine.find_matches(corpus, PLAN, Silent())
    assert len(found.matches) <= found.candidates


def test_every_member_of_a_cluster_has_a_joining_match_with_the_canonical_article(engine, corpus):
    found = engine.find_matches(corpus, PLAN, Silent())
    clusters, matches = stories_of(found)
    joined = {frozenset((match.a, match.b)) for match in matches.joining()}
    assert clusters
    for cluster in clusters:
        assert {frozenset((cluster.canonical, m)) for m in cluster.members if m != cluster.canonical} <= joined


def test_a_group_too_large_to_pair_in_full_is_still_compared_with_its_centre(engine):
    n = 3 * PLAN.candidates.max_group
    found = engine.find_matches(corpus_of(misprinted(n)), PLAN, Silent())
    assert found.capped > 0
    (cluster,), _ = stories_of(found)
    assert len(cluster.members) == n


def test_the_fingerprint_test_makes_a_star_of_identical_notices(engine):
    n = 500
    text = " ".join(words(random.Random(1), 60))
    found = engine.find_matches(corpus_of([text] * n), PLAN, Silent())
    star = [(match.a, match.b) for match in found.matches if match.tests is Test.FINGERPRINT]
    assert star == [("00000", f"{i:05}") for i in range(1, n)]
    assert {match.relation for match in found.matches} == {Relation.EXACT}
    assert found.candidates <= (2 * CONTENDERS + 1) * n, "the star, and the contenders for its centre with all"
    assert found.capped == 0


def test_the_work_on_near_identical_notices_grows_as_their_number(engine):
    form = words(random.Random(2), 60)
    for n in (1000, 3000):
        rng = random.Random(n)
        notices = [" ".join([*form[:30], *words(rng, 4), *form[30:]]) for _ in range(n)]
        found = engine.find_matches(corpus_of(notices), PLAN, Silent())
        assert found.capped > 0
        assert found.candidates < 50 * n


def test_short_texts_match_only_when_equal_headline_included(engine):
    lines = [("Rain in Oslo", "See page 3."), ("Rain in Bergen", "See page 3."), ("Rain in Oslo", "see page 3")]
    lines += [(line, line) for line in ("Profit rose in May", "Snow in Oslo", "Snow in Oslo", "", "")]
    articles = [Article(f"{i}", text, Origin("memory", i), title) for i, (title, text) in enumerate(lines)]
    found = engine.find_matches(MemoryCorpus(articles), PLAN, Silent())
    assert {(match.a, match.b, match.relation) for match in found.matches} == {
        ("0", "2", Relation.EXACT),
        ("4", "5", Relation.EXACT),
    }


def test_texts_of_several_units_are_matched_with_each_other(engine):
    rng = random.Random(3)
    texts = [" ".join(words(rng, 30)) for _ in range(UNIT_ARTICLES + 10)]
    found = engine.find_matches(corpus_of([*texts, texts[0]]), PLAN, Silent())
    assert [(match.a, match.b) for match in found.matches.joining()] == [("00000", f"{len(texts):05}")]


@pytest.mark.parametrize("texts", [[], ["Rain fell."], ["", " "]])
def test_a_corpus_with_nothing_to_compare_has_no_matches(engine, texts):
    found = engine.find_matches(corpus_of(texts), PLAN, Silent())
    assert (len(found.catalog), len(found.matches), found.candidates) == (len(texts), 0, 0)
