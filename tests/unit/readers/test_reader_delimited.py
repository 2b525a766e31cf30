import pytest

from newsdedup.model.article import Article, SkipReason
from newsdedup.plan import ReaderParams


def write(tmp_path, content, name="a.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(content.encode(encoding))
    return path


def test_each_row_is_an_article(tmp_path, read_all):
    one, two = read_all(write(tmp_path, 'id,title,body\ns1,Storm,"Winds rose,\nroofs flew."\n\n,Calm,It ended.\n'))
    assert (one.id, one.title, one.text) == ("s1", "Storm", "Winds rose,\nroofs flew.")
    assert (two.id, two.origin.record) == ("a.csv#1", 1)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
def test_the_delimiter_is_the_one_of_the_header(tmp_path, read_all, delimiter, name):
    rows = [["id", "text"], ["s1", "Winds rose."]]
    content = "".join(delimiter.join(row) + "\n" for row in rows)
    assert read_all(write(tmp_path, content, name))[0].text == "Winds rose."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_tables_come_in_several_encodings(tmp_path, read_all, encoding):
    (article,) = read_all(write(tmp_path, "id,text\r\ns1,Köln and the “Rhine”\r\n", encoding=encoding))
    assert (article.id, article.text) == ("s1", "Köln and the “Rhine”")


def test_a_row_of_too_few_fields_is_kept_if_it_has_a_text(tmp_path, read_all):
    kept, lost = read_all(write(tmp_path, "id,text,url\ns1,Winds rose.\ns2\n"))
    assert isinstance(kept, Article)
    assert lost.reason is SkipReason.NO_TEXT


def test_a_row_of_too_many_fields_is_skipped_alone(tmp_path, read_all):
    records = read_all(write(tmp_path, "id,text\ns1,Winds rose.\ns2,Winds, rose.\ns3,It ended.,,\n"))
    assert [getattr(record, "id", None) for record in records] == ["s1", None, "s3"]
    assert (records[1].reason, records[1].detail) == (
        SkipReason.MALFORMED,
        "a row of 3 fields under a header of 2",
    )


def test_a_field_over_the_limit_is_too_large_and_the_next_row_is_read(tmp_path, read_all):
    path = write(tmp_path, f'id,text\ns1,"{"Winds rose. " * 3000}"\ns2,It ended.\n')
    large, small = read_all(path, params=ReaderParams(max_record_mb=0.02))
    assert large.reason is SkipReason.TOO_LARGE
    assert (small.id, small.origin.record) == ("s2", 1)


def test_a_field_of_many_lines_over_the_limit_is_too_large(tmp_path, read_all):
    path = write(tmp_path, 'id,text\ns1,"' + "Winds rose.\n" * 3000)
    records = read_all(path, params=ReaderParams(max_record_mb=0.02))
    assert records[0].reason is SkipReason.TOO_LARGE


def test_a_field_larger_than_the_default_of_the_csv_module_is_read(tmp_path, read_all):
    text = "Winds rose. " * 20_000
    (article,) = read_all(write(tmp_path, f"id,text\ns1,{text}\n"))
    assert article.text == text


def test_a_table_without_a_column_for_text_is_named_once(tmp_path, read_all):
    (skipped,) = read_all(write(tmp_path, "File,Task,Category\na,b,c\nd,e,f\n"))
    assert skipped.reason is SkipReason.NOT_AN_ARTICLE
    assert "File, Task, Category" in skipped.detail


def test_a_table_without_rows_is_empty(tmp_path, read_all):
    (skipped,) = read_all(write(tmp_path, "id,text\n"))
    assert skipped.reason is SkipReason.EMPTY
