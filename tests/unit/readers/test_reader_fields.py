from datetime import UTC, datetime

import pytest

from newsdedup.model.article import Article, Origin, Skipped, SkipReason, Status
from newsdedup.plan import FieldNames
from newsdedup.readers.fields import FieldMap

ORIGIN = Origin("wire.jsonl", 3)


def read(record, **names):
    return FieldMap(FieldNames(**names)).article(record, "wire.jsonl#3", ORIGIN)


def test_every_field_that_is_known_is_taken():
    record = {
        "id": 17, "title": "Storm  hits\nCologne", "body": "Winds rose.", "author": "A. Person", "publisher": "Wire",
        "date": "2024-03-19", "url": "https://example.org/17", "lang": "en", "slugline": "STORM", "guid": "g17",
        "version": 2, "pubstatus": "stat:canceled", "dateline": "COLOGNE, March 19", "creditline": "dpa", "urgency": 4,
        "updated": "2024-03-19T08:00:00+01:00", "ednote": "Eds: map to follow.",
    }  # fmt: skip
    assert read(record) == Article(
        id="17", text="Winds rose.", origin=ORIGIN, title="Storm hits Cologne", byline="A. Person", publisher="Wire",
        published=datetime(2024, 3, 19, tzinfo=UTC), url="https://example.org/17", language="en", slug="STORM",
        guid="g17", version="2", status=Status.CANCELED, dateline="COLOGNE, March 19", credit="dpa", urgency=4,
        version_created=datetime(2024, 3, 19, 7, tzinfo=UTC), editor_note="Eds: map to follow.",
    )  # fmt: skip


def test_names_are_compared_without_regard_to_case():
    assert read({"Text": "Winds rose.", "HEADLINE": "Storm"}) == Article(
        id="wire.jsonl#3", text="Winds rose.", origin=ORIGIN, title="Storm"
    )


def test_the_first_field_that_is_not_empty_counts():
    article = read({"text": "  ", "body": "Winds rose.", "id": "", "uid": "u9"})
    assert (article.text, article.id) == ("Winds rose.", "u9")


def test_a_dot_goes_one_level_down():
    assert read({"content": {"Rendered": "Winds rose."}}, text=("content.rendered",)).text == "Winds rose."


def test_a_key_with_a_dot_in_it_is_found_as_it_stands():
    assert read({"text": "Winds rose.", "source.name": "Wire"}).publisher == "Wire"


@pytest.mark.parametrize(
    "source", ["Wire", {"name": "Wire"}, [{"name": "Wire"}], {"id": None, "Name": "x", "name": "Wire"}]
)
def test_a_publisher_may_be_an_object_with_a_name(source):
    assert read({"text": "Winds rose.", "source": source}).publisher == "Wire"


def test_authors_may_be_a_list():
    assert read({"text": "x", "authors": ["A. Person", {"name": "B. Other"}, None]}).byline == "A. Person, B. Other"


def test_paragraphs_in_a_list_are_one_text():
    assert read({"text": ["Winds rose.", "Roofs flew."]}).text == "Winds rose.\n\nRoofs flew."


def test_markup_in_a_text_field_is_left():
    assert read({"text": "<p>Winds rose.</p>"}).text == "<p>Winds rose.</p>"


def test_a_record_without_a_field_for_text_is_no_article():
    skipped = read({"name": "x", "price": 3})
    assert isinstance(skipped, Skipped)
    assert skipped.reason is SkipReason.NOT_AN_ARTICLE
    assert "name, price" in skipped.detail


def test_a_title_is_not_a_text():
    skipped = read({"title": "Storm hits Cologne", "text": "", "body": None})
    assert isinstance(skipped, Skipped)
    assert skipped.reason is SkipReason.NO_TEXT


@pytest.mark.parametrize(
    ("word", "status"),
    [("usable", Status.USABLE), ("Killed", Status.CANCELED), ("stat:withheld", Status.WITHHELD), ("?", Status.USABLE)],
)
def test_a_status_is_read_in_several_spellings(word, status):
    assert read({"text": "x", "status": word}).status is status


def test_a_date_that_cannot_be_read_is_kept_as_it_came():
    article = read({"text": "x", "date": " 03/04/2024 ", "created": ""})
    assert (article.published, article.date_text) == (None, "03/04/2024")


def test_a_date_that_can_be_read_goes_before_one_that_cannot():
    article = read({"text": "x", "date": "03/04/2024", "created": "2024-04-03"})
    assert (article.published, article.date_text) == (datetime(2024, 4, 3, tzinfo=UTC), "")


def test_a_long_text_in_place_of_a_date_is_cut():
    assert len(read({"text": "x", "date": "words " * 1000}).date_text) == 200


@pytest.mark.parametrize("urgency", [0, 10, "high", None, 4.5, True, [], "²"])
def test_what_is_no_urgency_is_none(urgency):
    assert read({"text": "x", "urgency": urgency}).urgency is None
