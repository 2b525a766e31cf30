import json
from datetime import UTC, datetime

import pytest

from newsdedup.model.article import SkipReason, Status

ITEM = {
    "uri": "u1",
    "type": "text",
    "versioncreated": "2024-06-03T06:15:00Z",
    "headline": "Head",
    "body_xhtml": "<p>One.</p>",
}


@pytest.fixture
def read(tmp_path, read_all):
    def read(*items, name="items.jsonl"):
        path = tmp_path / name
        path.write_text("".join(json.dumps(item) + "\n" for item in items), "utf-8")
        return read_all(path)

    return read


@pytest.mark.parametrize("version", ["1", "2", "3"])
def test_every_version_reads_alike(corpus_dir, read_all, version):
    (article,) = read_all(corpus_dir / f"wire/formats/ninjs-{version}.json")

    assert article.id == article.guid == f"https://northwire.example/items/0107-v{version}"
    assert article.title == "Salt mine under Vessel Hill to become seed store"
    assert article.text.startswith("VESSEL HILL, June 3 (Northwire) - A salt mine")
    assert article.text.count("\n\n") == 5
    assert (article.byline, article.publisher, article.slug) == ("Petra Lindquale", "Northwire", "SEED-STORE")
    assert (article.version, article.urgency, article.language) == (version, 5, "en")
    assert article.published == article.version_created == datetime(2024, 6, 3, 6, 15, tzinfo=UTC)


def test_lines_may_be_ninjs_and_other_records_mixed(read):
    first, second = read(ITEM, {"id": "x", "text": "Two."})

    assert (first.id, first.text, second.id, second.text) == ("u1", "One.", "x", "Two.")


@pytest.mark.parametrize(
    ("extra", "status"),
    [
        ({}, Status.USABLE),
        ({"pubstatus": "canceled"}, Status.CANCELED),
        ({"pubstatus": "withheld"}, Status.WITHHELD),
        ({"embargoed": "2024-06-04T00:00:00Z"}, Status.EMBARGOED),
        ({"embargoed": "2024-06-03T00:00:00Z"}, Status.USABLE),
        ({"embargoed": "2024-06-04T00:00:00Z", "pubstatus": "canceled"}, Status.CANCELED),
        ({"embargoed": [1], "pubstatus": ["usable"]}, Status.USABLE),
    ],
)
def test_the_status_is_read(read, extra, status):
    (article,) = read(ITEM | extra)

    assert article.status is status


def test_a_picture_is_no_article(read):
    (record,) = read({"uri": "p", "type": "picture", "versioncreated": "x", "headline": "A boat", "renditions": {}})

    assert (record.reason, record.detail) == (SkipReason.NOT_AN_ARTICLE, "a ninjs picture without a text of its own")


def test_a_record_with_a_guid_and_a_plain_body_is_not_taken_for_ninjs(read):
    (article,) = read({"guid": "g", "body": "A <b> b", "headline": "Head", "pubstatus": "usable"})

    assert article.text == "A <b> b"


def test_bodies_that_are_no_bodies_are_no_text(read):
    (record,) = read(
        {"uri": "u", "type": "text", "pubstatus": "usable", "bodies": [1, None, {"value": 7}, {"role": []}]}
    )

    assert record.reason is SkipReason.NO_TEXT


def test_an_item_whose_fields_are_all_plain_is_read_once(read):
    plain = ["uri", "versioncreated", "firstcreated", "contentcreated", "pubstatus", "urgency", "ednote", "slugline"]
    (record,) = read(dict.fromkeys(plain, "1") | {"body": "Text."})

    assert (record.id, record.text) == ("1", "Text.")
