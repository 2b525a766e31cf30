"""Whole runs over pages with furniture."""

import html
import json
import random
from collections import defaultdict
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdedup import deduplicate, sketching
from newsdedup.engines import local
from newsdedup.furniture import learn_furniture
from newsdedup.model.match import Relation
from newsdedup.model.report import EditKind
from newsdedup.plan import FurnitureParams, Plan
from newsdedup.progress import Silent
from newsdedup.readers.corpus import FileCorpus
from newsdedup.sketching import sketch_corpus
from newsdedup.stages.diff.edits import apply_edits
from newsdedup.stages.text.tokens import tokenize
from newsdedup.workers import Workers
from newsdedup.writers.folder import write_report
from pages import COURIER, MAIL, Site, sentences, two_sites

UNLEARNED = Plan(furniture=FurnitureParams(learn=False))
COPIES = {(f"copy-{i}-{COURIER}", f"copy-{i}-{MAIL}") for i in range(4)}


def stories(articles, plan=None):
    return {cluster.members for cluster in deduplicate(articles, plan, diffs=False).clusters}


def relations(articles, plan=None):
    return {(match.a, match.b): match.relation for match in deduplicate(articles, plan, diffs=False).matches}


def web_page(article):
    paragraphs = "\n".join(f"<p>{html.escape(line)}</p>" for line in article["text"].splitlines())
    name = html.escape(article["publisher"])
    head = f'<meta charset="utf-8"><meta property="og:site_name" content="{name}">'
    return f"<!doctype html><html><head>{head}</head><body><article>{paragraphs}</article></body></html>"


@pytest.mark.parametrize(("furniture", "joined"), [(36, []), (72, [24, 24])], ids=["three fifths", "three quarters"])
def test_stories_that_share_most_of_their_text_as_furniture_are_not_joined(furniture, joined):
    articles = two_sites(furniture=furniture, story=24, copies=0)
    # without learning every two pages of a site are linked, or even one story
    assert len(relations(articles, UNLEARNED)) > 100
    assert sorted(map(len, stories(articles, UNLEARNED))) == joined
    assert stories(articles) == set()
    assert relations(articles) == {}


def test_copies_in_different_furniture_are_joined():
    articles = two_sites()
    assert Relation.COPY not in relations(articles, UNLEARNED).values()
    assert stories(articles) == COPIES
    assert set(relations(articles).values()) == {Relation.COPY}


def test_copies_differ_in_furniture_and_the_diff_says_so():
    report = deduplicate(two_sites())
    kinds = [{edit.kind for edit in variant.edits} for entry in report.entries for variant in entry.variants]
    assert kinds == [{EditKind.FURNITURE}] * 4


def test_furniture_is_no_passage_that_two_stories_share():
    rng = random.Random(6)
    articles = two_sites(copies=0)
    top = next(article["text"].splitlines() for article in articles if article["publisher"] == COURIER)
    site = Site(COURIER, [*top[:3], *top[19:]])
    shared = sentences(rng, 4)
    articles += [site.page(own, [*shared, *sentences(rng, 16)]) for own in ("left", "right")]
    (link,) = deduplicate(articles).links
    assert (link.a.id, link.b.id) == ("left", "right")
    assert " ".join(" ".join(passage.text for passage in link.passages).split()) == " ".join(shared)


def test_the_same_holds_of_web_pages(tmp_path):
    for article in two_sites():
        (tmp_path / f"{article['id']}.html").write_text(web_page(article), "utf-8")
    assert Relation.COPY not in relations([tmp_path], UNLEARNED).values()
    found = stories([tmp_path])
    assert {tuple(sorted(m.rpartition("/")[2].removesuffix(".html") for m in members)) for members in found} == COPIES


def test_versions_of_a_story_in_one_sites_furniture_are_joined():
    rng = random.Random(3)
    site = Site(COURIER, sentences(rng, 24))
    articles = [site.page(str(i), sentences(rng, 16)) for i in range(24)]
    story = sentences(rng, 16)
    articles += [
        site.page("first", story),
        site.page("update", [*story[:4], *sentences(rng, 4), *story[7:]]),
    ]
    days = [datetime(2024, 1, 1 + i, tzinfo=UTC).isoformat() for i in range(24)]
    dated = [{**article, "published": day} for article, day in zip(articles, [*days, days[5], days[5]], strict=True)]
    for corpus in (articles, dated):
        assert relations(corpus) == {("first", "update"): Relation.REVISION}


def test_exact_still_means_that_all_words_are_equal():
    rng = random.Random(4)
    articles = two_sites()
    story = sentences(rng, 16)
    own = next(article["text"].splitlines() for article in articles if article["publisher"] == COURIER)
    site = Site(COURIER, [*own[:3], *own[19:]])
    same, without = site.page("same", story), {"id": "without", "text": "\n".join(story), "publisher": COURIER}
    found = relations([*articles, same, {**same, "id": "same too"}, without])
    assert found["same", "same too"] == Relation.EXACT
    assert found["same", "without"] == Relation.COPY


def test_where_no_publisher_is_named_the_host_of_an_address_stands_for_it():
    hosts = {COURIER: "https://www.courier.example/a/1", MAIL: "http://mail.example"}
    articles = [{"id": a["id"], "text": a["text"], "url": hosts[a["publisher"]]} for a in two_sites()]
    assert stories(articles) == COPIES


def test_without_publishers_a_run_is_what_it_was():
    articles = [{**article, "publisher": ""} for article in two_sites()]
    assert relations(articles) == relations(articles, UNLEARNED)


def test_the_same_is_learned_and_found_for_any_order_workers_and_size_of_batch(tmp_path, monkeypatch):
    articles = two_sites()
    halves = (tmp_path / "north.jsonl", tmp_path / "south.jsonl")
    for half, path in enumerate(halves):
        path.write_text("".join(f"{json.dumps(article)}\n" for article in articles[half::2]))
    written, learned = [], []
    for paths, workers, chars, pairs in (
        (halves, 1, 4_000_000, 1 << 14),
        (halves[::-1], 2, 9_000, 7),
        (halves, 1, 1, 50),
    ):
        monkeypatch.setattr(sketching, "BATCH_CHARS", chars)
        monkeypatch.setattr(local, "BATCH_PAIRS", pairs)
        out = tmp_path / str(chars)
        write_report(deduplicate(paths, workers=workers, diffs=False), out, ("matches", "clusters"), force=False)
        written.append([(out / f"{name}.jsonl").read_bytes() for name in ("matches", "clusters")])
        with FileCorpus.open(list(map(str, paths)), Plan().reader) as corpus, Workers(workers) as pool:
            sketched = sketch_corpus(corpus, Plan(), pool, Silent())
            found = learn_furniture(sketched, FurnitureParams())
        learned.append((sketched.catalog.publishers, found.lines.tolist(), found.articles.tolist()))
    assert written[0] == written[1] == written[2]
    assert learned[0] == learned[1] == learned[2]
    assert written[0][0]
    assert learned[0][1]


LINES = [*sentences(random.Random(5), 30), "ADVERTISEMENT", "Read more", "LONDON (Reuters) - Rain fell on Monday.", ""]
PAGES = st.tuples(
    st.sampled_from([COURIER, MAIL, ""]), st.lists(st.sampled_from(LINES), min_size=1, max_size=12).map("\n".join)
)


@settings(max_examples=30)
@given(st.lists(PAGES, min_size=1, max_size=40), st.booleans())
def test_what_is_emitted_is_the_text_as_it_came(pages, framed):
    frame = "\n".join(LINES[:6])
    articles = {
        str(i): {"id": str(i), "publisher": publisher, "text": f"{frame}\n{text}" if framed and publisher else text}
        for i, (publisher, text) in enumerate(pages)
        if text.strip()
    }
    report = deduplicate(list(articles.values()))
    for entry in report.entries:
        assert entry.canonical.text == articles[entry.canonical.id]["text"]
        for variant in entry.variants:
            assert variant.article.text == articles[variant.article.id]["text"]
            assert apply_edits(entry.canonical.text, variant.edits) == variant.article.text
    assert len(report.catalog) == len(articles)
    words = {own: tuple(t.folded for t in tokenize(article["text"])) for own, article in articles.items()}
    groups = defaultdict(set)
    for match in report.matches:
        groups[match.relation == Relation.EXACT].add(words[match.a] == words[match.b])
    if not any("LONDON" in article["text"] for article in articles.values()):  # credits are no words of the view
        assert groups[True] <= {True}
        assert groups[False] <= {False}
