import pytest
import redis

from newsdedup.errors import StoreError
from newsdedup.indexing import add, add_all, create
from newsdedup.model.article import Article, Origin
from newsdedup.plan import Plan
from newsdedup.progress import Silent
from newsdedup.readers.memory import MemoryCorpus
from newsdedup.stores.redis_server import RedisStore
from newsdedup.workers import Workers

PLAN = Plan()


def put(store, *numbers):
    articles = [
        Article(f"a{n}", " ".join(f"word{n * i * i % 9973}" for i in range(60)), Origin("memory", n)) for n in numbers
    ]
    with Workers(1) as workers:
        return add(MemoryCorpus(articles), store, PLAN, workers, Silent())


@pytest.fixture
def store(redis_address, request):
    made = RedisStore(f"{redis_address}?name={request.node.name}")
    create(made, PLAN, text=True)
    yield made
    made.close()


def test_a_server_that_is_not_there_is_told():
    with pytest.raises(StoreError, match=r"redis://127\.0\.0\.1:1/0: the Redis server cannot be used: .*refused"):
        RedisStore("redis://127.0.0.1:1/0", wait_s=1).header()


def test_a_password_is_not_told():
    store = RedisStore("redis://user:secret@127.0.0.1:1/0?name=x")
    with pytest.raises(StoreError) as caught:
        store.header()
    assert "secret" not in str(caught.value)


def test_an_address_that_makes_no_sense_is_told():
    with pytest.raises(StoreError, match="is no address of a Redis server"):
        RedisStore("redis://localhost:port/0")


def test_two_names_are_two_indexes(store, redis_address):
    put(store, 1, 2)
    other = RedisStore(f"{redis_address}?name=other")
    assert other.header() is None


def test_a_server_flushed_half_way_is_told_and_the_next_addition_is_whole(store, redis_address):
    put(store, 1, 2)
    with pytest.raises(StoreError, match="went away"):
        put_inside(store, before=redis.Redis.from_url(redis_address).flushdb)
    assert store.header() is None
    create(store, PLAN, text=True)
    assert put(store, 1, 2, 3).added == 3
    assert store.problems() == []


def put_inside(store, before=lambda: None, after=lambda: None):
    """One article added, and what happens around it in the same transaction."""
    articles = [Article("b", " ".join(f"word{i * i}" for i in range(60)), Origin("memory"))]
    with store.writing():
        before()
        with Workers(1) as workers:
            add_all(MemoryCorpus(articles), store, PLAN, workers, Silent(), text=True)
        after()


def test_what_was_begun_and_not_finished_is_seen_by_nobody(store):
    put(store, 1)
    with pytest.raises(ZeroDivisionError):
        put_inside(store, after=lambda: 1 / 0)
    assert [row.id for row in store.all_rows()] == ["a1"]
    assert store.problems() == []
    store.compact()
    assert sum(len(entries) for entries in store.all_entries()) == sum(
        len(members) for _, found in store._all_keys() for members in found
    )


def test_background_counts_are_added_up_now_and_then(store):
    for number in range(1, 20):
        put(store, number)
    assert store.counts().articles == 19
    assert store._redis.llen(store._counts) <= 17
    assert store.problems() == []
