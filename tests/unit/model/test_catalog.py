from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdedup.model.article import ArticleRef, Origin, Status
from newsdedup.model.catalog import STATUSES, UNDATED, Catalog, microseconds


def catalog(*published):
    n = len(published)
    return Catalog(
        ids=tuple(f"a{i}" for i in range(n)),
        sources=("north.csv", "south.csv"),
        source=np.array([i % 2 for i in range(n)], np.int32),
        record=np.arange(n, dtype=np.int32),
        titles=tuple(f"Headline {i}" for i in range(n)),
        publishers=("", "Gazette"),
        publisher=np.array([i % 2 for i in range(n)], np.int32),
        published=np.array([microseconds(when) for when in published], np.int64),
        status=np.full(n, STATUSES.index(Status.CORRECTED), np.uint8),
        words=np.full(n, 7, np.int32),
        slugs=("", "FIRE"),
        slug=np.array([i % 2 for i in range(n)], np.int32),
        guids=("", "nw-1"),
        guid=np.array([i % 2 for i in range(n)], np.int32),
        versions=("", "2"),
        version=np.array([i % 2 for i in range(n)], np.int32),
        filing=np.zeros(n, np.uint8),
    )


def test_a_row_comes_back_as_the_article_it_was_made_of():
    when = datetime(2024, 3, 18, 20, 43, tzinfo=UTC)
    first, second = catalog(None, when)
    assert first == ArticleRef("a0", Origin("north.csv", 0), "Headline 0", "", None, 7, Status.CORRECTED)
    assert second == ArticleRef("a1", Origin("south.csv", 1), "Headline 1", "Gazette", when, 7, Status.CORRECTED,
                                "FIRE", "nw-1", "2")  # fmt: skip


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_date_comes_back_to_the_microsecond(when):
    assert catalog(when)[0].published == when


@pytest.mark.parametrize("when", [datetime.max, datetime.min, datetime(1969, 12, 31, 23, 59, 59, 999_999)])  # noqa: DTZ001, DTZ901  # made aware below
def test_the_ends_of_the_calendar_are_dates_as_any_other(when):
    assert catalog(when.replace(tzinfo=UTC))[0].published == when.replace(tzinfo=UTC)


@given(st.lists(st.none() | st.datetimes(timezones=st.just(UTC))))
def test_a_day_is_counted_from_1970_and_unknown_where_the_date_is(published):
    known = [-1 if when is None else (when.date() - date(1970, 1, 1)).days for when in published]
    assert catalog(*published).days.tolist() == known


def test_a_date_is_the_same_moment_in_any_time_zone():
    when = datetime(2024, 3, 18, 20, 43, tzinfo=UTC)
    assert microseconds(when.astimezone(timezone(timedelta(hours=-7)))) == microseconds(when)
    assert microseconds(None) == UNDATED
