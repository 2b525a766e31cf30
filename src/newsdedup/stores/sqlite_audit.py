"""Everything in an index file read and checked."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator

import numpy as np

from newsdedup.model.sketch import UInt64Array
from newsdedup.stores.interface import Store, numbers_of
from newsdedup.stores.keys import id_keys

_BLOCK = 50_000
_CHUNK_BITS = 24


def problems(store: Store, db: sqlite3.Connection) -> list[str]:
    """What is wrong, in sentences; nothing if all is well."""
    broken = [row[0] for row in db.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
    if broken:
        return [f"the file is damaged: {sentence}" for sentence in broken]
    return [*_segments(db), *_numbers(store, db), *_articles(store, db)]


def _segments(db: sqlite3.Connection) -> Iterator[str]:
    """Chunks that are missing, altered or out of order."""
    for own, entries, checksum, fence in db.execute("SELECT id, entries, checksum, fence FROM segments").fetchall():
        seen = found = 0
        last = np.uint64(0)
        first: list[int] = []
        span = (own << _CHUNK_BITS, (own + 1) << _CHUNK_BITS)
        sound = True
        for (blob,) in db.execute("SELECT entries FROM chunks WHERE id >= ? AND id < ? ORDER BY id", span):
            chunk: UInt64Array = np.frombuffer(blob, np.uint64)
            found = zlib.crc32(blob, found)
            seen += len(chunk)
            first.append(int(chunk[0]))
            sound = sound and bool(chunk[0] >= last and np.all(chunk[1:] >= chunk[:-1]))
            last = chunk[-1]
        if (seen, found) != (entries, checksum) or not sound or first != np.frombuffer(fence, np.uint64).tolist():
            yield f"segment {own}: its {entries:,} entries are not as they were written"


def _numbers(store: Store, db: sqlite3.Connection) -> Iterator[str]:
    articles, following = store.size()
    held, last = db.execute("SELECT count(*), coalesce(max(number), -1) FROM articles").fetchone()
    if held != articles or last >= following:
        yield f"{held:,} articles up to number {last}, but {articles:,} below {following} are recorded"
    counted = store.counts().articles
    if counted != articles:
        yield f"the background was counted over {counted:,} articles, there are {articles:,}"
    highest = max((int(numbers_of(piece).max(initial=-1)) for piece in store.all_entries()), default=-1)
    if highest >= following:
        yield f"keys lead to article {highest}, but only numbers below {following} were given"


def _articles(store: Store, db: sqlite3.Connection) -> Iterator[str]:
    """Articles that cannot be found by their ids."""
    lost = 0
    rows = db.execute("SELECT number, id FROM articles ORDER BY number")
    while block := rows.fetchmany(_BLOCK):
        keys = id_keys(own for _, own in block)
        hits = store.look_up(keys, len(block) + 1)
        numbers = np.array([number for number, _ in block])
        lost += len(block) - len(np.unique(hits.places[numbers[hits.places] == hits.numbers]))
    if lost:
        yield f"{lost:,} articles cannot be found by their ids"
