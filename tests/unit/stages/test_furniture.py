import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsdedup.model.sketch import SketchParams
from newsdedup.stages import furniture as stage
from newsdedup.stages.furniture import furniture_in, learn, stories_in, words_left
from newsdedup.stages.sketch import sketch
from newsdedup.stages.text.lines import LINE_WEIGHT, find_lines, line_hash
from newsdedup.stages.text.tokens import TokenFlag, tokenize
from newsdedup.stages.text.words import read_words
from pages import COURIER, Site, sentences

PARAMS = SketchParams()


class Corpus:
    """Texts of one publisher unless others are named, sketched, and what is learned of them."""

    def __init__(self, texts, publishers=None, days=None, known=(True,)):
        self.texts = texts
        self.sketches, self.tokens = sketch(texts, PARAMS)
        self.publisher = np.array(publishers or [0] * len(texts), np.int32)
        days = np.array(days or [-1] * len(texts), np.int64)
        self.furniture = learn(self.tokens, self.sketches, self.publisher, np.array(known), days)

    def lines(self, row):
        """The lines of one text that are furniture, in the letters of its tokens."""
        words = [token.folded for token in tokenize(self.texts[row])]
        return [
            " ".join(words[place.first : place.last])
            for place in furniture_in(self.tokens, row, self.publisher, self.furniture)
        ]

    def left(self):
        """The words left of each text."""
        parts = list(stories_in(self.tokens, self.publisher, self.furniture))
        return np.concatenate([np.diff(part.offsets) for part in parts]).tolist()


def folded(lines):
    return [" ".join(token.folded for token in tokenize(line)) for line in lines]


def pages(rng, n=20, furniture=6, story=4):
    site = Site(COURIER, sentences(rng, furniture))
    stories = [sentences(rng, story) for _ in range(n)]
    return site, stories, [site.page("", told)["text"] for told in stories]


def edited(rng, lines, changes):
    """The same lines, but for a few that are told anew."""
    told = list(lines)
    for place in rng.sample(range(len(told)), changes):
        (told[place],) = sentences(rng, 1)
    return told


def test_what_many_different_stories_have_around_them_is_furniture_and_nothing_else_is():
    site, stories, texts = pages(random.Random(1))
    corpus = Corpus(texts)
    assert corpus.furniture.read.tolist() == [20]
    assert set(corpus.furniture.articles.tolist()) == {20}
    for row, story in enumerate(stories):
        assert corpus.lines(row) == folded(site.lines)
        assert corpus.left()[row] == words_left(corpus.tokens, row, corpus.publisher, corpus.furniture)
        assert corpus.left()[row] == len(tokenize("\n".join(story)))


def test_sampled_shingles_of_furniture_are_learned_and_those_of_stories_are_not():
    site, stories, texts = pages(random.Random(1))
    corpus = Corpus(texts)
    around, told = (
        {int(h) for h in sketch(["\n".join(lines)], PARAMS)[0].sample_hashes}
        for lines in (site.lines[3:], [line for story in stories for line in story])
    )
    learned = set(corpus.furniture.samples.tolist())
    assert around <= learned
    assert not told & learned


@pytest.mark.parametrize("changes", [1, 2])
def test_one_story_filed_forty_times_is_no_furniture(changes):
    rng = random.Random(2)
    story = sentences(rng, 20)
    corpus = Corpus(["\n".join(edited(rng, story, changes)) for _ in range(40)])
    assert corpus.furniture.read.tolist() == [40]
    assert len(corpus.furniture) == 0


def test_one_story_filed_forty_times_among_pages_is_no_furniture_but_what_stands_around_it_is():
    rng = random.Random(3)
    site, _, texts = pages(rng)
    story = sentences(rng, 20)
    texts += [site.page("", edited(rng, story, 1))["text"] for _ in range(40)]
    corpus = Corpus(texts)
    assert all(corpus.lines(row) == folded(site.lines) for row in range(len(texts)))


def test_a_story_that_grows_in_a_day_is_no_furniture_however_much_of_it_is_new_each_time():
    rng = random.Random(4)
    lead = sentences(rng, 5)
    takes = ["\n".join([*lead, *sentences(rng, 5)]) for _ in range(12)]
    others = ["\n".join(sentences(rng, 10)) for _ in range(12)]
    corpus = Corpus([*takes, *others], days=[100] * 12 + list(range(101, 113)))
    assert len(corpus.furniture) == 0


def test_what_comes_day_after_day_is_furniture_as_the_definitions_in_a_weekly_form_are():
    rng = random.Random(4)
    definitions = sentences(rng, 3)
    weekly = ["\n".join([*sentences(rng, 5), *definitions]) for _ in range(12)]
    corpus = Corpus(weekly, days=list(range(100, 184, 7)))
    assert corpus.lines(0) == folded(definitions)


def test_stories_that_a_site_prints_twice_count_once():
    rng = random.Random(5)
    site = Site(COURIER, sentences(rng, 4))
    stories = [sentences(rng, 6) for _ in range(6)]
    twice = [site.page("", story)["text"] for told in stories for story in (told, edited(rng, told, 1))]
    assert len(Corpus(twice).furniture) == 0
    more = [site.page("", sentences(rng, 6))["text"] for _ in range(3)]
    assert Corpus([*twice, *more]).lines(0) == folded(site.lines)


def test_equal_articles_count_once():
    _, _, texts = pages(random.Random(6), n=7)
    corpus = Corpus(texts * 3)
    assert corpus.furniture.read.tolist() == [0]
    assert len(corpus.furniture) == 0


def test_nothing_is_learned_of_a_publisher_without_a_name_or_with_few_articles():
    _, _, texts = pages(random.Random(7))
    assert len(Corpus(texts, known=(False,)).furniture) == 0
    assert len(Corpus(texts[:7]).furniture) == 0
    assert len(Corpus(texts[:8]).furniture) > 0


def test_the_furniture_of_one_publisher_is_none_of_another():
    site, _, texts = pages(random.Random(8))
    rng = random.Random(9)
    others = ["\n".join([*site.lines[3:], *sentences(rng, 4)]) for _ in range(3)]
    corpus = Corpus([*texts, *others], publishers=[0] * 20 + [1] * 3, known=(True, True))
    assert corpus.lines(0) == folded(site.lines)
    assert [corpus.lines(row) for row in (20, 21, 22)] == [[], [], []]
    assert corpus.left()[20:] == np.diff(corpus.tokens.offsets)[20:].tolist()


def test_an_article_that_is_nothing_but_furniture_keeps_all():
    site, _, texts = pages(random.Random(10))
    bare = site.page("", ["Four words of news."])["text"]
    corpus = Corpus([*texts, bare])
    assert corpus.lines(20) == folded(site.lines)
    assert corpus.left()[20] == len(tokenize(bare))


def test_characters_without_spaces_have_lines_too():
    rng = random.Random(11)

    def lines(n):
        return ["".join(chr(rng.randint(0x4E00, 0x9000)) for _ in range(16)) + "。" for _ in range(n)]

    site = Site(COURIER, lines(6))
    texts = [site.page("", lines(4))["text"] for _ in range(20)]
    assert Corpus(texts).left() == [64] * 20


def test_of_a_large_publisher_some_articles_tell_for_all(monkeypatch):
    site, _, texts = pages(random.Random(12), n=60)
    monkeypatch.setattr(stage, "MOST", 20)
    corpus = Corpus(texts)
    assert corpus.furniture.read.tolist() == [20]
    assert all(corpus.lines(row) == folded(site.lines) for row in range(60))


@pytest.mark.parametrize("most", [20, 1000])
def test_what_is_learned_does_not_depend_on_the_order_of_articles(monkeypatch, most):
    monkeypatch.setattr(stage, "MOST", most)
    rng = random.Random(13)
    _, _, texts = pages(rng, n=40)
    days = [rng.choice([-1, 100, 101, 102, 103, 104, 105]) for _ in texts]
    expected = Corpus(texts, days=days).furniture
    order = rng.sample(range(40), 40)
    found = Corpus([texts[i] for i in order], days=[days[i] for i in order]).furniture
    for name in ("lines", "articles", "samples"):
        assert getattr(found, name).tolist() == getattr(expected, name).tolist()


@pytest.mark.parametrize("size", [1, 300, 1 << 20])
def test_what_is_left_is_the_same_for_any_size_of_part(monkeypatch, size):
    _, stories, texts = pages(random.Random(14))
    corpus = Corpus([*texts, "", "No furniture."])
    monkeypatch.setattr(stage, "CHUNK_TOKENS", size)
    parts = list(stories_in(corpus.tokens, corpus.publisher, corpus.furniture))
    expected = sketch(["\n".join(story) for story in stories] + ["", "No furniture."], PARAMS)[1]
    for name in ("hashes", "letters"):
        assert np.concatenate([getattr(part, name) for part in parts]).tolist() == getattr(expected, name).tolist()


WORDS = st.sampled_from(
    ["One two three four. ", "five, ", "six seven eight nine ten; ", "Stop! ", "漢字漢字漢字。", "3.5 ", "\n"]
)


def slow_lines(text):
    """The lines of a text as runs of its tokens."""
    lines, line, weight = [], [], 0
    for token in tokenize(text):
        if weight >= LINE_WEIGHT and token.flags & TokenFlag.START:
            lines.append(line)
            line, weight = [], 0
        line.append(token.folded)
        weight += 1 if token.flags & TokenFlag.SINGLE else 2
    return [*lines, line] if weight >= LINE_WEIGHT else lines


@given(st.lists(WORDS, max_size=30).map("".join))
@example("five, Stop! Stop! five, Stop! five, five, Stop! ")
def test_lines_are_what_a_slow_look_at_the_tokens_says(text):
    corpus = Corpus([text])
    expected = slow_lines(text)
    out = np.empty(len(corpus.tokens.hashes) // 4, np.uint64)
    kernels = stage.kernels
    rows = np.zeros(1, np.int64)
    tokens = corpus.tokens
    size = kernels.distinct_lines(tokens.hashes, tokens.flags, tokens.offsets, rows, out)
    assert size == len({tuple(line) for line in expected})
    every = replace(
        corpus.furniture, lines=out[:size], articles=np.ones(size, np.int32), offsets=np.array([0, size], np.int64)
    )
    found = [place.last - place.first for place in furniture_in(tokens, 0, corpus.publisher, every)]
    assert found == list(map(len, expected))
    assert set(out[:size].tolist()) == {line_hash(line) for line in expected}
    assert [b - a for a, b in find_lines(read_words(text), frozenset(out[:size].tolist()))] == found
