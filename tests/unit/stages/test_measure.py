"""The evidence on pairs, against a slow, obvious account of it from tokens and sets."""

import itertools
import math
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsdedup.model.article import Article, Origin
from newsdedup.model.match import COLUMN, Candidates
from newsdedup.plan import Plan
from newsdedup.progress import Silent
from newsdedup.readers.corpus import FileCorpus
from newsdedup.readers.memory import MemoryCorpus
from newsdedup.sketching import sketch_corpus
from newsdedup.stages.background import FEW_DAYS, LONE_FROM, WORD_BUCKETS, measure_background
from newsdedup.stages.join import join, represent
from newsdedup.stages.measure import measure
from newsdedup.stages.text.headlines import headline_of
from newsdedup.stages.text.tokens import TokenFlag, sampled, shingle_hashes, tokenize, word_hash
from newsdedup.stages.text.view import matching_text
from newsdedup.stages.text.wire import plain_headline
from newsdedup.workers import Workers

PLAN = Plan()
SIZE = PLAN.sketch.shingle_size
WORDS = ("the", "rain", "fell", "on", "7", "3.5", "Oslo", "Bergen", "B52", ".", "\n", "東", "京", "雨")
MORNING = datetime(2024, 3, 18, 6, tzinfo=UTC)
NEWSY = st.lists(st.sampled_from(WORDS), max_size=60)


def measured(corpus):
    """The evidence on every pair of a corpus: (i, j) to what was measured, by name."""
    with Workers(1) as workers:
        found = sketch_corpus(corpus, PLAN, workers, Silent())
    pairs = list(itertools.combinations(range(len(found.catalog)), 2))
    left, right = np.array(pairs, np.int32).reshape(-1, 2).T.copy()
    candidates = Candidates(left, right, np.zeros(len(pairs), np.uint8), np.zeros(len(pairs), np.float32))
    days = found.catalog.days
    background = measure_background(
        found.tokens, join(found.sketches, days, represent(found.sketches, PLAN.candidates.min_words)), days
    )
    evidence = measure(found.tokens, found.headlines, found.sketches, found.catalog, candidates, background)
    return {pair: dict(zip(COLUMN, row, strict=True)) for pair, row in zip(pairs, evidence.tolist(), strict=True)}


def articles(texts, **fields):
    return [Article(f"a{i}", text, Origin("m", i), **fields) for i, text in enumerate(texts)]


def measure_two(a, b):
    return measured(MemoryCorpus(articles([a, b])))[0, 1]


class Slow:
    """What there is to know of an article, in sets and lists."""

    def __init__(self, article):
        tokens = tokenize(matching_text(article.text, PLAN.text))
        self.words = [token.folded for token in tokens]
        self.vocabulary = set(self.words)
        self.shingles = list(self._shingles(tokens))
        self.sample = {s for s in shingle_hashes(tokens, SIZE) if sampled(s, PLAN.sketch.sample_rate)}
        self.figures = {token.folded for token in tokens if token.flags & TokenFlag.FIGURE}
        capitals = (t for t in tokens if t.flags & TokenFlag.CAPITAL and not t.flags & TokenFlag.START)
        self.names = {token.folded for token in capitals} - self.figures
        self.single = 2 * sum(bool(token.flags & TokenFlag.SINGLE) for token in tokens) > len(tokens)
        self.headline = [t.folded for t in tokenize(plain_headline(article.title or headline_of(article.text)))]
        self.day = article.published and article.published.astimezone(UTC).date()

    def _shingles(self, tokens):
        for first in range(len(tokens)):
            weight, last = 0, first
            while weight < 2 * SIZE and last < len(tokens):
                weight += 1 if tokens[last].flags & TokenFlag.SINGLE else 2
                last += 1
            if weight < 2 * SIZE:
                return
            yield tuple(self.words[first:last])

    def covered_by(self, other):
        """For each token whether it stands in a passage that the other has too."""
        theirs = set(other.shingles)
        marks = [False] * len(self.words)
        for place, shingle in enumerate(self.shingles):
            if shingle in theirs:
                marks[place : place + len(shingle)] = [True] * len(shingle)
        return marks


def share(marks):
    return sum(marks) / len(marks) if marks else 0.0


def longest(marks):
    return max((len(list(run)) for mark, run in itertools.groupby(marks) if mark), default=0)


def figure(word):
    """Whether at least half of a word is digits."""
    return any(char.isdigit() for char in word) and 2 * sum(char.isdigit() for char in word) >= len(
        word.replace(".", "")
    )


def near(a, b):
    """Whether a word may be another one misprinted: alike in length and in which letters it has."""
    shorter, longer = sorted((len(a), len(b)))
    differing = {ord(char) & 31 for char in a} ^ {ord(char) & 31 for char in b}
    return (
        not (figure(a) or figure(b)) and shorter >= 4 and longer - shorter <= 2 and len(differing) <= 2 + (shorter >= 8)
    )


def dice(a, b):
    """How alike two headlines are: shared words, each once, over all; a word that is nearly equal counts 0.8."""
    shared, left = 0.0, list(b)
    for word in a:
        close = next((other for other in left if other == word), None) or next((o for o in left if near(word, o)), None)
        if close is not None:
            left.remove(close)
            shared += 1.0 if close == word else 0.8
    return 2 * shared / (len(a) + len(b))


def stands_in(headline, words):
    """The longest run of a headline that the first 200 words of a text have, over its words."""
    if len(headline) < 4:
        return 0.0
    head = words[:200]
    runs = {
        tuple(head[i : i + n]): n for n in range(1, min(len(headline), len(head)) + 1) for i in range(len(head) - n + 1)
    }
    spans = itertools.combinations(range(len(headline) + 1), 2)
    return max((runs.get(tuple(headline[a:b]), 0) for a, b in spans), default=0) / len(headline)


def bucket(word):
    """Where a word is counted; a few share one with another."""
    return word_hash(word) & WORD_BUCKETS - 1


class Known:
    """What a corpus tells of words and shingles: which articles hold them, and when."""

    def __init__(self, corpus):
        self.n = len(corpus)
        self.words, self.articles, self.days = (defaultdict(set) for _ in range(3))
        seen = set()
        for i, article in enumerate(corpus):
            for word in article.vocabulary:
                self.words[bucket(word)].add(i)
            if tuple(article.words) in seen or len(article.words) < PLAN.candidates.min_words:
                continue
            seen.add(tuple(article.words))
            for shingle in article.sample:
                self.articles[shingle].add(i)
                self.days[shingle] |= {article.day} - {None}
        self.dated = len({article.day for article in corpus} - {None}) >= FEW_DAYS

    def information(self, word):
        """In nats; less in a word that no other article has, if it is no figure."""
        held = max(len(self.words[bucket(word)]), 1)
        if held == 1 and not figure(word):
            return math.log(self.n + 1) / (1 + math.log10(max(self.n, LONE_FROM) / LONE_FROM))
        return max(math.log((self.n + 1) / held), 0.1)

    def rare_containment(self, a, b):
        def weight(sample):
            return sum(max(math.log((self.n + 1) / max(len(self.articles[s]), 1)), 0.1) for s in sample)

        return weight(a.sample & b.sample) / max(min(weight(a.sample), weight(b.sample)), 1e-6)

    def recurring(self, a, b):
        """On how many other days what the two share came up too, by logarithm, up to seven."""
        shared = a.sample & b.sample
        if not self.dated or a.day is None or b.day is None or not shared:
            return -1.0
        others = [max(len(self.days[s]) - len({a.day, b.day}), 0) for s in shared]
        return (sum(min(math.log(1 + n) / math.log(8), 1.0) for n in others) + 0.4) / (len(shared) + 1)

    def headlines(self, a, b):
        """How alike the headlines are, and how much each says that the other article does not."""
        quoted = max(stands_in(a.headline, b.words), stands_in(b.headline, a.words))
        if not (a.headline and b.headline):
            return (quoted if quoted >= 0.8 else -1.0), 0.0
        return max(quoted, dice(a.headline, b.headline)), min(self.headline_news(a, b), self.headline_news(b, a))

    def headline_news(self, a, b):
        missing = [
            word
            for word in a.headline
            if word not in b.vocabulary and not any(word == other or near(word, other) for other in b.headline)
        ]
        return sum(map(self.information, missing)) / max(sum(map(self.information, a.headline)), 1e-6)

    def news(self, a, b):
        """What the words of a say that b has nowhere."""
        missing = [word for word in a.words if word not in b.vocabulary]
        return sum(map(self.information, missing)) / max(sum(map(self.information, a.words)), 1e-6)


def slowly(left, right, known):
    a, b = (left, right) if len(left.words) <= len(right.words) else (right, left)
    in_left, in_right = set(left.shingles), set(right.shingles)
    both = len(in_left & in_right)
    marks_a, marks_b = a.covered_by(b), b.covered_by(a)
    headline, headline_news = known.headlines(a, b) if share(marks_a) >= 0.1 else (-1.0, 0.0)
    return {
        "jaccard": both / max(len(in_left | in_right), 1),
        "containment": both / max(min(len(in_left), len(in_right)), 1),
        "containment_a": both / max(len(in_left), 1),
        "containment_b": both / max(len(in_right), 1),
        "rare_containment": known.rare_containment(left, right),
        "recurring": known.recurring(left, right),
        "coverage": share(marks_a),
        "coverage_longer": share(marks_b),
        "longest_run": min(longest(marks_a), longest(marks_b)) / (2 if left.single else 1),
        "lead": share(marks_a[:40]),
        "lead_longer": share(marks_b[:40]),
        "words": len(a.words) / (2 if left.single else 1),
        "length_ratio": len(a.words) / max(len(b.words), 1),
        "figures_shared": len(a.figures & b.vocabulary),
        "figures_differing": len(a.figures - b.vocabulary),
        "names_shared": len(a.names & b.vocabulary),
        "names_differing": len(a.names - b.vocabulary),
        "headline": headline,
        "headline_news": headline_news,
    }


def agree(found, corpus):
    slow = [Slow(article) for article in corpus]
    known = Known(slow)
    for (i, j), evidence in found.items():
        expected = slowly(slow[i], slow[j], known)
        if min(len(slow[i].words), len(slow[j].words)) < PLAN.candidates.min_words:
            # too short to be joined with the others: it is a candidate only with what is equal to it
            del expected["rare_containment"], expected["recurring"]
        assert {name: evidence[name] for name in expected} == pytest.approx(expected, abs=1e-6), (corpus[i], corpus[j])
        a, b = sorted((slow[i], slow[j]), key=lambda article: len(article.words))
        # what is misprinted is no news, which the sets do not know
        if len(a.words) < len(b.words):
            assert evidence["news"] <= known.news(a, b) + 1e-6
            assert evidence["news"] == pytest.approx(known.news(a, b), abs=1e-6) or evidence["misprints"] > 0


@pytest.mark.parametrize("name", ["seeds", "wire"])
def test_the_evidence_on_every_pair_of_a_real_corpus_is_what_sets_of_tokens_say(corpus_dir, name):
    with FileCorpus.open([str(corpus_dir / name)], PLAN.reader) as corpus:
        records = [record for unit in corpus.units() for record in corpus.read_unit(unit, PLAN.reader)]
        agree(measured(corpus), [record for record in records if isinstance(record, Article)])


@given(st.lists(NEWSY.map(" ".join), min_size=2, max_size=5))
@example(["the " * 8 + "7 Oslo on the", "7 7 Oslo on", "the " * 9 + "7 Oslo on"])
@settings(max_examples=200, deadline=None)
def test_the_evidence_on_texts_of_few_words_is_what_sets_of_tokens_say(texts):
    corpus = articles(texts)
    agree(measured(MemoryCorpus(corpus)), corpus)


HEADLINES = st.lists(
    st.sampled_from(("Rain", "fell", "Oslo", "Bergen", "Bergan", "mayors", "mayor", "7", "B52", "governors", "雨")),
    max_size=8,
)
DATED = st.tuples(NEWSY.map(" ".join), HEADLINES.map(" ".join), st.none() | st.integers(0, 12))


@given(st.lists(DATED, min_size=2, max_size=14))
@settings(max_examples=100, deadline=None)
def test_the_evidence_on_dated_articles_with_headlines_is_what_sets_of_tokens_say(rows):
    corpus = [
        Article(f"a{i}", text, Origin("m", i), title, published=None if day is None else MORNING + timedelta(days=day))
        for i, (text, title, day) in enumerate(rows)
    ]
    agree(measured(MemoryCorpus(corpus)), corpus)


@given(st.lists(NEWSY.map(" ".join), min_size=2, max_size=4))
@settings(max_examples=100, deadline=None)
def test_every_ratio_lies_between_0_and_1_and_no_count_below_0(texts):
    for evidence in measured(MemoryCorpus(articles(texts))).values():
        for name, value in evidence.items():
            unknown = name in {"headline", "days_apart", "weekdays_apart", "recurring"} and value == -1.0
            counted = name in {"longest_run", "words", "days_apart", "weekdays_apart"} or name.startswith(
                ("figures_", "names_")
            )
            assert unknown or (value >= 0 if counted else 0 <= value <= 1), name


SEVEN = "Rain fell on seven towns along the coast on Tuesday night and the river rose by a metre"


def test_a_text_and_itself_share_all_there_is():
    evidence = measure_two(SEVEN, SEVEN)
    full = ("jaccard", "containment", "rare_containment", "alignment", "coverage", "lead", "length_ratio")
    assert [evidence[name] for name in full] == [1.0] * len(full)
    assert evidence["longest_run"] == evidence["words"] == len(SEVEN.split())
    assert evidence["news"] == 0.0


def test_texts_of_other_words_share_nothing():
    evidence = measure_two(SEVEN, "Shares in the smelter climbed after its owner sold two ageing furnaces abroad")
    none = ("jaccard", "containment", "rare_containment", "alignment", "coverage", "lead", "longest_run")
    assert [evidence[name] for name in none] == [0.0] * len(none)
    assert evidence["news"] > 0.5


def test_words_of_a_shared_text_that_are_misprinted_still_align():
    evidence = measure_two(SEVEN, SEVEN.replace("Tuesday", "Tucsday").replace("river", "rivcr"))
    assert evidence["coverage"] < 0.9
    assert evidence["alignment"] == 1.0


def test_no_text_at_all_is_no_special_case():
    assert measure_two("", "")["words"] == 0
    assert measure_two("", SEVEN)["length_ratio"] == 0.0


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        (MORNING, MORNING, 0.0),
        (MORNING, MORNING + timedelta(hours=36), 1.5),
        (MORNING, MORNING - timedelta(days=400), 400.0),
        (MORNING, None, -1.0),
        (None, None, -1.0),
    ],
)
def test_days_apart_are_days_whichever_came_first_and_unknown_without_a_date(first, second, days):
    a, b = articles([SEVEN, SEVEN], published=first)[0], articles([SEVEN, SEVEN], published=second)[1]
    assert measured(MemoryCorpus([a, b]))[0, 1]["days_apart"] == days


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        ("Rain on the coast", "rain on the coast", 1.0),
        ("Rain on the coast", "On the coast: rain!", 1.0),
        ("Rain on the coast", "Rain on the hills", 0.75),
        ("Flooding near the coast", "Floodings near the coast", 0.95),
        ("Rain rain rain", "Rain", 0.5),
        ("", "", -1.0),
    ],
)
def test_headlines_are_as_alike_as_the_words_they_share_in_any_case_and_order_and_unknown_if_there_are_none(
    a, b, alike
):
    first, second = articles([SEVEN], title=a)[0], articles([SEVEN, SEVEN], title=b)[1]
    assert measured(MemoryCorpus([first, second]))[0, 1]["headline"] == pytest.approx(alike)


def test_a_headline_that_stands_in_the_other_text_is_known_though_that_has_none():
    first, second = articles([SEVEN], title="Rain fell on seven towns")[0], articles([SEVEN, SEVEN])[1]
    assert measured(MemoryCorpus([first, second]))[0, 1]["headline"] == 1.0


@pytest.mark.parametrize(
    ("a", "b", "news"),
    [
        ("Rain on seven towns", "Seven towns hit by rain", False),
        ("Snow cuts off Voss", "Rain on seven towns", False),
        ("Snow cuts off Voss", "Landslide shuts tunnel", True),
    ],
)
def test_headlines_are_news_only_if_each_says_what_the_other_article_never_does(a, b, news):
    first, second = articles([SEVEN], title=a)[0], articles([SEVEN, SEVEN], title=b)[1]
    assert (measured(MemoryCorpus([first, second]))[0, 1]["headline_news"] > 0.5) == news


def test_what_aligns_is_dense_in_a_text_where_nothing_else_stands_between():
    middle = "Snow is due in the hills by Friday and lorries must carry chains from then on"
    whole = SEVEN.split()
    evidence = measure_two(SEVEN, f"{middle} {SEVEN} {middle}")
    assert (evidence["density"], evidence["density_longer"]) == (1.0, 1.0)
    evidence = measure_two(SEVEN, " ".join([*whole[:9], middle, *whole[9:]]))
    assert evidence["density"] == 1.0
    assert evidence["density_longer"] == pytest.approx(len(whole) / (len(whole) + len(middle.split())))
    assert measure_two(SEVEN, middle)["density"] == measure_two(SEVEN, middle)["density_longer"] == 0.0


def test_a_text_that_is_there_twice_is_measured_alike_both_times():
    texts = [f"{SEVEN} form{i}" for i in (0, *range(9))]
    corpus = [
        replace(article, published=MORNING + timedelta(days=min(i, 1) * 40 + i))
        for i, article in enumerate(articles(texts))
    ]
    found = measured(MemoryCorpus(corpus))
    names = ("rare_containment", "recurring", "news", "jaccard")
    assert {name: found[1, 5][name] for name in names} == {name: found[0, 5][name] for name in names}
    assert found[0, 5]["recurring"] > 0.5


def test_what_two_share_recurs_if_it_came_up_on_other_days_too_and_is_unknown_without_days():
    form = (
        "The following are the closing rates of the harbour exchange in crowns for each hundred of the currency named"
    )
    days = [MORNING + timedelta(days=day) for day in range(10)]
    texts = [f"{form} rate{i}" for i in range(10)] + [SEVEN, SEVEN + " again"]
    corpus = [
        Article(f"a{i}", text, Origin("m", i), published=when)
        for i, (text, when) in enumerate(zip(texts, [*days, days[0], days[1]], strict=True))
    ]
    found = measured(MemoryCorpus(corpus))
    assert found[0, 1]["recurring"] > 0.8
    assert found[10, 11]["recurring"] < 0.2
    assert measured(MemoryCorpus(corpus[:3]))[0, 1]["recurring"] == -1.0, "three days tell nothing"
    undated = measured(MemoryCorpus([*corpus, *(Article("x", f"{form} x", Origin("m", 12)),)]))
    assert undated[0, 12]["recurring"] == -1.0
