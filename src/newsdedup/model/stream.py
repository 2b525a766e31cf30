"""Things that are worked out as they are read."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Stream(Iterator[T]):
    """Things in order, each worked out once, when it is its turn, and it may be in another process."""

    def __init__(self, run: Callable[[Callable[[T], Any]], Iterator[Any]]) -> None:
        """`run` gives what a function makes of each thing."""
        self._run = run
        self._read: Iterator[T] | None = None

    def __next__(self) -> T:
        if self._read is None:
            self._read = self._run(_as_it_is)
        return next(self._read)

    def then(self, work: Callable[[T], R]) -> Iterator[R]:
        """What `work` makes of each, where it is worked out, so that only that is sent here; both must be picklable.

        Nothing is left to be read afterwards.
        """
        self._read = iter(())
        return self._run(work)

    def close(self) -> None:
        """Read no further, and end whatever works on what comes next."""
        if isinstance(self._read, Generator):
            self._read.close()
        self._read = iter(())


def _as_it_is(thing: T) -> T:
    return thing
