"""What a filing is to the ones before it."""

from __future__ import annotations

import enum


class Filing(enum.Enum):
    """What an item says that it is; of several things it may say, the last of these counts."""

    FIRST = "first"
    """Says nothing: the first of its story, as far as it tells."""
    FORM = "form"
    """A piece of a special form: a brief, a factbox, a timeline."""
    ALERT = "alert"
    """Urgent, a flash, a first line or two."""
    UPDATE = "update"
    """More or newer than what was filed before: updates, leads, write-throughs, wrap-ups."""
    REPEAT = "repeat"
    ADVANCE = "advance"
    """Sent ahead, to be used later."""
    EMBARGO = "embargo"
    CORRECTION = "correction"
    """Puts right what was filed before; so do refiles, which mend slips, and clarifications."""
    KILL = "kill"
    """Takes back what was filed before."""


FILINGS: tuple[Filing, ...] = tuple(Filing)
"""Code c in a catalog is FILINGS[c]."""

FILING_CODE = {filing: code for code, filing in enumerate(FILINGS)}
