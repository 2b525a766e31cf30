import random
from datetime import UTC, datetime

import pytest

from newsdedup.model.article import Article, Origin, Status
from newsdedup.shelf import Shelf


def articles(n):
    when = datetime(2024, 3, 18, 20, 43, tzinfo=UTC)
    return [
        Article(f"a{i}", f"Text {i} – здесь \ud800.", Origin("x", i), "Title", published=when, status=Status.WITHHELD)
        for i in range(n)
    ]


def test_articles_are_taken_out_as_they_were_put_in_in_any_order_and_more_than_once():
    given = articles(30)
    shelf = Shelf(iter(given))
    wanted = [*given, *given]
    random.Random(1).shuffle(wanted)
    assert [shelf[article.id].unpacked() for article in wanted] == wanted


def test_what_is_not_on_the_shelf_is_a_missing_key():
    with pytest.raises(KeyError):
        Shelf([])["a0"]


def test_nothing_is_left_on_disk(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    shelf = Shelf(articles(3))
    assert shelf["a1"].unpacked().id == "a1"
    del shelf
    assert list(tmp_path.iterdir()) == []
