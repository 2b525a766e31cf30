"""What every store of an index does."""

import itertools

import numpy as np
import pytest

from newsdedup.errors import StoreError
from newsdedup.gate import check
from newsdedup.indexing import add, create, merge, prune, remove, with_ids
from newsdedup.model.article import Article, Origin, Status
from newsdedup.model.catalog import STATUSES, microseconds
from newsdedup.model.verdict import Policy
from newsdedup.plan import Plan
from newsdedup.progress import Silent
from newsdedup.readers.corpus import FileCorpus
from newsdedup.readers.dates import parse_date
from newsdedup.readers.memory import MemoryCorpus
from newsdedup.stores.interface import Filter, Row, entries_of
from newsdedup.stores.memory import MemoryStore
from newsdedup.stores.redis_server import RedisStore
from newsdedup.stores.sqlite import SqliteStore
from newsdedup.workers import Workers

PLAN = Plan()
names = itertools.count()


@pytest.fixture(params=["memory", "sqlite", "sqlite without texts", "redis"])
def store(request, tmp_path):
    """An empty index."""
    if request.param == "memory":
        made = MemoryStore()
    elif request.param == "redis":
        made = RedisStore(f"{request.getfixturevalue('redis_address')}?name=contract-{next(names)}", wait_s=0.2)
    else:
        made = SqliteStore(tmp_path / "news.index", wait_s=0.2)
    create(made, PLAN, text=request.param != "sqlite without texts")
    yield made
    made.close()


def put(store, corpus):
    with Workers(1) as workers:
        return add(corpus, store, PLAN, workers, Silent())


def put_folder(store, folder):
    with FileCorpus.open([str(folder)], PLAN.reader) as corpus:
        return put(store, corpus)


def judged(store, folder, **how):
    with FileCorpus.open([str(folder)], PLAN.reader) as corpus:
        return check(corpus, store, PLAN, policy=Policy(), progress=Silent(), workers=1, **how)


def story(number, **fields):
    words = " ".join(f"word{(number * 7919 + j * (j + number)) % 5003}" for j in range(80))
    return Article(f"a{number}", words, Origin("memory", number), title=f"Title {number}", **fields)


def content(store):
    """All that can be seen of an index."""
    counts = store.counts()
    entries = np.sort(np.concatenate([*store.all_entries(), np.zeros(0, np.uint64)]))
    return [
        list(store.all_rows()),
        entries.tolist(),
        counts.articles,
        int(counts.words.sum()),
        dict(counts.days),
    ]


def test_an_empty_index_knows_nothing(store, corpus_dir):
    assert store.size() == (0, 0)
    assert store.problems() == []
    report = judged(store, corpus_dir / "wire" / "unrelated")
    assert {verdict.name for verdict in report.verdicts} == {"new"}


def test_what_was_added_is_found_as_the_same_text(store, corpus_dir):
    put_folder(store, corpus_dir / "wire")
    report = judged(store, corpus_dir / "wire" / "copies")
    assert {verdict.name for verdict in report.verdicts} == {"exact"}
    assert not any(verdict.sibling for verdict in report.verdicts)
    assert store.problems() == []


def test_every_store_gives_the_verdicts_of_the_one_in_memory(store, corpus_dir):
    plain = MemoryStore()
    create(plain, PLAN, text=True)
    for each in (store, plain):
        put_folder(each, corpus_dir / "wire" / "copies")
    expected = judged(plain, corpus_dir / "wire").verdicts
    assert judged(store, corpus_dir / "wire").verdicts == expected
    assert {verdict.name for verdict in expected} == {"new", "exact", "copy", "revision", "excerpt", "template"}


def test_adding_the_same_delivery_twice_changes_nothing(store, corpus_dir):
    first = put_folder(store, corpus_dir / "wire")
    before = content(store)
    second = put_folder(store, corpus_dir / "wire")
    assert (second.added, second.known) == (0, first.added)
    assert content(store) == before


def test_of_a_delivery_known_in_part_only_the_rest_is_added(store, corpus_dir):
    put_folder(store, corpus_dir / "wire" / "copies")
    known = [story(1), story(2)]
    put(store, MemoryCorpus(known))
    before = store.size()[0]
    changed = put(store, MemoryCorpus([known[0], story(3), known[1], story(4)]))
    assert (changed.added, changed.known, store.size()[0]) == (2, 2, before + 2)
    assert store.problems() == []
    assert [row.id for row in with_ids(store, ["a3", "a4", "a9"])] == ["a3", "a4"]


def test_one_article_twice_in_a_delivery_is_added_once(store):
    again = Article("a1", story(1).text, Origin("memory", 9), title="Title 1")
    changed = put(store, MemoryCorpus([story(1), again]))
    assert (changed.added, changed.known) == (1, 1)


def test_another_text_under_a_known_id_is_another_article(store):
    put(store, MemoryCorpus([story(1)]))
    changed = put(store, MemoryCorpus([Article("a1", story(2).text, Origin("memory", 1))]))
    assert changed.added == 1
    assert len(with_ids(store, ["a1"])) == 2


def test_removing_leaves_what_was_never_added(store, corpus_dir):
    put_folder(store, corpus_dir / "wire" / "copies")
    store.compact()
    before = content(store)
    put(store, MemoryCorpus([story(1), story(2)]))
    with store.writing():
        remove(store, with_ids(store, ["a1", "a2"]), PLAN)
    assert with_ids(store, ["a1", "a2"]) == []
    assert content(store) == before
    store.compact()
    assert content(store) == before
    assert store.problems() == []


def test_numbers_are_never_given_again(store):
    put(store, MemoryCorpus([story(1), story(2)]))
    with store.writing():
        remove(store, with_ids(store, ["a2"]), PLAN)
    put(store, MemoryCorpus([story(3)]))
    numbers = [row.number for row in store.all_rows()]
    assert numbers == sorted(set(numbers))
    assert with_ids(store, ["a3"])[0].number > 1


def test_what_is_raised_inside_of_a_transaction_undoes_it(store):
    put(store, MemoryCorpus([story(1)]))
    before = content(store)
    for number in (2, 3):
        with pytest.raises(ZeroDivisionError):
            begun(store, number)
    assert content(store) == before
    assert store.problems() == []
    assert put(store, MemoryCorpus([story(2)])).added == 1


@pytest.mark.parametrize(
    ("where", "left"),
    [
        (Filter(before=microseconds(parse_date("2024-02-01"))), ["a2", "a3", "a4"]),
        (Filter(publishers=frozenset({"Gazette"})), ["a1", "a4"]),
        (Filter(statuses=frozenset({STATUSES.index(Status.CANCELED)})), ["a1", "a2", "a4"]),
        (
            Filter(publishers=frozenset({"Gazette"}), statuses=frozenset({STATUSES.index(Status.USABLE)})),
            ["a1", "a3", "a4"],
        ),
    ],
)
def test_prune_takes_out_what_meets_all_conditions(store, where, left):
    put(
        store,
        MemoryCorpus(
            [
                story(1, published=parse_date("2024-01-01"), publisher="Post"),
                story(2, published=parse_date("2024-03-01"), publisher="Gazette"),
                story(3, published=parse_date("2024-03-02"), publisher="Gazette", status=Status.CANCELED),
                story(4),
            ]
        ),
    )
    assert prune(store, where, PLAN).removed == 4 - len(left)
    assert [row.id for row in store.all_rows()] == left
    assert store.problems() == []


def test_a_key_that_many_have_gives_the_first_and_the_last(store):
    keys = np.array([5, 6, 7], np.uint64)
    with store.writing():
        rows = [story_row(number) for number in range(10)]
        store.append(rows, entries_of(np.full(10, 5, np.uint64), np.arange(10, dtype=np.uint64)))
        store.append([], entries_of(np.full(2, 7, np.uint64), np.array([3, 4], np.uint64)))
    hits = store.look_up(keys, 5)
    found = sorted(zip(hits.places.tolist(), hits.numbers.tolist(), strict=True))
    assert (found, hits.capped.tolist()) == ([(0, 0), (0, 9), (2, 3), (2, 4)], [0])
    assert len(store.look_up(keys, 10).numbers) == 12


def begun(store, key):
    """An addition that breaks off."""
    with store.writing():
        row = next(store.all_rows())._replace(number=store.size()[1])
        store.append([row], entries_of(np.array([key], np.uint64), np.array([row.number], np.uint64)))
        raise ZeroDivisionError


def story_row(number):
    return Row(number, bytes(16), f"a{number}", "s", 0, "", "", 0, 0, 1, 0, 0, b"t")


def test_the_generation_changes_with_the_content(store):
    seen = {store.generation()}
    put(store, MemoryCorpus([story(1)]))
    seen.add(store.generation())
    with store.writing():
        remove(store, with_ids(store, ["a1"]), PLAN)
    seen.add(store.generation())
    assert len(seen) == 3


def test_an_index_takes_in_another(store, corpus_dir):
    text = store.header().text
    other, whole = MemoryStore("other"), MemoryStore("whole")
    for each in (other, whole):
        create(each, PLAN, text=text)
    put_folder(store, corpus_dir / "wire" / "copies")
    put_folder(other, corpus_dir / "wire" / "copies")
    put(other, MemoryCorpus([story(1), story(2)]))
    put_folder(whole, corpus_dir / "wire" / "copies")
    put(whole, MemoryCorpus([story(1), story(2)]))
    changed = merge(store, [other], PLAN, Silent())
    assert (changed.added, changed.known) == (2, 17)
    assert content(store) == content(whole)
    assert store.problems() == []


def test_an_index_with_texts_does_not_take_in_one_without(store):
    other = MemoryStore("other")
    create(other, PLAN, text=not store.header().text)
    with pytest.raises(StoreError, match="other: keeps"):
        merge(store, [other], PLAN, Silent())


def test_one_writes_at_a_time(store, request, tmp_path):
    if isinstance(store, MemoryStore):
        pytest.skip("is of one process only")
    if isinstance(store, RedisStore):
        second = RedisStore(f"{store.name}", wait_s=0.2)
    else:
        second = SqliteStore(tmp_path / "news.index", wait_s=0.2)
    with store.writing(), pytest.raises(StoreError, match="another process is writing"), second.writing():
        pass
    with second.writing():
        pass
    second.close()
