from datetime import UTC, datetime

import pytest

from newsdedup.model.article import Article, SkipReason
from newsdedup.plan import ReaderParams

HEAD = '<!DOCTYPE lewis SYSTEM "lewis.dtd">\n'


def item(content, number="1", kind=""):
    return (
        f'<REUTERS TOPICS="YES" OLDID="9" NEWID="{number}">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n'
        f"<UNKNOWN>&#5;&#5;C T</UNKNOWN>\n<TEXT{kind}>&#2;\n{content}&#3;\n</TEXT>\n</REUTERS>\n"
    )


@pytest.fixture
def read_items(tmp_path, read_all):
    def read(*items, params=None):
        (tmp_path / "a.sgm").write_bytes(
            HEAD.encode() + b"".join(i if isinstance(i, bytes) else i.encode() for i in items)
        )
        return read_all(tmp_path / "a.sgm", params=params)

    return read


def test_an_item_is_an_article(read_items):
    body = "Winds rose over the\nRhine &lt;RHN>.\n&\\tFerries stopped.\n&\tRoofs flew.\n Reuter\n"
    (article,) = read_items(
        item(f"<TITLE>STORM HITS\nCOLOGNE</TITLE>\n<AUTHOR>    By A. Person</AUTHOR>"
             f"<DATELINE>    COLOGNE, Feb 26 - </DATELINE><BODY>{body}&#3;</BODY>")
    )  # fmt: skip
    assert article.text == (
        "COLOGNE, Feb 26 - Winds rose over the\nRhine <RHN>.\n\nFerries stopped.\n\nRoofs flew.\n Reuter"
    )
    assert (article.id, article.guid, article.title) == ("1", "reuters:1", "STORM HITS COLOGNE")
    assert article.byline == "By A. Person"
    assert article.published == datetime(1987, 2, 26, 15, 1, 1, 790000, tzinfo=UTC)


def test_the_title_of_an_item_without_a_body_is_its_text(read_items):
    (article,) = read_items(item("******<TITLE>STORM HITS COLOGNE\n</TITLE>Blah blah blah.\n", kind=' TYPE="BRIEF"'))
    assert article.text == "STORM HITS COLOGNE"


def test_what_stands_after_the_title_of_an_item_without_a_body_is_its_text(read_items):
    (article,) = read_items(item("<TITLE>STORM</TITLE>\nWinds.....12 vs 9\n", kind=' TYPE="BRIEF"'))
    assert (article.title, article.text) == ("STORM", "Winds.....12 vs 9")


def test_an_unprocessed_item_keeps_its_lines(read_items):
    (article,) = read_items(item("WEEKLY REPORT - FEB 26\n Free reserves....644\n", kind=' TYPE="UNPROC"'))
    assert article.text == "WEEKLY REPORT - FEB 26\n Free reserves....644"


def test_an_item_with_nothing_in_it_is_named(read_items):
    (skipped,) = read_items(item("", kind=' TYPE="UNPROC"'))
    assert skipped.reason is SkipReason.NO_TEXT


def test_bytes_that_are_not_utf_8_are_western(read_items):
    (article,) = read_items(item("<BODY>Winds in K\xf6ln</BODY>").encode("cp1252"))
    assert article.text == "Winds in Köln"


def test_an_item_without_an_end_is_truncated_and_those_before_it_are_kept(read_items):
    *kept, lost = read_items(
        item("<BODY>One</BODY>"), item("<BODY>Two</BODY>", "2"), item("<BODY>Three</BODY>", "3")[:-30]
    )
    assert [article.id for article in kept] == ["1", "2"]
    assert (lost.reason, lost.origin.record) == (SkipReason.TRUNCATED, 2)


def test_an_item_that_is_too_large_is_skipped_alone(read_items):
    params = ReaderParams(max_record_mb=0.1)
    large = item(f"<BODY>{'Winds rose. ' * 100_000}</BODY>", "2")
    one, two, three = read_items(item("<BODY>One</BODY>"), large, item("<BODY>Three</BODY>", "3"), params=params)
    assert (one.id, three.id) == ("1", "3")
    assert (two.reason, two.origin.record) == (SkipReason.TOO_LARGE, 1)


def test_the_collection_has_21578_items(shared, read_all):
    files = sorted((shared / "data/reuters21578").glob("*.sgm.gz"))
    if not files:
        pytest.skip("the Reuters-21578 collection is not here; it may not ship with the project")
    records = read_all(*files)
    assert len(records) == 21_578
    assert len({record.id for record in records if isinstance(record, Article)}) == 21_577  # item 12793 is empty
