"""Takes: parts of one story that a wire sends as messages of their own."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
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


@dataclass(slots=True)
class _Story:
    """A record and the texts of the takes that continue it."""

    record: Record
    takes: list[str] = field(default_factory=list)
    chars: int = 0

    def whole(self) -> Record:
        if not self.takes or not isinstance(self.record, Article):
            return self.record
        first = _MORE.sub("", self.record.text.rstrip())
        return replace(self.record, text="\n\n".join((first, *self.takes)))


def join_takes(records: Iterable[Record], limit: int) -> Iterator[Record]:
    """The records, in order, with each further take added to the text of its first; `limit` is in characters.

    A take belongs to the last message of the same slug among those shortly before it. One whose first take is not
    there, or that would make the text too long, stays an article of its own.
    """
    waiting: deque[_Story] = deque()
    for record in records:
        if isinstance(record, Article):
            if story := _continued(record, waiting, limit):
                story.takes.append(record.text)
                story.chars += len(record.text)
                continue
            waiting.append(_Story(record, chars=len(record.text)))
        else:
            waiting.append(_Story(record))
        if len(waiting) > _WAITING:
            yield waiting.popleft().whole()
    for story in waiting:
        yield story.whole()


def _continued(take: Article, waiting: deque[_Story], limit: int) -> _Story | None:
    """The story that a message continues, if it is one of those."""
    if not take.slug or not is_add(take.version):
        return None
    for story in reversed(waiting):
        head = story.record
        if isinstance(head, Article) and head.slug == take.slug and not is_add(head.version):
            return story if story.chars + len(take.text) <= limit else None
    return None
