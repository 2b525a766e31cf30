"""Ids of articles, which are unique within a corpus."""

from __future__ import annotations

from collections.abc import Sequence


def tell_apart(ids: Sequence[str]) -> tuple[str, ...]:
    """Unique ids: of equal ones the first keeps its own, the others get `~2`, `~3`, ... behind it."""
    taken = set(ids)
    seen: dict[str, int] = {}
    unique = []
    for given in ids:
        count = seen.get(given, 0) + 1
        own = given if count == 1 else f"{given}~{count}"
        while count > 1 and own in taken:
            count += 1
            own = f"{given}~{count}"
        seen[given] = count
        taken.add(own)
        unique.append(own)
    return tuple(unique)
