"""What is read: articles, where they came from, and what was skipped."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """Where a record stands in the input. Every message about input begins with it."""

    source: str
    """The path as it was reached from what the user gave; `archive.zip!member.txt` inside a container."""
    record: int = 0
    """0-based: the line of a JSONL file, the row of a table, the item of a feed."""

    def __str__(self) -> str:
        return f"{self.source}:{self.record}"


class SkipReason(enum.Enum):
    """Why a record or a file did not become an article."""

    EMPTY = "empty"
    BINARY = "binary"
    UNREADABLE = "unreadable"
    VANISHED = "vanished"
    SPECIAL_FILE = "special-file"
    SYMLINK_LOOP = "symlink-loop"
    TRUNCATED = "truncated"
    MALFORMED = "malformed"
    NOT_AN_ARTICLE = "not-an-article"
    NO_TEXT = "no-text"
    TOO_LARGE = "too-large"
    UNSAFE_PATH = "unsafe-path"
    BOMB = "bomb"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something in the input that did not become an article, and why."""

    origin: Origin
    reason: SkipReason
    detail: str = ""


class Status(enum.Enum):
    """What the sender says may be done with an item (the values of IPTC's pubstatus, and corrections)."""

    USABLE = "usable"
    CORRECTED = "corrected"
    EMBARGOED = "embargoed"
    WITHHELD = "withheld"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as it was read; `text` is never altered after decoding."""

    id: str
    text: str
    origin: Origin
    title: str = ""
    byline: str = ""
    publisher: str = ""
    published: datetime | None = None
    """Aware, in UTC."""
    url: str = ""
    language: str = ""
    slug: str = ""
    guid: str = ""
    version: str = ""
    status: Status = Status.USABLE
    version_created: datetime | None = None
    """When this version was made, aware, in UTC."""
    dateline: str = ""
    """Place and day of a report, where they stand apart from its text."""
    credit: str = ""
    """Whom the publisher names as the source: a credit line, or an agency."""
    urgency: int | None = None
    """Editorial urgency as IPTC counts it, from 1, most urgent, to 9."""
    editor_note: str = ""
    """What is said to editors, not to readers."""
    date_text: str = ""
    """The date as it came, where it could not be read; `published` is None then."""

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError(f"{self.origin}: an article needs an id")
        if self.published is not None and self.published.tzinfo is None:
            raise ValueError(f"{self.origin}: published must be aware, got {self.published!r}")
        if self.version_created is not None and self.version_created.tzinfo is None:
            raise ValueError(f"{self.origin}: version_created must be aware, got {self.version_created!r}")

    @property
    def site(self) -> str:
        """Whose page it is: its publisher or, where that is unknown, the host of its address, without `www.`."""
        if self.publisher or "://" not in self.url:
            return self.publisher
        place = self.url.partition("://")[2].partition("/")[0]
        return place.rpartition("@")[2].partition(":")[0].lower().removeprefix("www.")


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """An article without its text: what an index keeps and a verdict shows."""

    id: str
    origin: Origin
    title: str = ""
    publisher: str = ""
    published: datetime | None = None
    words: int = 0
    """Tokens of the matching view."""
    status: Status = Status.USABLE
    slug: str = ""
    guid: str = ""
    version: str = ""
