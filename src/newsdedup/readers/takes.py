"""Takes: parts of one story that a wire sends as messages of their own."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from newsdedup.model.article import Article
from newsdedup.readers.interface import Record

_ADD: Final = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th) (?:add|take)|add[ -]?\d{1,2}|take[ -]?(?:[2-9]|1\d)|=[2-9])\b|(?<!\w)=[2-9]\b",
    re.IGNORECASE,
)
"""`1st Add`, `Add 2`, `Take 3`, `=2`: a message that goes on where an earlier one stopped."""
_FIRST_TAKE: Final = re.compile(r"\b1st take\b", re.IGNORECASE)
_MORE: Final = re.compile(r"\n[-(=_ \t]{0,9}more[-)=_ \t]{0,9}\Z", re.IGNORECASE)
_WAITING: Final = 24
"""How many messages a story waits for its further takes; others are sent between them."""


def is_add(version: str) -> bool:
    """Whether a message of that version continues another one."""
    return bool(_ADD.search(version)) and not _FIRST_TAKE.search(version)


def join_takes(records: Iterable[Record], limit: int) -> Iterator[Record]:
    """The records, in order, with each further take added to the text of its first; `limit` is in characters.

    A take belongs to the last message of the same slug among those shortly before it. One whose first take is not
    there, or that would make the text too long, stays an article of its own.
    """
    waiting: deque[Record] = deque()
    for record in records:
        head = _head_of(record, waiting, limit)
        if head is not None and isinstance(record, Article):
            waiting[head] = _joined(waiting[head], record)
            continue
        waiting.append(record)
        if len(waiting) > _WAITING:
            yield waiting.popleft()
    yield from waiting


def _head_of(record: Record, waiting: deque[Record], limit: int) -> int | None:
    """Where in `waiting` the story is that a record continues."""
    if not isinstance(record, Article) or not record.slug or not is_add(record.version):
        return None
    for index in range(len(waiting) - 1, -1, -1):
        head = waiting[index]
        if isinstance(head, Article) and head.slug == record.slug and not is_add(head.version):
            return index if len(head.text) + len(record.text) <= limit else None
    return None


def _joined(head: Record, take: Article) -> Record:
    if not isinstance(head, Article):
        raise TypeError(f"{head.origin}: not an article")
    return replace(head, text=f"{_MORE.sub('', head.text.rstrip())}\n\n{take.text}")
