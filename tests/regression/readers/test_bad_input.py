"""Every kind of bad input that issue 2 names and that reading meets: none stops the rest or loses an article."""

import bz2
import gzip
import io
import json
import os
import tarfile
import tempfile
import tracemalloc
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsdedup.errors import InputError
from newsdedup.model.article import Article, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers import web_page
from newsdedup.readers.corpus import FileCorpus, read_unit

GOOD = "Winds rose over the Rhine on Monday, and by noon the ferries had stopped."
LINE = json.dumps({"text": GOOD}).encode() + b"\n"
NOBODY = 65534


def read(*paths, params=None, exclude=()):
    """The articles and what was skipped, the latter by the name of its file."""
    params = params or ReaderParams()
    with FileCorpus.open([str(path) for path in paths], params, exclude=exclude) as corpus:
        records = [*corpus.found, *(record for unit in corpus.units() for record in read_unit(unit, params))]
    assert len({record.origin for record in records}) == len(records), "read = kept + skipped"
    articles = [record for record in records if isinstance(record, Article)]
    skipped = [record for record in records if not isinstance(record, Article)]
    return articles, {skip.origin.source.rpartition("/")[2]: skip for skip in skipped}


def zip_of(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def tar_of(name, content):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


BAD = {
    "empty.txt": (b"", SkipReason.EMPTY),
    "empty.jsonl": (b"\n\n", SkipReason.EMPTY),
    "white.txt": (b" \n\t\n", SkipReason.NO_TEXT),
    "binary.txt": (bytes(range(256)) * 40, SkipReason.BINARY),
    "image.txt": (b"\xff\xd8\xff\xe0JFIF", SkipReason.BINARY),
    "truncated.txt.gz": (gzip.compress(GOOD.encode() * 50)[:-9], SkipReason.TRUNCATED),
    "truncated.txt.bz2": (bz2.compress(GOOD.encode() * 50)[:-9], SkipReason.TRUNCATED),
    "no-articles.json": (b'{"name": "newsdedup", "version": 1}', SkipReason.NOT_AN_ARTICLE),
    "broken.json": (b'{"text": "Winds', SkipReason.MALFORMED),
    "no-text.json": (b'{"title": "Storm", "text": ""}', SkipReason.NO_TEXT),
    "no-text.html": (b"<html><body></body></html>", SkipReason.NO_TEXT),
    "no-items.sgm": (b'<!DOCTYPE lewis SYSTEM "lewis.dtd">\n', SkipReason.EMPTY),
    "broken.zip": (zip_of(a=GOOD)[:-20], SkipReason.TRUNCATED),
    "broken.tar": (tar_of("a.txt", GOOD.encode())[:500], SkipReason.TRUNCATED),
    "document.pdf": (b"%PDF-1.7\nWinds", SkipReason.UNSUPPORTED),
}


def test_a_folder_of_bad_files_keeps_every_good_one(tmp_path):
    for name, (content, _) in BAD.items():
        (tmp_path / name).write_bytes(content)
        (tmp_path / f"{name}.good.txt").write_text(f"{name}: {GOOD}")
    articles, skipped = read(tmp_path)
    assert {article.id for article in articles} == {f"{name}.good.txt" for name in BAD}
    assert {name: skip.reason for name, skip in skipped.items()} == {name: reason for name, (_, reason) in BAD.items()}
    assert all(skip.detail for skip in skipped.values())


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-16", "utf-8-sig"])
def test_a_file_in_another_encoding_is_read(tmp_path, encoding):
    (tmp_path / "a.txt").write_bytes("Sturm über Köln, heißt es.".encode(encoding))
    (article,), _ = read(tmp_path)
    assert article.text == "Sturm über Köln, heißt es."


def test_a_broken_line_is_named_by_its_number_and_the_others_are_kept(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(LINE * 2 + b'{"text": "Winds\n' + LINE)
    articles, skipped = read(tmp_path)
    assert [article.origin.record for article in articles] == [0, 1, 3]
    assert (skipped["a.jsonl"].reason, skipped["a.jsonl"].origin.record) == (SkipReason.MALFORMED, 2)


def test_the_lines_before_a_truncated_end_are_kept(tmp_path):
    lines = b"".join(json.dumps({"text": f"{n**50}"}).encode() + b"\n" for n in range(9000))
    packed = gzip.compress(lines)
    (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    articles, skipped = read(tmp_path)
    assert len(articles) > 1000
    assert skipped["a.jsonl.gz"].reason is SkipReason.TRUNCATED
    assert skipped["a.jsonl.gz"].origin.record == len(articles)


def test_ragged_rows_are_named_and_the_others_are_kept(tmp_path):
    (tmp_path / "a.csv").write_text(f'id,text\n1,"{GOOD}"\n2\n3,a,b,c\n4,"{GOOD}"\n')
    with FileCorpus.open([str(tmp_path)], ReaderParams()) as corpus:
        records = [record for unit in corpus.units() for record in read_unit(unit, ReaderParams())]
    assert [getattr(record, "reason", None) for record in records] == [
        None,
        SkipReason.NO_TEXT,
        SkipReason.MALFORMED,
        None,
    ]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.txt"])
def test_a_line_of_200_mb_is_skipped_without_being_held(tmp_path, name):
    starts = {"a.jsonl": LINE, "a.csv": b"id,text\n1,Winds rose.\n", "a.txt": b""}
    with (tmp_path / name).open("wb") as stream:
        stream.write(starts[name] + b'{"text": "' + b"x" * 100_000)
        stream.seek(200_000_000)  # a hole, which takes no room on the disk
        stream.write(b'"}\n' + (LINE if name == "a.jsonl" else b"2,It ended.\n"))
    read(tmp_path / name, params=ReaderParams(max_record_mb=0.01))  # loads what reading loads
    tracemalloc.start()
    articles, skipped = read(tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(articles) == (0 if name == "a.txt" else 2)
    assert skipped[name].reason is SkipReason.TOO_LARGE
    assert peak < 60_000_000


@pytest.mark.parametrize("pack", [gzip.compress, lambda content: zip_of(**{"bomb.txt": content})])
def test_a_bomb_is_not_unpacked_to_its_end(tmp_path, pack):
    (tmp_path / "bomb").write_bytes(pack(b"b" * 30_000_000))
    (tmp_path / "good.txt").write_text(GOOD)
    articles, skipped = read(tmp_path)
    assert [article.id for article in articles] == ["good.txt"]
    assert SkipReason.BOMB in {skip.reason for skip in skipped.values()}


def test_the_records_before_a_bomb_went_off_are_kept(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(LINE * 300_000))
    articles, skipped = read(tmp_path, params=ReaderParams(max_archive_mb=1))
    assert 9_000 < len(articles) <= 1_000_000 // len(LINE)
    assert skipped["a.jsonl.gz"].reason is SkipReason.BOMB


@pytest.mark.parametrize("pack", [lambda name, text: zip_of(**{name: text}), tar_of])
def test_a_member_that_climbs_out_of_its_archive_is_never_read(tmp_path, pack):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.bin").write_bytes(pack("../climbed.txt", GOOD.encode()))
    articles, skipped = read(tmp_path / "in")
    assert articles == []
    assert [skip.reason for skip in skipped.values()] == [SkipReason.UNSAFE_PATH]
    assert not (tmp_path / "climbed.txt").exists()


def test_a_path_that_does_not_exist_is_an_error_that_names_it(tmp_path):
    with pytest.raises(InputError, match="nowhere"):
        read(tmp_path / "nowhere")


@contextmanager
def unprivileged():
    """Permissions do not bind the superuser, so the superuser becomes nobody for a while."""
    superuser = os.geteuid() == 0
    if superuser:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if superuser:
            os.seteuid(0)


def test_a_folder_and_a_file_without_permission_are_named_and_the_rest_is_read():
    with tempfile.TemporaryDirectory() as name:  # pytest's own folder is closed to others from the top
        root = Path(name)
        root.chmod(0o755)
        (root / "closed").mkdir()
        (root / "closed/a.txt").write_text(GOOD)
        (root / "closed.txt").write_text(GOOD)
        (root / "open.txt").write_text(GOOD)
        read(root)  # loads what reading loads
        (root / "closed").chmod(0)
        (root / "closed.txt").chmod(0)
        with unprivileged():
            articles, skipped = read(root)
        (root / "closed").chmod(0o755)
    assert [article.id for article in articles] == ["open.txt"]
    assert {name: skip.reason for name, skip in skipped.items()} == {
        "closed": SkipReason.UNREADABLE,
        "closed.txt": SkipReason.UNREADABLE,
    }


def test_a_file_that_vanishes_after_the_walk_is_named(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "b.txt").write_text(GOOD)
    with FileCorpus.open([str(tmp_path)], ReaderParams()) as corpus:
        (tmp_path / "a.txt").unlink()
        gone, kept = [record for unit in corpus.units() for record in read_unit(unit, ReaderParams())]
    assert gone.reason is SkipReason.VANISHED
    assert kept.text == GOOD


def test_the_output_folder_inside_the_input_folder_is_not_read(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "report/canonical").mkdir(parents=True)
    (tmp_path / "report/canonical/a.txt").write_text(GOOD)
    articles, skipped = read(tmp_path, exclude=[tmp_path / "report"])
    assert [article.id for article in articles] == ["a.txt"]
    assert skipped == {}


def test_two_files_of_the_same_content_are_two_articles(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "b.txt").write_text(GOOD)
    articles, _ = read(tmp_path)
    assert [article.id for article in articles] == ["a.txt", "b.txt"]


def test_a_text_of_three_words_is_an_article(tmp_path):
    (tmp_path / "a.txt").write_text("Winds rose again.")
    (article,), _ = read(tmp_path)
    assert article.text == "Winds rose again."


@pytest.mark.parametrize(
    "error", [ValueError("no such node"), RecursionError("too deep"), MemoryError(), OSError(5, "x")]
)
def test_an_extractor_that_fails_loses_one_file_and_no_more(tmp_path, monkeypatch, error):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(web_page.trafilatura, "bare_extraction", fail)
    (tmp_path / "a.html").write_text("<html><body><p>Winds rose.</p></body></html>")
    (tmp_path / "b.txt").write_text(GOOD)
    articles, skipped = read(tmp_path)
    assert [article.id for article in articles] == ["b.txt"]
    assert skipped["a.html"].reason in {SkipReason.MALFORMED, SkipReason.UNREADABLE}
    assert skipped["a.html"].detail
