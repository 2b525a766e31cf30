"""Places to keep an index, told from each other by how the user names them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the stores load numpy
    from newsdedup.stores.interface import Store

_REDIS = ("redis://", "rediss://", "unix://")


def is_shared(name: str) -> bool:
    """Whether a name is the address of a Redis server."""
    return name.startswith(_REDIS)


def open_store(name: str) -> Store:
    """The index of that name, which need not be there yet: a file, or `redis://HOST:PORT/DB?name=NAME`.

    Raises StoreError if it is there and cannot be used, MissingExtraError if Redis is asked for without its extra.
    """
    if is_shared(name):
        from newsdedup.stores.redis_server import RedisStore  # noqa: PLC0415  # an extra

        return RedisStore(name)
    from newsdedup.stores.sqlite import SqliteStore  # noqa: PLC0415

    return SqliteStore(Path(name))
