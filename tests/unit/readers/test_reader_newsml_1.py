from datetime import UTC, datetime

from newsdedup.model.article import SkipReason, Status

ITEM = """<NewsML><NewsItem><NewsManagement><Status FormalName="{status}"/></NewsManagement><NewsComponent>
<ContentItem><MediaType FormalName="{media}"/><DataContent>{content}</DataContent></ContentItem>
</NewsComponent></NewsItem>{more}</NewsML>"""


def read(tmp_path, read_all, status="Usable", media="Text", content="Text.", more=""):
    path = tmp_path / "a.xml"
    path.write_text(ITEM.format(status=status, media=media, content=content, more=more), "utf-8")
    return read_all(path)


def test_the_longest_text_of_an_item_is_its_text(corpus_dir, read_all):
    (article,) = read_all(corpus_dir / "wire/formats/newsml-1.2.xml")

    assert article.text.startswith("A salt mine that closed in 1997")
    assert "The gate of the mine" not in article.text


def test_what_an_item_says_of_itself_is_read(corpus_dir, read_all):
    (article,) = read_all(corpus_dir / "wire/formats/newsml-1.2.xml")

    assert article.guid == "urn:newsml:northwire.example:20240603:NWR0107"
    assert (article.version, article.urgency, article.slug, article.language) == ("2", 5, "SEED-STORE", "en")
    assert article.title == "Salt mine under Vessel Hill to become seed store"
    assert (article.byline, article.dateline) == ("By Petra Lindquale", "VESSEL HILL, June 3")
    assert (article.publisher, article.credit) == ("Northwire", "Northwire")
    assert article.published == article.version_created == datetime(2024, 6, 3, 6, 15, tzinfo=UTC)


def test_nitf_within_an_item_is_read_as_nitf(tmp_path, read_all):
    nitf = "<nitf><body><body.head><hedline><hl1>Head</hl1></hedline></body.head><body.content><p>Text.</p></body.content></body></nitf>"
    (article,) = read(tmp_path, read_all, content=nitf)

    assert (article.title, article.text) == ("Head", "Text.")


def test_html_in_character_data_becomes_text(tmp_path, read_all):
    (article,) = read(tmp_path, read_all, content="<![CDATA[<p>One &amp; two.</p><p>Three.</p>]]>")

    assert article.text == "One & two.\n\nThree."


def test_items_are_told_apart_and_a_photo_is_no_article(tmp_path, read_all):
    more = '<NewsItem><NewsComponent><ContentItem Href="a.jpg"><MediaType FormalName="Photo"/></ContentItem></NewsComponent></NewsItem>'
    article, photo = read(tmp_path, read_all, status="Canceled", more=more)

    assert article.status is Status.CANCELED
    assert (photo.origin.record, photo.reason) == (1, SkipReason.NOT_AN_ARTICLE)
