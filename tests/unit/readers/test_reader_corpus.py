import gzip
import io
import json
import pickle
import zipfile
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdedup.errors import InputChangedError, InputError
from newsdedup.model.article import Article, Origin
from newsdedup.plan import ReaderParams
from newsdedup.readers import units
from newsdedup.readers.corpus import FileCorpus, read_unit

PARAMS = ReaderParams()


def records_of(corpus):
    return [record for unit in corpus.units() for record in read_unit(unit, PARAMS)]


def write_lines(path, count, words=40):
    path.write_text("".join(json.dumps({"id": f"n{n}", "text": f"{n} winds " * words}) + "\n" for n in range(count)))


@pytest.fixture
def mixed(tmp_path):
    root = tmp_path / "in"
    (root / "sub").mkdir(parents=True)
    (root / "a.txt").write_text("Winds rose.")
    (root / "sub/b.md").write_text("# Storm\n\nWinds rose.")
    write_lines(root / "c.jsonl", 50)
    (root / "d.csv").write_text("id,text\ns1,Winds rose.\n,It ended.\n")
    with zipfile.ZipFile(root / "e!f.zip", "w") as archive:
        archive.writestr("x.txt", "Winds in a zip.")
        archive.writestr("y.jsonl.gz", gzip.compress((root / "c.jsonl").read_bytes()))
    return root


def test_a_corpus_tells_what_it_holds(mixed):
    with FileCorpus.open([str(mixed)], PARAMS) as corpus:
        assert corpus.inputs == (str(mixed),)
        assert corpus.files == 5
        assert corpus.size_bytes == sum(path.stat().st_size for path in mixed.rglob("*") if path.is_file())
        assert corpus.found == ()


def test_origins_are_unique_and_reading_again_gives_the_same(mixed):
    with FileCorpus.open([str(mixed)], PARAMS) as corpus:
        records = records_of(corpus)
        assert len({record.origin for record in records}) == len(records) == 105
        assert records_of(corpus) == records


def test_units_can_be_sent_to_other_processes(mixed):
    with FileCorpus.open([str(mixed)], PARAMS) as corpus:
        assert [pickle.loads(pickle.dumps(unit)) for unit in corpus.units()] == list(corpus.units())


def test_small_files_are_one_unit_and_large_ones_stand_alone(tmp_path):
    for name, size in {
        "a.txt": 10,
        "b.txt": 20,
        "c.txt": 9_000_000,
        "d.zip": 10,
        "e.zip": 3_000_000,
        "f.txt": 10,
    }.items():
        (tmp_path / name).write_bytes(b"x" * size)
    with FileCorpus.open([str(tmp_path)], PARAMS) as corpus:
        names = [[file.default_id for file in unit.files] for unit in corpus.units()]
        assert names == [["a.txt", "b.txt"], ["c.txt"], ["d.zip"], ["e.zip"], ["f.txt"]]
        assert sum(unit.size_bytes for unit in corpus.units()) == corpus.size_bytes


def test_a_unit_holds_so_many_files_and_no_more(tmp_path):
    for n in range(300):
        (tmp_path / f"{n:03}.txt").write_text("Winds rose.")
    with FileCorpus.open([str(tmp_path)], PARAMS) as corpus:
        assert [len(unit.files) for unit in corpus.units()] == [256, 44]


@settings(max_examples=60, deadline=None)
@given(
    lines=st.lists(
        st.one_of(
            st.builds(lambda text: json.dumps({"text": text}, ensure_ascii=False), st.text(max_size=50)),
            st.just(""),
            st.just("{broken"),
        ),
        max_size=60,
    ),
    size=st.integers(1, 400),
    mark=st.booleans(),
)
def test_the_parts_of_a_file_hold_the_same_records_as_the_whole(tmp_path_factory, lines, size, mark):
    path = tmp_path_factory.mktemp("parts") / "a.jsonl"
    path.write_text("\n".join(lines), "utf-8-sig" if mark else "utf-8", newline="")
    whole = FileCorpus.open([str(path)], PARAMS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(units, "UNIT_BYTES", size)
        patch.setattr(units, "_SCAN_BYTES", 16)
        parts = list(whole.units())
    in_parts = [record for unit in parts for record in read_unit(unit, PARAMS)]
    expected = [record for record in records_of(whole) if any(line.strip() for line in lines)]
    assert in_parts == expected or (not expected and len(in_parts) <= 1)


def test_a_large_file_of_lines_is_split_at_line_ends(tmp_path):
    write_lines(tmp_path / "a.jsonl", 40_000)
    with FileCorpus.open([str(tmp_path)], PARAMS) as corpus:
        parts = [unit.part for unit in corpus.units()]
        records = records_of(corpus)
    assert len(parts) > 1
    assert all(part.stop == following.start for part, following in pairwise(parts))
    assert [record.id for record in records] == [f"n{n}" for n in range(40_000)]
    assert [record.origin.record for record in records] == list(range(40_000))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_lines_whose_ends_are_not_one_byte_are_not_split(tmp_path, encoding):
    content = "".join(json.dumps({"text": "Winds rose. " * 100}) + "\n" for _ in range(5000))
    (tmp_path / "a.jsonl").write_bytes(content.encode(encoding))
    with FileCorpus.open([str(tmp_path)], PARAMS) as corpus:
        assert len(list(corpus.units())) == 1
        assert len(records_of(corpus)) == 5000


def test_selected_articles_come_again_with_the_ids_they_are_given(mixed):
    with FileCorpus.open([str(mixed)], PARAMS) as corpus:
        articles = [record for record in records_of(corpus) if isinstance(record, Article)]
        wanted = {article.origin: f"new-{n}" for n, article in enumerate(articles) if n % 3 == 0}
        selected = list(corpus.select(wanted))
    assert [article.origin for article in selected] == list(wanted)
    assert [article.id for article in selected] == list(wanted.values())
    by_origin = {article.origin: article.text for article in articles}
    assert all(article.text == by_origin[article.origin] for article in selected)


def test_selecting_from_a_large_file_parses_only_the_wanted_lines(tmp_path):
    write_lines(tmp_path / "a.jsonl", 40_000)
    source = str(tmp_path / "a.jsonl")
    with FileCorpus.open([source], PARAMS) as corpus:
        selected = list(corpus.select({Origin(source, 39_999): "last", Origin(source, 7): "seventh"}))
    assert [(article.id, article.text[:8]) for article in selected] == [("seventh", "7 winds "), ("last", "39999 wi")]


def test_nothing_is_read_to_select_nothing(mixed):
    with FileCorpus.open([str(mixed)], PARAMS) as corpus:
        for path in mixed.rglob("*.txt"):
            path.unlink()
        assert list(corpus.select({})) == []


@pytest.mark.parametrize("change", ["unlink", "empty", "shorter"])
def test_an_input_that_changed_between_two_readings_is_named(tmp_path, change):
    path = tmp_path / "a.jsonl"
    write_lines(path, 10)
    with FileCorpus.open([str(path)], PARAMS) as corpus:
        if change == "unlink":
            path.unlink()
        else:
            path.write_text("" if change == "empty" else '{"text": "Winds rose."}\n')
        with pytest.raises(InputChangedError, match=r"a\.jsonl(:5)?: changed"):
            list(corpus.select({Origin(str(path), 5): "x"}))


def test_an_article_of_a_file_that_is_not_there_is_named(mixed):
    with FileCorpus.open([str(mixed)], PARAMS) as corpus, pytest.raises(InputChangedError, match=r"gone\.txt"):
        list(corpus.select({Origin("gone.txt"): "x"}))


def test_standard_input_is_json_lines_and_can_be_read_twice(tmp_path):
    stdin = io.BytesIO(b'{"text": "Winds rose."}\n{"id": "s2", "text": "It ended."}\n')
    with FileCorpus.open(["-"], PARAMS, stdin=stdin) as corpus:
        first, second = records_of(corpus)
        (again,) = corpus.select({second.origin: "s2"})
    assert (first.id, first.origin) == ("stdin#0", Origin("-", 0))
    assert again == second
    assert corpus.inputs == ("-",)


def test_standard_input_must_be_there_to_be_read():
    with pytest.raises(InputError, match="standard input"):
        FileCorpus.open(["-"], PARAMS)


def test_what_was_kept_of_standard_input_is_removed(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with FileCorpus.open(["-"], PARAMS, stdin=io.BytesIO(b'{"text": "x"}')):
        assert len(list(tmp_path.iterdir())) == 1
    assert list(tmp_path.iterdir()) == []
