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


@pytest.mark.parametrize(
    ("publisher", "url", "site"),
    [
        ("The Courier", "https://courier.example/a", "The Courier"),
        ("", "https://www.Courier.example/a?b=http://other.example", "courier.example"),
        ("", "http://user@courier.example:8080", "courier.example"),
        ("", "courier.example/a", ""),
        ("", "", ""),
    ],
)
def test_the_site_of_an_article_is_its_publisher_or_else_the_host_of_its_address(publisher, url, site):
    assert Article("a", "text", Origin("a.txt"), publisher=publisher, url=url).site == site
