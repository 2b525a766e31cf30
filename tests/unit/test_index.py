import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from newsdedup import Index
from newsdedup.errors import StoreError
from newsdedup.indexing import add, create
from newsdedup.model.article import Article, Origin
from newsdedup.model.sketch import SketchParams
from newsdedup.model.window import Window
from newsdedup.plan import Plan
from newsdedup.progress import Silent
from newsdedup.readers.corpus import FileCorpus
from newsdedup.readers.dates import parse_date
from newsdedup.readers.memory import MemoryCorpus
from newsdedup.stores import open_store
from newsdedup.workers import Workers


def put(name, corpus, plan):
    store = open_store(str(name))
    create(store, plan, text=True)
    with Workers(1) as workers:
        add(corpus, store, plan, workers, Silent())
    store.close()


@pytest.fixture
def path(tmp_path, corpus_dir):
    plan = Plan(sketch=SketchParams(num_perm=64, bands=20))
    with FileCorpus.open([str(corpus_dir / "wire" / "copies")], plan.reader) as corpus:
        put(tmp_path / "news.index", corpus, plan)
    return tmp_path / "news.index"


@pytest.fixture
def text(corpus_dir):
    return (corpus_dir / "wire" / "copies" / "ferry-fares.txt").read_text()


def test_an_article_is_checked_by_the_parameters_of_the_index(path, text):
    with Index.open(path) as index:
        assert len(index) == 17
        assert index.check(text).name == "exact"
        assert index.check({"id": "x", "text": text.replace("fares", "prices", 1)}).name in {
            "exact",
            "copy",
            "revision",
        }
        assert index.check(Article("y", "Nothing that anybody has heard of.", Origin("memory"))).name == "new"
        assert index.check("").name == "new"
        assert len(index) == 17


def test_a_verdict_names_the_known_article(path, text):
    with Index.open(path) as index:
        verdict = index.check({"id": "mine", "text": text})
    assert verdict.article.id == "mine"
    assert (verdict.match.a, verdict.match.b) == (verdict.known.id, "mine")
    assert not verdict.failed


def test_an_article_without_text_is_a_wrong_value(path):
    with Index.open(path) as index, pytest.raises(ValueError, match=r"no-text|not-an-article"):
        index.check({"id": "x", "title": "Only a headline"})


def test_a_window_limits_what_counts(path, text):
    late = {"id": "x", "text": text, "date": "2030-01-01"}
    with Index.open(path) as index:
        assert index.check(late).name == "exact"
        known = index.check(late).known
        narrow = index.check(late, Window(within=1))
        assert narrow.known is None or narrow.known.published is None or known.published is None


def test_what_others_add_is_seen(path):
    news = Article(
        "late", " ".join(f"word{i * i}" for i in range(50)), Origin("memory"), published=parse_date("2024-01-01")
    )
    plan = Plan(sketch=SketchParams(num_perm=64, bands=20))
    with Index.open(path) as index:
        assert index.check(news).name == "new"
        put(path, MemoryCorpus([news]), plan)
        assert index.check(news).name == "exact"


def test_many_threads_get_the_verdicts_of_one(path, corpus_dir):
    with FileCorpus.open([str(corpus_dir / "wire")], Plan().reader) as corpus:
        articles = [
            r for unit in corpus.units() for r in corpus.read_unit(unit, Plan().reader) if isinstance(r, Article)
        ]
    with Index.open(path) as index:
        alone = [index.check(article) for article in articles]
        barrier = threading.Barrier(4)

        def all_of_them(_):
            barrier.wait()
            return [index.check(article) for article in articles]

        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(all_of_them, range(4))) == [alone] * 4


def test_an_index_that_is_not_there_is_told(tmp_path):
    with pytest.raises(StoreError, match="there is no index"):
        Index.open(tmp_path / "none.index")
    assert list(tmp_path.iterdir()) == []


def test_an_entry_in_a_form_of_which_the_index_has_others_is_no_duplicate_and_its_copy_is(tmp_path):
    form = (
        "the emir of {} received in his office today the head of {}, {}, who offered his congratulations on the blessed "
        "feast. his highness was shown a report on the work of the department and on what it does for citizens and "
        "residents. he stressed that all must work harder to serve the people, as the wise leadership directs. the "
        "deputy of the emirate and several officials attended the reception."
    )
    entries = [
        ("tabuk", "police", "harbi"), ("abha", "schools", "dosari"), ("jeddah", "customs", "ghamdi"),
        ("mecca", "prisons", "zahrani"), ("hail", "transport", "otaibi"), ("dammam", "archives", "anazi"),
    ]  # fmt: skip
    articles = [
        Article(town, form.format(town, *more), Origin("m", i), published=parse_date("2022-05-02T09:00:00Z"))
        for i, (town, *more) in enumerate(entries)
    ]
    path = tmp_path / "forms.index"
    put(path, MemoryCorpus(articles[:-1]), Plan())
    with Index.open(path) as index:
        found = index.check(articles[-1])
        assert (found.name, found.match.probability < 0.5) == ("template", True)
        again = replace(articles[2], id="again", text=articles[2].text.replace("his office", "the palace"))
        assert (index.check(again).name, index.check(again).known.id) == ("copy", "jeddah")
