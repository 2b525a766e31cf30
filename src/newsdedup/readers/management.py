"""What senders say of the handling of an item, in the words of all formats."""

from __future__ import annotations

from typing import Final

from newsdedup.model.article import Status
from newsdedup.readers.dates import parse_date

_STATUSES: Final = {
    "correction": Status.CORRECTED,
    "cancelled": Status.CANCELED,
    "killed": Status.CANCELED,
    "kill": Status.CANCELED,
    "deleted": Status.CANCELED,
    "withdrawn": Status.CANCELED,
    **{status.value: status for status in Status},
}


def parse_status(value: object) -> Status | None:
    """The status that a word stands for, with or without a prefix (`stat:usable`); None for any other value."""
    return _STATUSES.get(value.strip().rpartition(":")[2].lower()) if isinstance(value, str) else None


def is_embargoed(until: object, version_created: object) -> bool:
    """Whether an item was under embargo when this version of it was made; the clock of the machine does not matter."""
    end, made = parse_date(until), parse_date(version_created)
    return end is not None and (made is None or end > made)


def parse_urgency(value: object) -> int | None:
    """An urgency from 1 to 9; None for any other value."""
    digit = str(value).strip()
    return int(digit) if len(digit) == 1 and digit in "123456789" else None
