"""The evidence on pairs, against a slow, obvious account of it from tokens and sets."""

import itertools
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdedup.model.article import Article, Origin
from newsdedup.model.match import COLUMN, Candidates
from newsdedup.plan import Plan
from newsdedup.progress import Silent
from newsdedup.readers.corpus import FileCorpus
from newsdedup.readers.memory import MemoryCorpus
from newsdedup.sketching import sketch_corpus
from newsdedup.stages.background import measure_background
from newsdedup.stages.measure import measure
from newsdedup.stages.text.tokens import TokenFlag, tokenize
from newsdedup.stages.text.view import matching_text
from newsdedup.workers import Workers

PLAN = Plan()
SIZE = PLAN.sketch.shingle_size
WORDS = ("the", "rain", "fell", "on", "7", "3.5", "Oslo", "Bergen", "B52", ".", "\n", "東", "京", "雨")
NEWSY = st.lists(st.sampled_from(WORDS), max_size=60)


def measured(corpus):
    """The evidence on every pair of a corpus: (i, j) to what was measured, by name."""
    with Workers(1) as workers:
        found = sketch_corpus(corpus, PLAN, workers, Silent())
    pairs = list(itertools.combinations(range(len(found.catalog)), 2))
    left, right = np.array(pairs, np.int32).reshape(-1, 2).T.copy()
    candidates = Candidates(left, right, np.zeros(len(pairs), np.uint8))
    background = measure_background(found.tokens, SIZE)
    evidence = measure(found.tokens, found.headlines, found.catalog, candidates, background, SIZE)
    return {pair: dict(zip(COLUMN, row, strict=True)) for pair, row in zip(pairs, evidence.tolist(), strict=True)}


def articles(texts, **fields):
    return [Article(f"a{i}", text, Origin("m", i), **fields) for i, text in enumerate(texts)]


def measure_two(a, b):
    return measured(MemoryCorpus(articles([a, b])))[0, 1]


class Slow:
    """What there is to know of a text, in sets and lists."""

    def __init__(self, text):
        tokens = tokenize(matching_text(text, PLAN.text))
        self.words = [token.folded for token in tokens]
        self.vocabulary = set(self.words)
        self.shingles = list(self._shingles(tokens))
        self.figures = {token.folded for token in tokens if token.flags & TokenFlag.FIGURE}
        capitals = (t for t in tokens if t.flags & TokenFlag.CAPITAL and not t.flags & TokenFlag.START)
        self.names = {token.folded for token in capitals} - self.figures
        self.single = 2 * sum(bool(token.flags & TokenFlag.SINGLE) for token in tokens) > len(tokens)

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


def slowly(left, right):
    a, b = (left, right) if len(left.words) <= len(right.words) else (right, left)
    in_left, in_right = set(left.shingles), set(right.shingles)
    both = len(in_left & in_right)
    marks_a, marks_b = a.covered_by(b), b.covered_by(a)
    return {
        "jaccard": both / max(len(in_left | in_right), 1),
        "containment": both / max(min(len(in_left), len(in_right)), 1),
        "containment_a": both / max(len(in_left), 1),
        "containment_b": both / max(len(in_right), 1),
        "coverage": share(marks_a),
        "coverage_longer": share(marks_b),
        "longest_run": min(longest(marks_a), longest(marks_b)) / (2 if left.single else 1),
        "lead": share(marks_a[:40]),
        "lead_longer": share(marks_b[:40]),
        "words": len(a.words),
        "length_ratio": len(a.words) / max(len(b.words), 1),
        "figures_shared": len(a.figures & b.vocabulary),
        "figures_differing": len(a.figures - b.vocabulary),
        "names_shared": len(a.names & b.vocabulary),
        "names_differing": len(a.names - b.vocabulary),
    }


def agree(found, texts):
    slow = [Slow(text) for text in texts]
    for (i, j), evidence in found.items():
        expected = slowly(slow[i], slow[j])
        assert {name: evidence[name] for name in expected} == pytest.approx(expected, abs=1e-6), (texts[i], texts[j])


@pytest.mark.parametrize("name", ["seeds", "wire"])
def test_the_evidence_on_every_pair_of_a_real_corpus_is_what_sets_of_tokens_say(corpus_dir, name):
    with FileCorpus.open([str(corpus_dir / name)], PLAN.reader) as corpus:
        records = [record for unit in corpus.units() for record in corpus.read_unit(unit, PLAN.reader)]
        texts = [record.text for record in records if isinstance(record, Article)]
        agree(measured(corpus), texts)


@given(st.lists(NEWSY.map(" ".join), min_size=2, max_size=5))
@settings(max_examples=200, deadline=None)
def test_the_evidence_on_texts_of_few_words_is_what_sets_of_tokens_say(texts):
    agree(measured(MemoryCorpus(articles(texts))), texts)


@given(st.lists(NEWSY.map(" ".join), min_size=2, max_size=4))
@settings(max_examples=100, deadline=None)
def test_every_ratio_lies_between_0_and_1_and_no_count_below_0(texts):
    for evidence in measured(MemoryCorpus(articles(texts))).values():
        for name, value in evidence.items():
            unknown = name in {"headline", "days_apart"} and value == -1.0
            counted = name in {"longest_run", "words", "days_apart"} or name.startswith(("figures_", "names_"))
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


MORNING = datetime(2024, 3, 18, 6, tzinfo=UTC)


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
        ("", "", -1.0),
    ],
)
def test_headlines_are_alike_in_any_case_and_order_and_unknown_if_there_are_none(a, b, alike):
    first, second = articles([SEVEN], title=a)[0], articles([SEVEN, SEVEN], title=b)[1]
    assert measured(MemoryCorpus([first, second]))[0, 1]["headline"] == alike
