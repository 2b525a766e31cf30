import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdedup.stores.interface import entries_of, numbers_of
from newsdedup.stores.runs import Runs
from newsdedup.stores.segments import CHUNK, FAN, SMALL, chunks, due, find, merged, tier

keys = st.integers(0, 2**36 - 1)


def segment_of(entries):
    """A sorted segment, and how it gives its chunks."""
    entries = np.sort(entries)
    return entries[::CHUNK], lambda wanted: np.concatenate(
        [np.zeros(0, np.uint64), *(entries[i * CHUNK : (i + 1) * CHUNK] for i in wanted.tolist())]
    )


def entries_for(having):
    pairs = [(key, number) for key, numbers in having.items() for number in numbers]
    return entries_of(np.array([k for k, _ in pairs], np.uint64), np.array([n for _, n in pairs], np.uint64))


@given(
    st.dictionaries(keys, st.sets(st.integers(0, 2**28 - 1), min_size=1, max_size=8), min_size=1),
    st.lists(keys, max_size=20),
)
def test_look_ups_find_what_a_dictionary_finds(having, others):
    wanted = [*having, *others]
    hits = find(np.array(wanted, np.uint64), *segment_of(entries_for(having)), 8)
    found = {}
    for place, number in zip(hits.places.tolist(), hits.numbers.tolist(), strict=True):
        found.setdefault(wanted[place], set()).add(number)
    assert found == {key: having[key] for key in wanted if key in having}


@pytest.mark.parametrize("many", [5, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 5 * CHUNK + 7])
def test_a_hot_key_gives_its_first_and_last_article_however_many_chunks_it_fills(many):
    having = {3: [1], 7: range(10, 10 + many), 9: [4, 5]}
    hits = find(np.array([3, 7, 9, 8], np.uint64), *segment_of(entries_for(having)), 4)
    found = sorted(zip(hits.places.tolist(), hits.numbers.tolist(), strict=True))
    assert found == [(0, 1), (1, 10), (1, 9 + many), (2, 4), (2, 5)]
    assert hits.capped.tolist() == [1]


def test_many_keys_are_looked_up_in_any_order():
    rng = np.random.default_rng(3)
    having = {int(key): [number] for number, key in enumerate(rng.integers(0, 2**36, 9000))}
    wanted = np.array(list(having), np.uint64)
    rng.shuffle(wanted)
    hits = find(wanted, *segment_of(entries_for(having)), 4)
    found = dict(zip(wanted[hits.places].tolist(), hits.numbers.tolist(), strict=True))
    assert found == {key: numbers[0] for key, numbers in having.items()}


def test_the_highest_key_is_found():
    top = 2**36 - 1
    hits = find(np.array([top], np.uint64), *segment_of(entries_for({top: [1, 2**28 - 1], 0: [3]})), 4)
    assert sorted(hits.numbers.tolist()) == [1, 2**28 - 1]


@pytest.mark.parametrize("width", [1, 2, 100])
def test_merged_segments_are_sorted_and_without_the_dead(width):
    rng = np.random.default_rng(1)
    parts = [rng.integers(0, 2**64, size, np.uint64, endpoint=False) for size in (1, 10, 3 * CHUNK, 20 * CHUNK + 5)]
    parts[1][3] = np.uint64(2**64 - 1)
    dead = np.unique(numbers_of(parts[2][:50]))
    pieces = list(merged([segment_of(part) for part in parts], dead, width))
    together = np.concatenate(pieces)
    every = np.sort(np.concatenate(parts))
    assert np.array_equal(together, every[~np.isin(numbers_of(every), dead)])
    assert [len(chunk) for chunk in chunks(iter(pieces))][:-1] == [CHUNK] * (len(together) // CHUNK)


def test_segments_stay_few_and_every_entry_is_rewritten_seldom():
    sizes, written, n = [], 0, 20_000
    for _ in range(n):
        sizes.append(90)
        while places := due(sizes):
            whole = sum(sizes[place] for place in places)
            sizes = [size for place, size in enumerate(sizes) if place not in places] + [whole]
            written += whole
    assert len(sizes) <= FAN * (tier(90 * n) + 1)
    assert written / (90 * n) <= 2 * (tier(90 * n) + 2) + SMALL / 90 / FAN


def test_runs_give_back_sorted_what_was_added(monkeypatch):
    monkeypatch.setattr("newsdedup.stores.runs.HELD", 5000)
    rng = np.random.default_rng(2)
    parts = [rng.integers(0, 2**63, size, np.uint64) for size in (1, 4000, 0, 7000, 20_000, 3)]
    runs = Runs()
    assert runs.empty
    for part in parts:
        runs.add(part)
    assert not runs.empty
    assert np.array_equal(np.concatenate(list(runs.merged())), np.sort(np.concatenate(parts)))
