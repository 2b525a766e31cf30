import json

import pytest

from newsdedup.model.article import Article, SkipReason
from newsdedup.plan import ReaderParams

STORM = {"id": "s1", "title": "Storm", "text": "Winds rose over the Rhine."}
CALM = {"text": "The wind died down."}


def write(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def lines(*records):
    return "".join(json.dumps(record) + "\n" for record in records)


def ids(records):
    return [record.id for record in records]


def test_each_line_is_an_article_numbered_by_line(tmp_path, read_all):
    records = read_all(write(tmp_path, "a.jsonl", lines(STORM) + "\n  \n" + lines(CALM)))
    assert ids(records) == ["s1", "a.jsonl#3"]
    assert [record.origin.record for record in records] == [0, 3]


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_the_end_of_the_last_line_does_not_matter(tmp_path, read_all, end):
    assert ids(read_all(write(tmp_path, "a.jsonl", json.dumps(STORM) + end))) == ["s1"]


def test_a_broken_line_among_good_ones_is_skipped_alone(tmp_path, read_all):
    good, bad, other = read_all(write(tmp_path, "a.jsonl", lines(STORM) + '{"text": "cut off\n' + lines(CALM)))
    assert (good.id, other.id) == ("s1", "a.jsonl#2")
    assert (bad.reason, bad.origin.record) == (SkipReason.MALFORMED, 1)
    assert bad.detail.startswith("not JSON: ")


def test_lines_that_are_no_objects_are_no_articles(tmp_path, read_all):
    records = read_all(write(tmp_path, "a.jsonl", lines(STORM, [1], "word", 3, None)))
    assert [record.reason for record in records[1:]] == [SkipReason.NOT_AN_ARTICLE] * 4


def test_nan_and_half_surrogates_are_mended(tmp_path, read_all):
    (article,) = read_all(write(tmp_path, "a.jsonl", '{"text": "Winds \\ud83d rose", "author": NaN}\n'))
    assert article.text == "Winds \ufffd rose"
    assert article.byline == ""


def test_nesting_without_end_is_malformed(tmp_path, read_all):
    (skipped,) = read_all(write(tmp_path, "a.jsonl", '{"text": ' + "[" * 100_000))
    assert skipped.reason is SkipReason.MALFORMED


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_json_may_be_in_any_encoding_of_unicode(tmp_path, read_all, encoding, name):
    content = '{"text": "Köln"}\n{"text": "Łódź"}\n'.encode(encoding)
    assert [record.text for record in read_all(write(tmp_path, name, content))] == ["Köln", "Łódź"]


def test_json_lines_may_be_in_the_encoding_that_was_given(tmp_path, read_all):
    path = write(tmp_path, "a.jsonl", '{"text": "Łódź"}\n'.encode("iso8859-2"))
    assert read_all(path, params=ReaderParams(encoding="iso8859-2"))[0].text == "Łódź"


def test_an_object_that_is_an_article_keeps_the_name_of_the_file(tmp_path, read_all):
    assert ids(read_all(write(tmp_path, "a.json", json.dumps(CALM)))) == ["a.json"]


def test_a_list_is_numbered(tmp_path, read_all):
    records = read_all(write(tmp_path, "a.json", json.dumps([STORM, 5, CALM])))
    assert (records[0].id, records[2].id) == ("s1", "a.json#2")
    assert records[1].reason is SkipReason.NOT_AN_ARTICLE


@pytest.mark.parametrize(
    "document",
    [
        {"articles": [STORM, CALM]},
        {"status": "ok", "total": 2, "Results": [STORM, CALM]},
        {"hits": {"total": 2, "hits": [STORM, CALM]}},
        {"description": "A feed", "title": "Feed", "items": [STORM, CALM]},
        {"tags": [1], "whatever": [STORM, CALM]},
    ],
)
def test_a_list_is_found_under_a_key(tmp_path, read_all, document):
    assert ids(read_all(write(tmp_path, "a.json", json.dumps(document)))) == ["s1", "a.json#1"]


def test_an_article_with_a_list_of_other_things_is_an_article(tmp_path, read_all):
    (article,) = read_all(write(tmp_path, "a.json", json.dumps({**STORM, "items": [{"price": 3}]})))
    assert article.id == "s1"


@pytest.mark.parametrize("document", [{"name": "x", "dependencies": {}}, 5, "word", {"a": [{"b": 1}]}])
def test_json_that_is_no_article_is_named(tmp_path, read_all, document):
    (skipped,) = read_all(write(tmp_path, "a.json", json.dumps(document)))
    assert skipped.reason is SkipReason.NOT_AN_ARTICLE


def test_an_empty_list_is_empty(tmp_path, read_all):
    (skipped,) = read_all(write(tmp_path, "a.json", "[]"))
    assert skipped.reason is SkipReason.EMPTY


def test_broken_json_is_malformed(tmp_path, read_all):
    (skipped,) = read_all(write(tmp_path, "a.json", '[{"text": "cut off'))
    assert skipped.reason is SkipReason.MALFORMED


def test_lines_longer_than_what_is_looked_at_are_told_from_one_document(tmp_path, read_all):
    long = [{"text": "Winds rose. " * 10_000} for _ in range(3)]
    records = read_all(write(tmp_path, "a.json", lines(*long)))
    assert all(isinstance(record, Article) for record in records)
    assert len(records) == 3


def test_a_json_document_that_is_too_large_is_skipped(tmp_path, read_all):
    path = write(tmp_path, "a.json", json.dumps([CALM] * 1000))
    (skipped,) = read_all(path, params=ReaderParams(max_document_mb=0.01))
    assert skipped.reason is SkipReason.TOO_LARGE
