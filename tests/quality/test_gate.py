"""A check tells of the wire corpus what a run tells: the canonical articles are indexed, everything is delivered."""

import json

import pytest

from newsdedup.gate import check
from newsdedup.indexing import add, create
from newsdedup.model.article import Article
from newsdedup.model.verdict import Policy
from newsdedup.plan import Plan
from newsdedup.progress import Silent
from newsdedup.readers.corpus import FileCorpus
from newsdedup.readers.memory import MemoryCorpus
from newsdedup.stores.memory import MemoryStore
from newsdedup.stores.sqlite import SqliteStore
from newsdedup.workers import Workers

PLAN = Plan()
KNOWN_WRONG = {"excerpts/news-in-brief.txt"}  # as in a run: see test_wire.py
JOINING = {"exact", "copy", "revision"}


@pytest.fixture(scope="module")
def truth(corpus_dir):
    lines = [json.loads(line) for line in (corpus_dir / "truth.jsonl").read_text("utf-8").splitlines()]
    return {line["id"]: line for line in lines if "id" in line}


@pytest.fixture(scope="module", params=["texts", "tokens", "memory"])
def verdicts(request, corpus_dir, truth, tmp_path_factory):
    """The verdict on every article of the corpus against its canonical ones, by id."""
    path = tmp_path_factory.mktemp("gate") / "news.index"
    store = MemoryStore() if request.param == "memory" else SqliteStore(path)
    create(store, PLAN, text=request.param != "tokens")
    with FileCorpus.open([str(corpus_dir / "wire")], PLAN.reader) as corpus, Workers(1) as workers:
        records = [record for unit in corpus.units() for record in corpus.read_unit(unit, PLAN.reader)]
        canonical = [r for r in records if isinstance(r, Article) and truth[r.id]["relation"] == "canonical"]
        add(MemoryCorpus(canonical), store, PLAN, workers, Silent())
        report = check(corpus, store, PLAN, policy=Policy(), progress=Silent(), workers=1)
    store.close()
    return {verdict.article.id: verdict for verdict in report.verdicts}


def test_every_variant_is_one_story_with_its_canonical_article(verdicts, truth):
    missed = [
        own
        for own, line in truth.items()
        if line["relation"] in JOINING
        and (verdicts[own].name not in JOINING or truth[verdicts[own].known.id]["story"] != line["story"])
    ]
    assert missed == []


def test_nothing_else_is_one_story_with_anything(verdicts, truth):
    others = [own for own, line in truth.items() if line["relation"] in {"unrelated", "excerpt", "template"}]
    assert {own for own in others if verdicts[own].name in JOINING} <= KNOWN_WRONG


def test_the_canonical_articles_are_known(verdicts, truth):
    canonical = [own for own, line in truth.items() if line["relation"] == "canonical"]
    assert {verdicts[own].name for own in canonical} == {"exact"}


def test_members_of_a_story_have_one_story_id(verdicts, truth):
    stories = {}
    for own, verdict in verdicts.items():
        if truth[own]["story"]:
            stories.setdefault(truth[own]["story"], set()).add(verdict.story)
    assert {story: ids for story, ids in stories.items() if len(ids) > 1} == {}
