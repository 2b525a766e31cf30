import gzip
import io
import sys
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from pyarrow import feather, ipc, parquet

from newsdedup.model.article import Article, SkipReason
from newsdedup.plan import FieldNames, ReaderParams

WHEN = datetime(2024, 2, 26, 11, 15, tzinfo=UTC)
ROWS = [
    {
        "id": f"n{n}",
        "headline": "Storm",
        "body": f"Winds rose, report {n}.",
        "published": WHEN,
        "views": n,
        "raw": b"\0",
    }
    for n in range(1000)
]


def written(write):
    def pack(rows):
        out = io.BytesIO()
        write(pa.Table.from_pylist(rows, None if rows else pa.schema({"text": pa.string()})), out)
        return out.getvalue()

    return pack


def write_stream(table, out):
    with ipc.new_stream(out, table.schema) as writer:
        writer.write_table(table)


PACK = {
    "parquet": written(lambda table, out: parquet.write_table(table, out, row_group_size=300)),
    "parquet-dict": written(
        lambda table, out: parquet.write_table(table, out, compression="zstd", use_dictionary=True)
    ),
    "arrow": written(lambda table, out: feather.write_feather(table, out, compression="lz4")),
    "arrows": written(write_stream),
}


@pytest.fixture
def read(tmp_path, read_all):
    def read(content, name="table", params=None):
        (tmp_path / name).write_bytes(content)
        return read_all(tmp_path / name, params=params)

    return read


@pytest.mark.parametrize("pack", PACK.values(), ids=PACK)
@pytest.mark.parametrize("name", ["table", "table.gz"])
def test_each_row_is_an_article(read, pack, name):
    content = pack(ROWS)
    records = read(gzip.compress(content) if name.endswith("gz") else content, name)
    assert [(record.id, record.text) for record in records] == [(row["id"], row["body"]) for row in ROWS]
    assert [record.origin.record for record in records] == list(range(1000))
    assert {(record.title, record.published) for record in records} == {("Storm", WHEN)}


@pytest.mark.parametrize("pack", PACK.values(), ids=PACK)
def test_columns_are_mapped_as_the_fields_of_json_are(read, pack):
    rows = [{"meta": {"Title": "Storm", "by": ["A", "B"]}, "words": "Winds rose."}]
    names = FieldNames(text=("words",), title=("meta.title",), byline=("meta.by",))
    (article,) = read(pack(rows), params=ReaderParams(fields=names))
    assert (article.id, article.text, article.title, article.byline) == ("table#0", "Winds rose.", "Storm", "A, B")


@pytest.mark.parametrize("pack", PACK.values(), ids=PACK)
def test_a_row_may_be_ninjs(read, pack):
    row = {
        "uri": "urn:x:1",
        "type": "text",
        "versioncreated": "2024-02-26T11:15:00Z",
        "headlines": [{"role": "main", "value": "Storm"}],
        "bodies": [{"role": "main", "contenttype": "text/html", "value": "<p>Winds rose.</p><p>Ferries stopped.</p>"}],
    }
    (article,) = read(pack([row]))
    assert (article.id, article.title, article.text) == ("urn:x:1", "Storm", "Winds rose.\n\nFerries stopped.")
    assert article.published == WHEN


@pytest.mark.parametrize("pack", PACK.values(), ids=PACK)
def test_a_row_without_text_is_named_and_the_others_are_kept(read, pack):
    rows = [{"text": "Winds rose."}, {"text": None}, {"text": "x" * 20_000}, {"text": "It ended."}]
    records = read(pack(rows), params=ReaderParams(max_record_mb=0.01))
    assert [getattr(record, "reason", None) for record in records] == [
        None,
        SkipReason.NO_TEXT,
        SkipReason.TOO_LARGE,
        None,
    ]


@pytest.mark.parametrize("pack", PACK.values(), ids=PACK)
def test_a_table_without_a_column_of_texts_says_so_of_each_row(read, pack):
    (skipped,) = read(pack([{"a": 1, "b": 2}]))
    assert skipped.reason is SkipReason.NOT_AN_ARTICLE


@pytest.mark.parametrize("pack", PACK.values(), ids=PACK)
def test_a_table_without_rows_is_empty(read, pack):
    (skipped,) = read(pack([]))
    assert skipped.reason is SkipReason.EMPTY


@pytest.mark.parametrize("pack", PACK.values(), ids=PACK)
def test_a_table_that_breaks_off_is_named(read, pack):
    content = pack(ROWS)
    records = read(content[: len(content) // 2])
    assert not isinstance(records[-1], Article)
    assert records[-1].reason in {SkipReason.MALFORMED, SkipReason.TRUNCATED}


def test_a_table_of_one_text_a_billion_times_is_a_bomb(read):
    column = pa.DictionaryArray.from_arrays(pa.array([0] * 200_000, pa.int32()), ["Winds rose. " * 100])
    out = io.BytesIO()
    parquet.write_table(pa.table({"text": column}), out)
    assert len(out.getvalue()) < 50_000
    records = read(out.getvalue(), params=ReaderParams(max_archive_mb=10))
    assert records[-1].reason is SkipReason.BOMB
    assert len(records) < 20_000


@pytest.mark.parametrize("pack", ["parquet", "arrows"])
def test_a_row_that_holds_what_python_cannot_is_skipped_alone(read, pack):
    dates = pa.array([0, 2**52, 0], pa.int64()).cast(pa.timestamp("ms", "UTC"))
    out = io.BytesIO()
    table = pa.table({"text": ["Winds rose.", "It ended.", "Calm."], "date": dates})
    (parquet.write_table if pack == "parquet" else write_stream)(table, out)
    records = read(out.getvalue())
    assert [getattr(record, "reason", None) for record in records] == [None, SkipReason.MALFORMED, None]


def test_without_the_extra_a_table_says_what_to_install(read, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (skipped,) = read(PACK["parquet"](ROWS))
    assert skipped.reason is SkipReason.UNSUPPORTED
    assert "pip install 'newsdedup[parquet]'" in skipped.detail
