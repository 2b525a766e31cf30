from datetime import UTC, datetime

import pytest

from newsdedup.model.article import SkipReason, Status


@pytest.fixture
def article(corpus_dir, read_all):
    (article,) = read_all(corpus_dir / "wire/formats/nitf.xml")
    return article


def test_the_text_is_the_body_without_captions_and_heads(article):
    assert article.text.startswith("A salt mine that closed in 1997")
    assert article.text.endswith("drives a bus.")
    assert "The gate of the mine" not in article.text
    assert article.text.count("\n\n") == 5


def test_what_the_heads_say_is_read(article):
    assert article.id == article.guid == "nw-2024-06-03-0107"
    assert article.title == "Salt mine under Vessel Hill to become seed store"
    assert (article.byline, article.dateline) == ("By Petra Lindquale", "Vessel Hill, June 3")
    assert (article.publisher, article.credit) == ("Northwire", "Northwire")
    assert (article.slug, article.version, article.urgency) == ("SEED-STORE", "1", 5)
    assert article.published == datetime(2024, 6, 3, 6, 15, tzinfo=UTC)
    assert article.editor_note == "Editors: a map of the mine is to follow by noon."


@pytest.mark.parametrize("status", [Status.USABLE, Status.EMBARGOED, Status.WITHHELD, Status.CANCELED])
def test_the_management_status_is_the_status(tmp_path, read_all, status):
    path = tmp_path / "a.nitf"
    path.write_text(
        f'<nitf><head><docdata management-status="{status.value}"/></head>'
        "<body><body.content><p>Text.</p></body.content></body></nitf>"
    )
    (article,) = read_all(path)

    assert article.status is status


def test_a_document_without_text_is_skipped(tmp_path, read_all):
    path = tmp_path / "a.xml"
    path.write_text("<nitf><body><body.head/><body.content><p> </p></body.content></body></nitf>")
    (record,) = read_all(path)

    assert record.reason is SkipReason.NO_TEXT
