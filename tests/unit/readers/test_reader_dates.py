import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdedup.readers.dates import parse_date


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "when"),
    [
        ("2024-03-19", utc(2024, 3, 19)),
        ("2024-03-19T10:00:00Z", utc(2024, 3, 19, 10)),
        ("2015-07-31 04:15:32", utc(2015, 7, 31, 4, 15, 32)),
        ("2019-05-31T17:45:53-04:00", utc(2019, 5, 31, 21, 45, 53)),
        ("2024/03/19 10:11", utc(2024, 3, 19, 10, 11)),
        ("20240319", utc(2024, 3, 19)),
        ("20240319101112", utc(2024, 3, 19, 10, 11, 12)),
        ("Tue, 19 Mar 2024 08:43:00 GMT", utc(2024, 3, 19, 8, 43)),
        ("Tue, 19 Mar 2024 08:43:00 +0530", utc(2024, 3, 19, 3, 13)),
        ("26-FEB-1987 15:01:01.79", utc(1987, 2, 26, 15, 1, 1, 790000)),
        (" 2-APR-1987 09:12:33.21", utc(1987, 4, 2, 9, 12, 33, 210000)),
        ("Sun Oct 29, 2006 1:29pm EST", utc(2006, 10, 29, 18, 29)),
        ("Sun Oct 29 13:29:00 EST 2006", utc(2006, 10, 29, 18, 29)),
        ("Fri Mar 01 2024 10:00:00 GMT+0100 (CET)", utc(2024, 3, 1, 9)),
        ("18.03.24, 08:43 PM", utc(2024, 3, 18, 20, 43)),
        ("18 March 2024", utc(2024, 3, 18)),
        ("March 18, 2024", utc(2024, 3, 18)),
        ("Sept. 11, 2001 at 8:46 a.m. EDT", utc(2001, 9, 11, 12, 46)),
        ("1st of May 1997", utc(1997, 5, 1)),
        ("Jan. 5, '99", utc(1999, 1, 5)),
        ("25/12/2024", utc(2024, 12, 25)),
        ("12/25/2024", utc(2024, 12, 25)),
        ("12:05 am, 1 May 1997", utc(1997, 5, 1, 0, 5)),
        (1710806400, utc(2024, 3, 19)),
        ("1710806400", utc(2024, 3, 19)),
        (1710806400000, utc(2024, 3, 19)),
        (1710806400.5, utc(2024, 3, 19, 0, 0, 0, 500000)),
        (20240319, utc(2024, 3, 19)),
        (date(2024, 3, 19), utc(2024, 3, 19)),
        (datetime(2024, 3, 19, 1, tzinfo=timezone(timedelta(hours=1))), utc(2024, 3, 19)),
    ],
)
def test_dates_as_news_writes_them_are_read(value, when):
    assert parse_date(value) == when


@pytest.mark.parametrize(
    "value",
    ["", "yesterday", "03/04/2024", "2024", "May 5", "2024-02-30", "99.99.2024", "0001-01-01T00:00:00+14:00"],
)
def test_text_that_is_no_plain_date_is_none(value):
    assert parse_date(value) is None


@pytest.mark.parametrize("value", ["x" * 10_000, None, True, [], {}, float("nan"), float("inf"), -5, 7, 10**30])
def test_a_value_that_is_no_date_is_none(value):
    assert parse_date(value) is None


def test_an_impossible_time_of_day_leaves_the_day():
    assert parse_date("18 March 2024 25:61") == utc(2024, 3, 18)


@given(st.text(max_size=60) | st.integers() | st.floats())
def test_nothing_fails_and_every_date_is_in_utc(value):
    when = parse_date(value)
    assert when is None or when.utcoffset() == timedelta(0)


@given(st.datetimes())
def test_a_time_without_a_zone_is_in_utc(when):
    assert parse_date(when.isoformat()) == when.replace(tzinfo=UTC)


def test_the_time_zone_of_the_machine_does_not_matter():
    code = "from newsdedup.readers.dates import parse_date; print(parse_date('18.03.24, 08:43 PM'), parse_date(1710806400))"
    printed = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "TZ": zone}, capture_output=True, check=True
        ).stdout
        for zone in ("UTC", "Asia/Kolkata", "America/New_York")
    }
    assert printed == {b"2024-03-18 20:43:00+00:00 2024-03-19 00:00:00+00:00\n"}
