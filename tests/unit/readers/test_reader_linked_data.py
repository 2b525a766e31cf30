import json
from datetime import UTC, datetime

from newsdedup.readers.linked_data import article_data


def page(*values):
    scripts = "".join(f'<script type="application/ld+json">{value}</script>' for value in values)
    return f"<html><head>{scripts}</head></html>"


def test_a_page_that_a_script_draws_has_its_text_from_its_own_data(corpus_dir, read_all):
    (article,) = read_all(corpus_dir / "wire/formats/linked-data.html")

    assert article.text.count("\n\n") == 5
    assert article.text.endswith("drives a bus.")
    assert (article.byline, article.publisher, article.language) == ("Petra Lindquale", "Northwire", "en")
    assert article.published == datetime(2024, 6, 3, 6, 15, tzinfo=UTC)
    assert article.version_created == datetime(2024, 6, 3, 7, 2, tzinfo=UTC)


def test_the_article_is_found_in_lists_graphs_and_after_broken_scripts():
    article = {"@type": ["ReportageNewsArticle", "Thing"], "headline": "Fish &amp; chips", "author": {"name": "Al"}}

    for value in (article, [article], {"@graph": [{"@type": "WebSite"}, article]}, {"mainEntity": article}):
        labels, _ = article_data(page("{broken", json.dumps(value)))
        assert labels == {"title": "Fish & chips", "byline": "Al"}


def test_what_is_no_article_says_nothing():
    assert article_data(page(json.dumps({"@type": "Recipe", "headline": "Soup"}))) == ({}, "")
    assert article_data(page("[]", "null", '"ld+json"')) == ({}, "")


def test_a_marked_up_body_becomes_text():
    _, body = article_data(
        page(json.dumps({"@type": "NewsArticle", "articleBody": "&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;"}))
    )

    assert body == "One.\n\nTwo."
