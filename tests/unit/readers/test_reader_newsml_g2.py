from datetime import UTC, datetime

import pytest

from newsdedup.model.article import Article, Skipped, SkipReason, Status

ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="1">
<itemMeta><itemClass qcode="ninat:text"/><provider literal="NW"/>{meta}</itemMeta>
<contentMeta>{about}</contentMeta><contentSet>{content}</contentSet></newsItem>"""
XHTML = '<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>One &amp; two.</p><p>Three.</p></body></html></inlineXML>'


def item(guid="g1", meta="", about="", content=XHTML):
    return ITEM.format(guid=guid, meta=meta, about=about, content=content)


@pytest.fixture
def read(tmp_path, read_all):
    def read(text):
        path = tmp_path / "item.xml"
        path.write_text(text, "utf-8")
        return read_all(path)

    return read


def test_a_message_is_read_item_by_item_and_what_is_no_news_is_skipped(corpus_dir, read_all):
    package, article, planning = read_all(corpus_dir / "wire/formats/newsml-g2.xml")

    assert (package.reason, planning.reason) == (SkipReason.NOT_AN_ARTICLE, SkipReason.NOT_AN_ARTICLE)
    assert [record.origin.record for record in (package, article, planning)] == [0, 1, 2]
    assert article.text.startswith("VESSEL HILL, June 3 (Northwire) - A salt mine")
    assert article.text.count("\n\n") == 5


def test_what_an_item_says_of_itself_is_read(corpus_dir, read_all):
    (article,) = [r for r in read_all(corpus_dir / "wire/formats/newsml-g2.xml") if isinstance(r, Article)]

    assert article.id == article.guid == "urn:newsml:northwire.example:20240603:seed-store"
    assert (article.version, article.urgency, article.language, article.slug) == ("2", 5, "en", "SEED-STORE")
    assert (article.title, article.byline) == ("Salt mine under Vessel Hill to become seed store", "Petra Lindquale")
    assert (article.publisher, article.credit) == ("Northwire", "Northwire")
    assert article.dateline == "VESSEL HILL, June 3 (Northwire)"
    assert article.published == article.version_created == datetime(2024, 6, 3, 6, 15, tzinfo=UTC)
    assert article.editor_note == "A map of the mine is to follow by noon."


@pytest.mark.parametrize(
    ("meta", "status"),
    [
        ("", Status.USABLE),
        ('<pubStatus qcode="stat:canceled"/>', Status.CANCELED),
        ('<pubStatus qcode="stat:withheld"/>', Status.WITHHELD),
        ('<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"/>', Status.CANCELED),
        (
            "<versionCreated>2024-06-03T06:00:00Z</versionCreated><embargoed>2024-06-03T12:00:00Z</embargoed>",
            Status.EMBARGOED,
        ),
        (
            "<versionCreated>2024-06-03T18:00:00Z</versionCreated><embargoed>2024-06-03T12:00:00Z</embargoed>",
            Status.USABLE,
        ),
        ('<pubStatus qcode="stat:usable"/><signal qcode="sig:correction"/>', Status.CORRECTED),
    ],
)
def test_the_status_is_that_at_the_time_of_the_version(read, meta, status):
    (article,) = read(item(meta=meta))

    assert article.status is status


def test_a_date_that_cannot_be_read_is_kept_as_it_came(read):
    (article,) = read(item(meta="<versionCreated>Whit Monday</versionCreated>"))

    assert article.published is None
    assert article.date_text == "Whit Monday"


def test_text_that_is_not_marked_up_keeps_its_lines(read):
    (article,) = read(item(content='<inlineData contenttype="text/plain">One.\n\nTwo &lt; three.</inlineData>'))

    assert article.text == "One.\n\nTwo < three."


def test_of_two_renditions_the_longer_is_the_text(read):
    (article,) = read(item(content=f"<inlineData>One &amp;</inlineData>{XHTML}"))

    assert article.text == "One & two.\n\nThree."


def test_a_picture_is_no_article_unless_it_has_a_text(read):
    (record,) = read(item(content='<remoteContent href="a.jpg"/>').replace("ninat:text", "ninat:picture"))

    assert (record.reason, record.detail) == (SkipReason.NOT_AN_ARTICLE, "a picture without a text of its own")


def test_every_example_of_iptc_is_read_or_skipped_with_a_reason(shared, read_all):
    folder = shared / "data/newsml_g2/examples"
    if not folder.exists():
        pytest.skip("needs the NewsML-G2 examples of IPTC")

    records = read_all(folder)

    assert {record.origin.source for record in records} == {str(path) for path in folder.iterdir()}
    articles = {
        record.origin.source.rpartition("/")[2][:10]: record for record in records if isinstance(record, Article)
    }
    assert set(articles) == {"LISTING_2_", "LISTING_22", "LISTING_25", "Receiver V", "facet-exam"}
    assert {record.reason for record in records if isinstance(record, Skipped)} == {
        SkipReason.NOT_AN_ARTICLE,
        SkipReason.NO_TEXT,
    }
    # those without text have none: a comment or nothing stands where it should
    assert sum(isinstance(r, Skipped) and r.reason is SkipReason.NO_TEXT for r in records) == 9
    assert articles["LISTING_22"].title.startswith("Preview: Arizona Diamondbacks")
    assert len(articles["LISTING_22"].text.split("\n\n")) == 6


@pytest.mark.parametrize(
    ("provider", "publisher"),
    [
        ('<provider qcode="nprov:REUTERS"/>', "REUTERS"),
        ('<provider uri="http://www.acme.example/about/"/>', "www.acme.example"),
        ('<provider uri="http://[/"/>', ""),
        ('<provider qcode="nprov:R"><name>Reuters</name></provider>', "Reuters"),
    ],
)
def test_the_publisher_is_named_or_what_identifies_it(read, provider, publisher):
    (article,) = read(item().replace('<provider literal="NW"/>', provider))

    assert article.publisher == publisher
