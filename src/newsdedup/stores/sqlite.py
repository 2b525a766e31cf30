"""An index in one SQLite file: articles as rows, and their keys in sorted segments (see `segments`)."""

from __future__ import annotations

import json
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from newsdedup.errors import StoreError
from newsdedup.model.background import Counts
from newsdedup.model.catalog import UNDATED
from newsdedup.model.sketch import Int64Array, UInt64Array
from newsdedup.stores.interface import FORMAT, MOST_ARTICLES, Filter, Header, Hits, Row
from newsdedup.stores.runs import Runs
from newsdedup.stores.segments import Fetch, chunks, due, find, joined, merged
from newsdedup.stores.sqlite_file import APPLICATION, SCHEMA, connect, told
from newsdedup.stores.tally import Tally, pack

_CHUNK_BITS = 24
_MANY = 500
_MARKS = "SELECT number, published, fingerprint FROM articles INDEXED BY marks"
"""All that is asked for stands in the index; the articles themselves are not touched."""
_ROW = f"INSERT INTO articles VALUES ({', '.join('?' * len(Row._fields))})"  # noqa: S608  # question marks


@dataclass(frozen=True, slots=True)
class Segment:
    """One sorted run of entries; uint64 `fence` is the first entry of each of its chunks."""

    id: int
    entries: int
    fence: UInt64Array


class SqliteStore:
    """See `stores.interface.Store`."""

    def __init__(self, path: Path, wait_s: float = 5.0) -> None:
        self._path = path
        self._wait_s = wait_s
        self._own = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._known: tuple[int, tuple[Segment, ...]] | None = None
        self._pending = Runs()
        self._more: list[bytes] = []
        self._less: list[bytes] = []
        self._writer: int | None = None
        self._removing = False

    @property
    def name(self) -> str:
        return str(self._path)

    def header(self) -> Header | None:
        if not self._path.exists():
            return None
        with told(self._path):
            tables = self._db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'header'").fetchone()[0]
            found = dict(self._db.execute("SELECT name, value FROM header")) if tables else {}
        if not found:
            return None
        if found.get("format") != FORMAT:
            raise StoreError(
                f"{self._path}: the index has format {found.get('format')}, this program reads {FORMAT};"
                " use the newer program, or build the index again"
            )
        return Header(json.loads(found["params"]), bool(found["text"]), found["format"])

    def create(self, header: Header) -> None:
        with told(self._path):
            db = self._db
            db.execute(f"PRAGMA application_id = {APPLICATION}")
            db.execute("BEGIN IMMEDIATE")
            for statement in SCHEMA.split(";"):
                db.execute(statement)
            values = {
                "format": header.format, "params": json.dumps(header.params), "text": int(header.text),
                "next": 0, "articles": 0, "generation": 0,
            }  # fmt: skip
            db.executemany("INSERT OR IGNORE INTO header VALUES (?, ?)", values.items())
            db.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[None]:
        db = self._db
        if db.in_transaction:
            yield
            return
        with told(self._path):
            db.execute("BEGIN")
            try:
                yield
            finally:
                db.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[None]:
        db = self._db
        with told(self._path):
            db.execute("BEGIN IMMEDIATE")
        self._writer = threading.get_ident()
        try:
            with told(self._path):
                yield
                self._finish(db)
        except BaseException:
            with suppress(sqlite3.Error):
                db.execute("ROLLBACK")
            raise
        finally:
            self._pending, self._more, self._less, self._known, self._writer = Runs(), [], [], None, None
        if self._removing:  # what was removed is not to be found in the log either
            self._removing = False
            with told(self._path):
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _finish(self, db: sqlite3.Connection) -> None:
        if not self._pending.empty:
            self._write_segment(self._pending.merged())
        for packed in self._more:
            self._write_counts(packed)
        if self._less:
            whole = self._summed()
            for packed in self._less:
                whole.add(packed, -1)
            db.execute("DELETE FROM counts")
            self._write_counts(pack(whole.counts()))
        self._merge_what_is_due(db)
        db.execute("UPDATE header SET value = value + 1 WHERE name = 'generation'")
        db.execute("COMMIT")

    def generation(self) -> int:
        return self._value("generation")

    def size(self) -> tuple[int, int]:
        return self._value("articles"), self._value("next")

    def append(self, rows: Sequence[Row], entries: UInt64Array) -> None:
        with told(self._path):
            if rows:
                last = max(row.number for row in rows)
                if last >= MOST_ARTICLES:
                    raise StoreError(f"{self._path}: an index holds {MOST_ARTICLES:,} articles in its life; begin anew")
                self._db.executemany(_ROW, rows)
                self._db.execute("UPDATE header SET value = max(value, ?) WHERE name = 'next'", (last + 1,))
                self._db.execute("UPDATE header SET value = value + ? WHERE name = 'articles'", (len(rows),))
            self._pending.add(entries)

    def count(self, packed: bytes, sign: int = 1) -> None:
        (self._more if sign > 0 else self._less).append(packed)

    def counts(self) -> Counts:
        with told(self._path):
            return self._summed().counts()

    def look_up(self, keys: UInt64Array, cap: int) -> Hits:
        with told(self._path):
            return joined([find(keys, s.fence, self._fetch(s), cap) for s in self._segments()])

    def rows(self, numbers: Int64Array) -> list[Row]:
        wanted = np.unique(numbers).tolist()
        found: list[Row] = []
        with told(self._path):
            for start in range(0, len(wanted), _MANY):
                some = wanted[start : start + _MANY]
                query = f"SELECT * FROM articles WHERE number IN ({', '.join('?' * len(some))}) ORDER BY number"  # noqa: S608  # question marks
                found += map(Row._make, self._db.execute(query, some))
        return found

    def marks(self, numbers: Int64Array) -> Int64Array:
        wanted = np.unique(numbers).tolist()
        found: list[tuple[int, int, int]] = []
        with told(self._path):
            for start in range(0, len(wanted), _MANY):
                some = wanted[start : start + _MANY]
                query = f"{_MARKS} WHERE number IN ({', '.join('?' * len(some))}) ORDER BY number"
                found += self._db.execute(query, some)
        return np.array(found, np.int64).reshape(-1, 3)

    def all_rows(self, where: Filter | None = None) -> Iterator[Row]:
        clauses, values = ["1"], list[object]()
        if where and where.before is not None:
            clauses.append("published < ? AND published != ?")
            values += [where.before, UNDATED]
        for column, chosen in (("publisher", where and where.publishers), ("status", where and where.statuses)):
            if chosen:
                clauses.append(f"{column} IN ({', '.join('?' * len(chosen))})")
                values += sorted(chosen)
        query = f"SELECT * FROM articles WHERE {' AND '.join(clauses)} ORDER BY number"  # noqa: S608  # columns and question marks
        with told(self._path):
            yield from map(Row._make, self._db.execute(query, values))

    def all_entries(self) -> Iterator[UInt64Array]:
        with told(self._path):
            yield from self._merged(self._segments())

    def remove(self, numbers: Iterable[int]) -> None:
        gone = [(number,) for number in numbers]
        with told(self._path):
            db = self._db
            db.execute("PRAGMA secure_delete = ON")
            removed = db.executemany("DELETE FROM articles WHERE number = ?", gone).rowcount
            db.executemany("INSERT OR IGNORE INTO removed VALUES (?)", gone)
            db.execute("UPDATE header SET value = value - ? WHERE name = 'articles'", (max(removed, 0),))
        self._removing = True

    def compact(self) -> None:
        with self.writing():
            self._merge(self._segments())
            self._db.execute("DELETE FROM removed")
            self._removing = True
        with told(self._path):
            self._db.execute("VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def problems(self) -> list[str]:
        from newsdedup.stores.sqlite_audit import problems  # noqa: PLC0415  # imports this module

        with told(self._path), self.reading():
            return problems(self, self._db)

    def close(self) -> None:
        for connection in self._connections:
            with suppress(sqlite3.Error):
                connection.close()
        self._connections.clear()
        self._own = threading.local()

    @property
    def _db(self) -> sqlite3.Connection:
        """This thread's connection."""
        found: sqlite3.Connection | None = getattr(self._own, "db", None)
        if found is None:
            with told(self._path):
                found = self._own.db = connect(self._path, self._wait_s)
            self._connections.append(found)
        return found

    def _value(self, name: str) -> int:
        with told(self._path):
            return int(self._db.execute("SELECT value FROM header WHERE name = ?", (name,)).fetchone()[0])

    def _segments(self) -> tuple[Segment, ...]:
        """As they are in the transaction of this thread; what was read once is kept until the content changes."""
        if self._writer == threading.get_ident():
            return self._read_segments()
        generation = self.generation()
        known = self._known
        if known is None or known[0] != generation:
            known = self._known = (generation, self._read_segments())
        return known[1]

    def _read_segments(self) -> tuple[Segment, ...]:
        found = self._db.execute("SELECT id, entries, fence FROM segments ORDER BY id")
        return tuple(Segment(own, n, np.frombuffer(fence, np.uint64)) for own, n, fence in found)

    def _fetch(self, segment: Segment) -> Fetch:
        db, base = self._db, segment.id << _CHUNK_BITS

        def fetch(wanted: Int64Array) -> UInt64Array:
            if not len(wanted):
                return np.zeros(0, np.uint64)
            if len(wanted) * 2 > wanted[-1] - wanted[0]:
                span = (base + int(wanted[0]), base + int(wanted[-1]))
                found = [blob for (blob,) in db.execute("SELECT entries FROM chunks WHERE id BETWEEN ? AND ?", span)]
            else:
                some = "SELECT entries FROM chunks WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
                found = [blob for (blob,) in db.execute(some, (json.dumps((base + wanted).tolist()),))]
            return np.frombuffer(b"".join(found), np.uint64)

        return fetch

    def _write_segment(self, pieces: Iterable[UInt64Array]) -> None:
        db = self._db
        own = db.execute("SELECT coalesce(max(id), 0) + 1 FROM segments").fetchone()[0]
        fence: list[int] = []
        total = checksum = 0

        def packed() -> Iterator[tuple[int, bytes]]:
            nonlocal total, checksum
            for place, chunk in enumerate(chunks(pieces)):
                fence.append(int(chunk[0]))
                total += len(chunk)
                blob = chunk.tobytes()
                checksum = zlib.crc32(blob, checksum)
                yield own << _CHUNK_BITS | place, blob

        db.executemany("INSERT INTO chunks VALUES (?, ?)", packed())
        if total:
            fences = np.array(fence, np.uint64).tobytes()
            db.execute("INSERT INTO segments VALUES (?, ?, ?, ?)", (own, total, checksum, fences))

    def _merge_what_is_due(self, db: sqlite3.Connection) -> None:
        segments = self._read_segments()
        while chosen := due([segment.entries for segment in segments]):
            self._merge([segments[place] for place in chosen])
            segments = self._read_segments()
        sizes = db.execute("SELECT id, length(packed) FROM counts ORDER BY id").fetchall()
        while chosen := due([size for _, size in sizes]):
            folded = Tally()
            for place in chosen:
                own = (sizes[place][0],)
                folded.add(db.execute("SELECT packed FROM counts WHERE id = ?", own).fetchone()[0])
                db.execute("DELETE FROM counts WHERE id = ?", own)
            self._write_counts(pack(folded.counts()))
            sizes = db.execute("SELECT id, length(packed) FROM counts ORDER BY id").fetchall()

    def _merge(self, segments: Sequence[Segment]) -> None:
        if segments:
            self._write_segment(self._merged(segments))
        for segment in segments:
            span = (segment.id << _CHUNK_BITS, (segment.id + 1) << _CHUNK_BITS)
            self._db.execute("DELETE FROM chunks WHERE id >= ? AND id < ?", span)
            self._db.execute("DELETE FROM segments WHERE id = ?", (segment.id,))

    def _merged(self, segments: Sequence[Segment]) -> Iterator[UInt64Array]:
        if not segments:
            return iter(())
        dead = [number for (number,) in self._db.execute("SELECT number FROM removed ORDER BY number")]
        return merged([(segment.fence, self._fetch(segment)) for segment in segments], np.array(dead, np.int64))

    def _summed(self) -> Tally:
        summed = Tally()
        for (packed,) in self._db.execute("SELECT packed FROM counts ORDER BY id"):
            summed.add(packed)
        return summed

    def _write_counts(self, packed: bytes) -> None:
        self._db.execute("INSERT INTO counts (packed) VALUES (?)", (packed,))
