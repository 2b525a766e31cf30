from datetime import UTC, datetime

import pytest

from newsdedup.model.article import Article, SkipReason

RSS = '<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>Blätter</title>{items}</channel></rss>'


@pytest.fixture
def read(tmp_path, read_all):
    def read(items, encoding="utf-8", written=None, name="feed.xml"):
        path = tmp_path / name
        path.write_bytes(RSS.format(encoding=encoding, items=items).encode(written or encoding))
        return read_all(path)

    return read


def test_the_content_of_an_rss_entry_is_its_text_and_an_entry_without_any_is_skipped(corpus_dir, read_all):
    article, skipped = read_all(corpus_dir / "wire/formats/feed.rss")

    assert article.text.startswith("VESSEL HILL, June 3 (Northwire) - A salt mine")
    assert article.text.count("\n\n") == 5
    assert (article.id, article.byline, article.publisher) == ("northwire-0107-rss", "Petra Lindquale", "Northwire")
    assert article.published == datetime(2024, 6, 3, 6, 15, tzinfo=UTC)
    assert article.url == "https://northwire.example/2024/06/03/seed-store"
    assert (skipped.origin.record, skipped.reason) == (1, SkipReason.NO_TEXT)


def test_an_atom_entry_is_read(corpus_dir, read_all):
    (article,) = read_all(corpus_dir / "wire/formats/feed.atom")

    assert article.text.count("\n\n") == 5
    assert (article.guid, article.language) == ("tag:northwire.example,2024:0107", "en")
    assert article.published == datetime(2024, 6, 3, 6, 15, tzinfo=UTC)
    assert article.version_created == datetime(2024, 6, 3, 6, 18, tzinfo=UTC)


def test_without_content_the_summary_is_the_text(read):
    (article,) = read(
        "<item><title>A &amp;amp; B</title><description>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</description></item>"
    )

    assert (article.title, article.text) == ("A & B", "One.\n\nTwo.")
    assert article.id.endswith("feed.xml#0")


@pytest.mark.parametrize(
    ("encoding", "written"), [("utf-8", None), ("iso-8859-1", None), ("utf-16", None), ("utf-8", "cp1252")]
)
def test_the_encoding_is_what_it_is_whatever_is_declared(read, encoding, written):
    (article,) = read("<item><description>Über Bäche</description></item>", encoding, written)

    assert (article.text, article.publisher) == ("Über Bäche", "Blätter")


def test_a_date_in_another_language_is_read_and_one_that_is_none_is_kept_as_text(read):
    dated, undated = read(
        "<item><description>a</description><pubDate>Mon, 03 Jun 2024 08:15:00 +0200</pubDate></item>"
        "<item><description>b</description><pubDate>the day after</pubDate></item>"
    )

    assert dated.published == datetime(2024, 6, 3, 6, 15, tzinfo=UTC)
    assert (undated.published, undated.date_text) == (None, "the day after")


def test_a_feed_that_is_not_well_formed_is_read_all_the_same(read):
    records = read(
        "<item><description>Fish & chips<br></description></item><item><description>Two</description></item>"
    )

    assert [record.text for record in records if isinstance(record, Article)] == ["Fish & chips", "Two"]


def test_no_feed_opens_a_file_or_expands_an_entity(tmp_path, read_all):
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    feed = tmp_path / "feed.xml"
    feed.write_text(
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]><rss><channel><item><description>&x;</description></item></channel></rss>'
    )
    (record,) = read_all(feed)

    assert record.reason is SkipReason.MALFORMED


def test_a_feed_without_entries_is_empty(read):
    (record,) = read("")

    assert record.reason is SkipReason.EMPTY


def test_control_characters_and_half_surrogates_cost_no_entry(read):
    (article,) = read("<item><description>a&#xD800;b&#57343;c&#0;d\x02e&amp;#x1F600;</description></item>")

    assert article.text == "abcde\U0001f600"


def test_what_feedparser_cannot_take_is_malformed(tmp_path, read_all):
    path = tmp_path / "feed.xml"
    path.write_text('<rss version="2.0" xmlns:a="b\u00a0c"><channel><item><a:x>1</a:x></item></channel></rss>', "utf-8")
    (record,) = read_all(path)

    assert record.reason is SkipReason.MALFORMED
