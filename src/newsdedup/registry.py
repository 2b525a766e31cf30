"""A named table of parts that are imported only when asked for."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from importlib import import_module
from importlib.metadata import entry_points
from typing import Generic, TypeVar

from newsdedup.errors import UnknownNameError

T = TypeVar("T")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`, did you mean "x"?` for the closest known name, or nothing."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f', did you mean "{close[0]}"?' if close else ""


class Registry(Generic[T]):
    """Names to objects, given as `module:attribute`.

    The built-in table wins over installed entry points of the same name, so that
    an installed package cannot silently replace a part of the program.
    """

    def __init__(self, kind: str, table: Mapping[str, str], entry_point_group: str | None = None) -> None:
        self._kind = kind
        self._table = dict(table)
        self._group = entry_point_group

    def names(self) -> tuple[str, ...]:
        """All names: the table's in its own order, then those of entry points, sorted."""
        extra = {e.name for e in entry_points(group=self._group)} if self._group else set()
        return (*self._table, *sorted(extra - set(self._table)))

    def load(self, name: str) -> T:
        """The object of that name.

        Raises UnknownNameError if there is none.
        """
        if name in self._table:
            module, attribute = self._table[name].split(":")
            part: T = getattr(import_module(module), attribute)
            return part
        if self._group:
            for entry in entry_points(group=self._group, name=name):
                loaded: T = entry.load()
                return loaded
        known = self.names()
        raise UnknownNameError(
            f'no {self._kind} is called "{name}"{did_you_mean(name, known)} (there are: {", ".join(known)})'
        )
