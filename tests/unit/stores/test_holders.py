"""How many articles hold a key: what a join of the same articles in one corpus says."""

import numpy as np
import pytest

from newsdedup.model.catalog import UNDATED
from newsdedup.stores.holders import LOOKED_AT, MOST, Holdings, count_holders
from newsdedup.stores.interface import Header, Row, entries_of
from newsdedup.stores.memory import MemoryStore
from newsdedup.stores.sqlite import SqliteStore

DAY_US = 86_400_000_000
NOBODY = Holdings(np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros(0, np.int64))


@pytest.fixture(params=["memory", "sqlite"])
def store(request, tmp_path):
    made = MemoryStore() if request.param == "memory" else SqliteStore(tmp_path / "news.index")
    made.create(Header({}, text=True))
    yield made
    made.close()


def put(store, key, articles):
    """Articles, each a fingerprint and a day, that hold a key."""
    first = store.size()[1]
    with store.writing():
        rows = [
            Row(first + i, bytes(16), f"a{first + i}", "s", 0, "", "", UNDATED if day < 0 else day * DAY_US, 0, 1, 0, own, b"t")
            for i, (own, day) in enumerate(articles)
        ]  # fmt: skip
        numbers = np.array([row.number for row in rows], np.uint64)
        store.append(rows, entries_of(np.full(len(rows), key, np.uint64), numbers))


def held(store, *keys, new=NOBODY):
    articles, days = count_holders(store, np.array(keys, np.uint64), new)
    return list(zip(articles.tolist(), days.tolist(), strict=True))


def test_articles_of_one_text_count_once_and_their_days_each(store):
    put(store, 7, [(1, 100), (1, 101), (2, 100), (-3, -1)])
    assert held(store, 5, 7) == [(0, 0), (3, 2)]


def test_new_articles_count_unless_they_are_indexed(store):
    put(store, 7, [(1, 100), (2, 101)])
    new = Holdings(np.array([7, 7, 9, 8], np.uint64), np.array([2, 3, 3, 3]), np.array([101, 102, 102, 102]))
    assert held(store, 7, 9, new=new) == [(3, 3), (1, 1)]


def test_what_was_removed_holds_nothing(store):
    put(store, 7, [(1, 100), (2, 101), (3, 102)])
    with store.writing():
        store.remove([1])
    assert held(store, 7) == [(2, 2)]


def test_of_many_some_are_looked_at_and_speak_for_all(store):
    put(store, 7, [(i // 2, 100) for i in range(8 * LOOKED_AT)])
    ((articles, days),) = held(store, 7)
    assert 4 * LOOKED_AT <= articles <= 8 * LOOKED_AT
    assert days == 1


def test_a_set_phrase_is_on_every_day_from_first_to_last(store):
    put(store, 7, [(i, 100 + i // 30) for i in range(MOST + 46)])
    assert held(store, 7) == [(MOST, 11)]


def test_no_keys_are_held_by_nobody(store):
    assert held(store) == []
