"""An index file opened with SQLite, and what goes wrong with it in plain words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from newsdedup.errors import StoreError

APPLICATION = 0x6E646570
"""Marks a SQLite file as an index of this program."""
_MAGIC = b"SQLite format 3\x00"
_PAGE = 16384
_MAPPED = 1 << 31
"""Bytes of a file, at most, that are read where the system holds them: a lookup here and there takes half the time."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS header (name TEXT PRIMARY KEY, value ANY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (
    number INTEGER PRIMARY KEY, digest BLOB, id TEXT, source TEXT, record INTEGER, title TEXT, publisher TEXT,
    published INTEGER, status INTEGER, words INTEGER, samples INTEGER, fingerprint INTEGER, content BLOB
);
CREATE INDEX IF NOT EXISTS marks ON articles (number, published, fingerprint);
CREATE TABLE IF NOT EXISTS segments (id INTEGER PRIMARY KEY, entries INTEGER, checksum INTEGER, fence BLOB);
CREATE TABLE IF NOT EXISTS chunks (id INTEGER PRIMARY KEY, entries BLOB);
CREATE TABLE IF NOT EXISTS counts (id INTEGER PRIMARY KEY, packed BLOB);
CREATE TABLE IF NOT EXISTS removed (number INTEGER PRIMARY KEY);
"""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Raise what SQLite raises as a StoreError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {_sentence(error)}") from error


def _sentence(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "")
    for prefix, sentence in (
        ("SQLITE_BUSY", "another process is writing to this index; try again when it is done"),
        ("SQLITE_LOCKED", "another process is writing to this index; try again when it is done"),
        ("SQLITE_READONLY", "the index cannot be written: the file or its file system is read-only"),
        ("SQLITE_FULL", "the disk is full; the index is as it was before"),
        ("SQLITE_IOERR", f"the disk failed or is full ({name}); the index is as it was before"),
        ("SQLITE_CANTOPEN", "the index cannot be opened or created here: no such folder, no permission, or read-only"),
        ("SQLITE_CORRUPT", f"the index is damaged; {MEND}"),
        ("SQLITE_NOTADB", f"the index is damaged; {MEND}"),
    ):
        if name.startswith(prefix):
            return sentence
    return f"the index is damaged or not one of this program ({error}); {MEND}"


MEND = "restore it from a copy, or build it again with `newsdedup index add`"


def check_file(path: Path) -> None:
    """See that a file which is there can be an index, before SQLite looks at it.

    Raises StoreError if it is a folder, something else, or cut short.
    """
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; an index is one file, such as {path / 'news.index'}")
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from error
    if not head:
        return
    if not head.startswith(_MAGIC):
        raise StoreError(f"{path}: is not an index; it may be a file of articles, or a report")
    if len(head) == 100 and int.from_bytes(head[68:72], "big") not in {0, APPLICATION}:
        raise StoreError(f"{path}: is a database of another program, not an index")
    page = int.from_bytes(head[16:18], "big")
    pages = int.from_bytes(head[28:32], "big")
    log = path.with_name(f"{path.name}-wal")
    if path.stat().st_size < page * pages and not (log.exists() and log.stat().st_size):
        raise StoreError(f"{path}: the index is cut short; {MEND}")


def connect(path: Path, wait_s: float) -> sqlite3.Connection:
    """A connection without transactions of its own, for any thread; a file that is not there yet is made.

    Where nothing can be written, the file is read as one that nobody changes.
    """
    check_file(path)
    if path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return _connect(path, "mode=ro&immutable=1", wait_s)
    connection = _connect(path, "mode=rwc", wait_s)
    connection.execute(f"PRAGMA page_size = {_PAGE}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _connect(path: Path, how: str, wait_s: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?{how}",
        uri=True, timeout=wait_s, isolation_level=None, check_same_thread=False,
    )  # fmt: skip
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
    return connection
