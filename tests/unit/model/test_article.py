from datetime import UTC, datetime

import pytest

from newsdedup.model.article import Article, Origin

WIRE = Origin("wire.jsonl", 3)


def test_an_article_needs_an_id():
    with pytest.raises(ValueError, match=r"wire\.jsonl:3: an article needs an id"):
        Article("", "Snow fell.", WIRE)


def test_an_article_takes_no_date_without_a_time_zone():
    with pytest.raises(ValueError, match=r"wire\.jsonl:3: published must be aware"):
        Article("a", "Snow fell.", WIRE, published=datetime(2024, 3, 18))  # noqa: DTZ001  # that is the mistake
    assert Article("a", "Snow fell.", WIRE, published=datetime(2024, 3, 18, tzinfo=UTC)).published


def test_origins_sort_by_source_and_then_by_number():
    origins = [Origin("b", 0), Origin("a", 10), Origin("a", 9)]
    assert sorted(origins) == [Origin("a", 9), Origin("a", 10), Origin("b", 0)]
