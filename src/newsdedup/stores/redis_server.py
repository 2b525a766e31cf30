"""An index on a Redis server, shared by several machines; keys lie in datasketch's own storage layer for Redis.

Keys are written first and articles last, in one transaction, so that what was begun and not finished is seen by nobody:
a key that leads to no article proposes nothing.
"""

from __future__ import annotations

import json
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import numpy as np
from datasketch.storage import unordered_storage

from newsdedup.errors import MissingExtraError, StoreError
from newsdedup.model.background import Counts
from newsdedup.model.sketch import Int64Array, UInt64Array
from newsdedup.stores.interface import FORMAT, NO_HITS, NUMBER_BITS, Filter, Header, Hits, Row, entries_of, numbers_of
from newsdedup.stores.keys import id_keys
from newsdedup.stores.memory import chosen
from newsdedup.stores.tally import Tally, pack

try:
    import redis
    from redis.connection import parse_url
    from redis.exceptions import LockError, LockNotOwnedError, RedisError, WatchError
except ImportError as error:
    raise MissingExtraError("redis", "redis", "an index on a Redis server") from error

_MANY = 2000
_MARK = struct.Struct("<qq")
_FOLD = 16
"""Counts of single additions that are kept apart before they are added up."""
_LOCK_S = 60.0
"""After this time a writer that has said nothing is taken for dead."""


class RedisStore:
    """See `stores.interface.Store`. Everything of an index is below `newsdedup:NAME:`."""

    def __init__(self, address: str, wait_s: float = 5.0) -> None:
        parts = urlsplit(address)
        query = dict(parse_qsl(parts.query))
        base = f"newsdedup:{query.pop('name', 'index')}:"
        self.name = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        try:
            options = dict(parse_url(urlunsplit(parts._replace(query=urlencode(query)))))  # type: ignore[no-untyped-call]  # redis has it so
        except ValueError as error:
            raise StoreError(f"{self.name}: is no address of a Redis server: {error}") from error
        if options.pop("connection_class", None) is not None:
            options["ssl"] = True
        options |= {"socket_connect_timeout": wait_s}
        self._redis: Any = redis.Redis(**options)  # its types name every kind of client at once
        self._header, self._rows, self._counts = f"{base}header", f"{base}rows", f"{base}counts"
        self._marks = f"{base}marks"
        self._state = f"{base}state"
        self._lock = self._redis.lock(f"{base}lock", timeout=_LOCK_S, blocking_timeout=wait_s)
        config = {"type": "redis", "redis": options, "redis_buffer": {"transaction": False}}
        self._keys = unordered_storage(config, name=f"{base}keys:".encode())
        self._pending: list[tuple[str, tuple[Any, ...]]] = []

    def header(self) -> Header | None:
        with self._told():
            found = self._redis.get(self._header)
        if found is None:
            return None
        values = json.loads(found)
        if values["format"] != FORMAT:
            raise StoreError(
                f"{self.name}: the index has format {values['format']}, this program reads {FORMAT};"
                " use the newer program, or build the index again"
            )
        return Header(values["params"], values["text"], values["format"])

    def create(self, header: Header) -> None:
        values = {"params": header.params, "text": header.text, "format": header.format}
        with self._told():
            self._redis.set(self._header, json.dumps(values), nx=True)

    @contextmanager
    def reading(self) -> Iterator[None]:
        yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self._told():
            if not self._lock.acquire():
                raise StoreError(f"{self.name}: another process is writing to this index; try again when it is done")
        self._pending = []
        try:
            yield
            with self._told():
                self._commit()
        finally:
            self._pending = []
            with suppress(RedisError):
                self._lock.release()

    def _commit(self) -> None:
        """Everything that makes the additions seen, at once, if the index is there and the lock is still held."""
        with self._redis.pipeline(transaction=True) as pipe:
            pipe.watch(self._header, self._lock.name)
            if not pipe.exists(self._header):
                raise StoreError(
                    f"{self.name}: the index went away while it was written (was Redis flushed?); add again"
                )
            if not self._lock.owned():
                raise StoreError(f"{self.name}: it took too long, and another process writes now; nothing was changed")
            pipe.multi()
            for command, arguments in self._pending:
                getattr(pipe, command)(*arguments)
            pipe.hincrby(self._state, "generation", 1)
            pipe.execute()
        if self._redis.llen(self._counts) > _FOLD:
            folded = pack(self._summed().counts())
            with self._redis.pipeline(transaction=True) as pipe:
                pipe.delete(self._counts)
                pipe.rpush(self._counts, folded)
                pipe.execute()

    def generation(self) -> int:
        return self._value("generation")

    def size(self) -> tuple[int, int]:
        return self._value("articles"), self._value("next")

    def append(self, rows: Sequence[Row], entries: UInt64Array) -> None:
        with self._told():
            self._lock.reacquire()
            if rows:
                # a number is taken before any key names it, so that no two articles ever have the same
                self._redis.hset(self._state, "next", max(self._value("next"), max(row.number for row in rows) + 1))
                packed = {str(row.number): _pack(row) for row in rows}
                marks = {str(row.number): _MARK.pack(row.published, row.fingerprint) for row in rows}
                self._pending.append(("hset", (self._rows, None, None, packed)))
                self._pending.append(("hset", (self._marks, None, None, marks)))
                self._pending.append(("hincrby", (self._state, "articles", len(rows))))
            numbers = defaultdict[int, list[int]](list)
            for key, number in zip(
                (entries >> np.uint64(NUMBER_BITS)).tolist(), numbers_of(entries).tolist(), strict=True
            ):
                numbers[key].append(number)
            for key, having in numbers.items():
                self._keys.insert(f"{key:x}", *having, buffer=True)
            self._keys.empty_buffer()

    def count(self, packed: bytes, sign: int = 1) -> None:
        if sign > 0:
            self._pending.append(("rpush", (self._counts, packed)))
            return
        with self._told():
            whole = self._summed()
        for command, arguments in self._pending:
            if command == "rpush":
                whole.add(arguments[1])
        whole.add(packed, sign)
        self._pending = [call for call in self._pending if call[0] not in {"rpush", "delete"}]
        self._pending += [("delete", (self._counts,)), ("rpush", (self._counts, pack(whole.counts())))]

    def counts(self) -> Counts:
        with self._told():
            return self._summed().counts()

    def look_up(self, keys: UInt64Array, cap: int) -> Hits:
        unique, place = np.unique(keys, return_inverse=True)
        with self._told():
            found = self._members([f"{key:x}" for key in unique.tolist()])
        having = [np.sort(np.array(list(members), np.int64)) for members in found]
        kept = [numbers if len(numbers) <= cap else numbers[[0, -1]] for numbers in having]
        if not len(keys):
            return NO_HITS
        sizes = np.array([len(numbers) for numbers in kept])
        places = np.repeat(np.arange(len(keys), dtype=np.int64), sizes[place])
        capped = np.flatnonzero(np.array([len(numbers) > cap for numbers in having])[place])
        numbers = [kept[i] for i in place.tolist()]
        return Hits(places, np.concatenate(numbers), capped)

    def rows(self, numbers: Int64Array) -> list[Row]:
        wanted = np.unique(numbers).tolist()
        found: list[Row] = []
        with self._told():
            for start in range(0, len(wanted), _MANY):
                some = wanted[start : start + _MANY]
                packed = self._redis.hmget(self._rows, [str(number) for number in some])
                found += [_unpack(number, data) for number, data in zip(some, packed, strict=True) if data is not None]
        return found

    def marks(self, numbers: Int64Array) -> Int64Array:
        wanted = np.unique(numbers).tolist()
        found: list[tuple[int, int, int]] = []
        with self._told():
            for start in range(0, len(wanted), _MANY):
                some = wanted[start : start + _MANY]
                packed = self._redis.hmget(self._marks, [str(number) for number in some])
                found += [(n, *_MARK.unpack(data)) for n, data in zip(some, packed, strict=True) if data is not None]
        return np.array(found, np.int64).reshape(-1, 3)

    def all_rows(self, where: Filter | None = None) -> Iterator[Row]:
        with self._told():
            numbers = np.array(sorted(map(int, self._redis.hkeys(self._rows))), np.int64)
        for start in range(0, len(numbers), _MANY):
            for row in self.rows(numbers[start : start + _MANY]):
                if where is None or chosen(row, where):
                    yield row

    def all_entries(self) -> Iterator[UInt64Array]:
        with self._told():
            there = np.array(sorted(map(int, self._redis.hkeys(self._rows))), np.int64)
            for keys, found in self._all_keys():
                sizes = [len(members) for members in found]
                hashes = np.repeat(np.array([int(key, 16) for key in keys], np.uint64), sizes)
                numbers = np.array([int(member) for members in found for member in members], np.int64)
                kept = np.isin(numbers, there)
                yield entries_of(hashes[kept], numbers[kept].astype(np.uint64))

    def remove(self, numbers: Iterable[int]) -> None:
        gone = [str(number) for number in numbers]
        with self._told():
            there = sum(self._redis.hexists(self._rows, number) for number in gone)
        if gone:
            self._pending.append(("hdel", (self._rows, *gone)))
            self._pending.append(("hdel", (self._marks, *gone)))
            self._pending.append(("hincrby", (self._state, "articles", -there)))

    def compact(self) -> None:
        with self.writing(), self._told():
            there = {key.decode() for key in self._redis.hkeys(self._rows)}
            for keys, found in self._all_keys():
                for key, members in zip(keys, found, strict=True):
                    dead = [member for member in members if member.decode() not in there]
                    if len(dead) == len(members):
                        self._keys.remove(key, buffer=True)
                    else:
                        for member in dead:
                            self._keys.remove_val(key, member, buffer=True)
            self._keys.empty_buffer()

    def problems(self) -> list[str]:
        articles, following = self.size()
        told = []
        lost = held = 0
        for row in self.all_rows():
            held += 1
            lost += row.number not in self.look_up(id_keys([row.id]), articles + 1).numbers or row.number >= following
        if held != articles:
            told.append(f"{held:,} articles are there, {articles:,} are recorded")
        if lost:
            told.append(f"{lost:,} articles cannot be found by their ids")
        counted = self.counts().articles
        if counted != articles:
            told.append(f"the background was counted over {counted:,} articles, there are {articles:,}")
        return told

    def close(self) -> None:
        self._redis.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Raise what goes wrong with the server as a StoreError."""
        try:
            yield
        except WatchError as error:
            raise StoreError(
                f"{self.name}: the index was changed from outside while it was written; add again"
            ) from error
        except (LockNotOwnedError, LockError) as error:
            raise StoreError(f"{self.name}: the index went away, or another process took it over; add again") from error
        except RedisError as error:
            raise StoreError(f"{self.name}: the Redis server cannot be used: {error}; nothing was changed") from error

    def _value(self, name: str) -> int:
        with self._told():
            return int(self._redis.hget(self._state, name) or 0)

    def _members(self, keys: Sequence[str]) -> list[set[bytes]]:
        found: list[set[bytes]] = []
        for start in range(0, len(keys), _MANY):
            found += self._keys.getmany(*keys[start : start + _MANY])
        return found

    def _all_keys(self) -> Iterator[tuple[list[str], list[set[bytes]]]]:
        keys = sorted(key.decode() for key in self._keys.keys())  # noqa: SIM118  # datasketch's storage is no mapping
        for start in range(0, len(keys), _MANY):
            some = keys[start : start + _MANY]
            yield some, self._members(some)

    def _summed(self) -> Tally:
        summed = Tally()
        for packed in self._redis.lrange(self._counts, 0, -1):
            summed.add(packed)
        return summed


def _pack(row: Row) -> bytes:
    """A row as bytes: what is text or number as JSON, then the digest, then the content."""
    told = json.dumps([*row[2:-1]]).encode()
    return told + b"\0" + row.digest + row.content


def _unpack(number: int, packed: bytes) -> Row:
    told, _, rest = packed.partition(b"\0")
    return Row._make([number, rest[:16], *json.loads(told), rest[16:]])
