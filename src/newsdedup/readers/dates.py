"""Dates as news writes them, without regard to locale, the machine's time zone or today's date."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any, Final

MOST_DATE_CHARS: Final = 200
"""No date is longer; what is longer is not looked into, and not kept whole."""

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
            "aug august", "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH: Final = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY: Final = r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>\d{4}|'?\d{2})\b"
_TIME: Final = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?"
)
_ZONE: Final = r"\s*\(?(?:(?:GMT|UTC|Z)?\s*(?P<offset>[+-]\d{2}:?\d{2})\b|(?P<zone>[A-Z]{1,5})\b)"

_DATES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        rf"{_DAY}(?:\s+of)?[\s.,-]*{_MONTH}[\s,-]*{_YEAR}",
        rf"\b{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b[\s,]+{_YEAR}",
        r"\b(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d{2})\b",
        r"\b(?P<slashed1>\d{1,2})/(?P<slashed2>\d{1,2})/(?P<year>\d{4})\b",
    )
)
_TIME_OF_DAY: Final = re.compile(_TIME, re.IGNORECASE)
_TIME_ZONE: Final = re.compile(_ZONE)  # zones are written in capitals; "at" and "by" are not zones
_ZONE_HOURS: Final = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "IST": 5.5, "PKT": 5, "SGT": 8, "HKT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12,
    "NZDT": 13, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
_SECONDS_FROM: Final = 1e8  # 1973; smaller numbers are counts or years
_MILLISECONDS_FROM: Final = 1e11
_LATEST: Final = 7258118400  # 2200


def parse_date(value: object) -> datetime | None:
    """The time that `value` stands for, aware and in UTC; None if it is not plain.

    Takes datetimes, dates, seconds or milliseconds since 1970, `YYYYMMDD` and text: ISO 8601, RFC 2822 and what
    newspapers print. Where no zone is given it is UTC. With dots the day comes first; `03/04/2024`, which could be two
    days, is None.
    """
    match value:
        case str():
            return _from_text(value.strip()) if len(value) <= MOST_DATE_CHARS else None
        case datetime():
            return _in_utc(value)
        case date():
            return datetime(value.year, value.month, value.day, tzinfo=UTC)
        case bool():
            return None
        case int() | float():
            return _from_number(value)
        case _:
            return None


@lru_cache(maxsize=8192)
def _from_text(text: str) -> datetime | None:
    if text.isascii() and text.isdigit():
        return _from_number(int(text)) if len(text) != 14 else _from_digits(text)
    try:
        return _in_utc(datetime.fromisoformat(text))
    except ValueError:
        return _from_prose(text)


def _in_utc(when: datetime) -> datetime | None:
    try:
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except OverflowError:  # the first or last day of the calendar, in another zone
        return None


def _from_number(number: float) -> datetime | None:
    if isinstance(number, int) and 1700_01_01 <= number <= 2199_12_31:
        return _from_digits(f"{number}000000")
    if not math.isfinite(number) or number < _SECONDS_FROM:
        return None
    seconds = number / 1000 if number >= _MILLISECONDS_FROM else number
    return datetime.fromtimestamp(seconds, UTC) if seconds < _LATEST else None


def _from_digits(digits: str) -> datetime | None:
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _from_prose(text: str) -> datetime | None:
    """The date in `text`, with the time of day if there is one, which may stand in the midst of the date."""
    clock = _TIME_OF_DAY.search(text)
    if not clock:
        return _day(text)
    zone = _TIME_ZONE.match(text, clock.end())
    day = _day(text[: clock.start()] + text[(zone or clock).end() :])
    return day and _at(day, clock, _offset(zone["offset"] or "", zone["zone"] or "") if zone else UTC)


@lru_cache(maxsize=8192)
def _day(text: str) -> datetime | None:
    for pattern in _DATES:
        if found := pattern.search(text):
            return _day_of(found.groupdict())
    return None


def _day_of(parts: dict[str, str | None]) -> datetime | None:
    year = int((parts["year"] or "").lstrip("'"))
    if year < 100:
        year += 1900 if year >= 69 else 2000
    if "slashed1" in parts:
        first, second = int(parts["slashed1"] or 0), int(parts["slashed2"] or 0)
        if first <= 12 and second <= 12 and first != second:
            return None
        day, month = max(first, second), min(first, second)
    else:
        name = parts["month"] or ""
        month = int(name) if name.isdigit() else _MONTHS[name.lower()]
        day = int(parts["day"] or 0)
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:  # 31 February
        return None


def _at(day: datetime, clock: re.Match[str], zone: timezone) -> datetime | None:
    hour, minute, second, fraction, half = clock.group("hour", "minute", "second", "fraction", "half")
    hours = int(hour)
    if half and hours <= 12:
        hours = hours % 12 + (12 if half in "pP" else 0)
    try:
        local = day.replace(
            hour=hours,
            minute=int(minute),
            second=int(second or 0),
            microsecond=int((fraction or "0").ljust(6, "0")[:6]),
            tzinfo=zone,
        )
    except ValueError:  # 25:61
        return day
    return _in_utc(local)


@lru_cache(maxsize=256)
def _offset(digits: str, name: str) -> timezone:
    """The zone of `+05:30` or `EST`; UTC for a name that is not known."""
    if not digits:
        return timezone(timedelta(hours=_ZONE_HOURS.get(name, 0)))
    hours, minutes = min(int(digits[1:3]), 23), min(int(digits[-2:]), 59)
    return timezone((-1 if digits[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))


def first_date(*texts: str) -> dict[str, Any]:
    """The first of some dates that can be read, as arguments for `Article`; else the first that cannot, as it came."""
    for text in texts:
        if when := parse_date(text):
            return {"published": when}
    unread = next((text for text in texts if text), "")
    return {"date_text": unread[:MOST_DATE_CHARS]} if unread else {}
