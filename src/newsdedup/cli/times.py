"""Dates and spans of time as options give them, in microseconds."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import click

_SPAN = re.compile(r"(\d{1,6})\s*([hdwy])", re.IGNORECASE)
_HOURS = {"h": 1, "d": 24, "w": 7 * 24, "y": 365 * 24}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def span(text: str, option: str) -> int:
    """`36h`, `14d`, `2w` or `1y`.

    Raises click.BadParameter for anything else.
    """
    found = _SPAN.fullmatch(text.strip())
    if not found:
        raise click.BadParameter(f'"{text}" is no span of time such as 36h, 14d, 2w or 1y', param_hint=option)
    return int(found[1]) * _HOURS[found[2].lower()] * 3_600_000_000


def moment(text: str, option: str, now: datetime) -> int:
    """A date such as 2024-03-04, with a time if wanted, or a span before now.

    Raises click.BadParameter for anything else.
    """
    if _SPAN.fullmatch(text.strip()):
        return (now - _EPOCH) // _MICROSECOND - span(text, option)
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError as error:
        told = f'"{text}" is no date such as 2024-03-04, and no span of time such as 90d'
        raise click.BadParameter(told, param_hint=option) from error
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return (aware - _EPOCH) // _MICROSECOND
