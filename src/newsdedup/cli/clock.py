"""When a report is made."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from newsdedup.errors import UsageError


def now() -> datetime:
    """The time in UTC, or what SOURCE_DATE_EPOCH says, so that a run can be repeated byte for byte."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    if not fixed:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(fixed), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f'SOURCE_DATE_EPOCH must be whole seconds since 1970, not "{fixed}"') from error
