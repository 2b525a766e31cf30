from datetime import UTC, datetime

from newsdedup.model.article import SkipReason


def test_an_item_is_read_with_its_heads(corpus_dir, read_all):
    (article,) = read_all(corpus_dir / "wire/formats/rcv1.xml")

    assert (article.id, article.guid) == ("20240603107", "reuters:rcv:20240603107")
    assert article.title == "Salt mine under Vessel Hill to become seed store."
    assert (article.byline, article.dateline) == ("Petra Lindquale", "VESSEL HILL 2024-06-03")
    assert (article.publisher, article.language) == ("Northwire", "en")
    assert article.published == datetime(2024, 6, 3, tzinfo=UTC)
    assert article.text.count("\n\n") == 5


def test_an_item_without_text_is_skipped(tmp_path, read_all):
    path = tmp_path / "1newsML.xml"
    path.write_text('<?xml version="1.0"?><newsitem itemid="1"><headline>H</headline><text> </text></newsitem>')
    (record,) = read_all(path)

    assert record.reason is SkipReason.NO_TEXT
