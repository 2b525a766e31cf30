import bz2
import gzip
import io
import json
import lzma
import random
import sys
import tarfile
import zipfile

import pytest
import zstandard

from newsdedup.model.article import Article, SkipReason
from newsdedup.plan import ReaderParams

PACK = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zstandard.compress}
LINES = "".join(json.dumps({"text": f"Winds rose, report {n}."}) + "\n" for n in range(500)).encode()


def tar_of(members, mode="w"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def zip_of(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


@pytest.fixture
def read_bytes(tmp_path, read_all):
    def read(name, content, params=None):
        (tmp_path / name).write_bytes(content)
        return read_all(tmp_path / name, params=params)

    return read


@pytest.mark.parametrize("suffix", PACK)
def test_a_compressed_text_is_one_article(read_bytes, suffix):
    (article,) = read_bytes(f"a.txt.{suffix}", PACK[suffix](b"Winds rose."))
    assert (article.id, article.text) == (f"a.txt.{suffix}", "Winds rose.")
    assert article.origin.source.endswith(f"a.txt.{suffix}")


@pytest.mark.parametrize("suffix", PACK)
def test_compressed_lines_are_read_line_by_line(read_bytes, suffix):
    records = read_bytes(f"a.jsonl.{suffix}", PACK[suffix](LINES))
    assert [record.id for record in records] == [f"a.jsonl.{suffix}#{n}" for n in range(500)]


@pytest.mark.parametrize("suffix", PACK)
def test_several_compressed_streams_in_one_file_are_one(read_bytes, suffix):
    half = LINES.index(b"\n", len(LINES) // 2) + 1
    assert len(read_bytes(f"a.jsonl.{suffix}", PACK[suffix](LINES[:half]) + PACK[suffix](LINES[half:]))) == 500


@pytest.mark.parametrize("suffix", PACK)
def test_what_was_whole_before_the_break_is_kept(read_bytes, suffix):
    noise = b"".join(json.dumps({"text": hex((n + 7) ** 40)}).encode() + b"\n" for n in range(20_000))
    packed = PACK[suffix](noise)
    *kept, lost = read_bytes(f"a.jsonl.{suffix}", packed[: len(packed) * 9 // 10])
    assert len(kept) > 1000
    assert all(isinstance(record, Article) for record in kept)
    assert (lost.reason, lost.origin.record) == (SkipReason.TRUNCATED, len(kept))


@pytest.mark.parametrize("suffix", PACK)
def test_a_text_that_breaks_off_is_no_article(read_bytes, suffix):
    (skipped,) = read_bytes(f"a.txt.{suffix}", PACK[suffix](b"Winds rose over the Rhine. " * 99)[:-12])
    assert skipped.reason is SkipReason.TRUNCATED


def test_damage_is_told_from_a_break(read_bytes):
    packed = bytearray(gzip.compress(LINES))
    packed[len(packed) // 2] ^= 0xFF
    assert read_bytes("a.txt.gz", bytes(packed))[-1].reason is SkipReason.MALFORMED


def test_without_the_extra_zstandard_files_say_what_to_install(read_bytes, monkeypatch):
    monkeypatch.setitem(sys.modules, "zstandard", None)
    (skipped,) = read_bytes("a.txt.zst", zstandard.compress(b"Winds rose."))
    assert skipped.reason is SkipReason.UNSUPPORTED
    assert "pip install 'newsdedup[zstd]'" in skipped.detail


MEMBERS = [("b.txt", b"Winds rose."), ("a/lines.jsonl", LINES), ("empty.txt", b"")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.zip", zip_of(MEMBERS)),
        ("x.tar", tar_of(MEMBERS)),
        ("x.tar.gz", tar_of(MEMBERS, "w:gz")),
        ("x.tgz", tar_of(MEMBERS, "w:gz")),
        ("x.tar.bz2", tar_of(MEMBERS, "w:bz2")),
        ("x.tar.zst", zstandard.compress(tar_of(MEMBERS))),
        ("x.tzst", zstandard.compress(tar_of(MEMBERS))),
        ("x.tar.xz", tar_of(MEMBERS, "w:xz")),
        ("nameless", zip_of(MEMBERS)),
        ("x.zip.gz", gzip.compress(zip_of(MEMBERS))),
    ],
)
def test_the_members_of_an_archive_are_read_in_its_order(read_bytes, name, content):
    first, *lines, empty = read_bytes(name, content)
    assert (first.id, first.text) == (f"{name}!b.txt", "Winds rose.")
    assert first.origin.source.endswith(f"{name}!b.txt")
    assert [record.id for record in lines] == [f"{name}!a/lines.jsonl#{n}" for n in range(500)]
    assert (empty.reason, empty.origin.source.rpartition("!")[2]) == (SkipReason.EMPTY, "empty.txt")


def test_archives_in_archives_are_read(read_bytes):
    inner = tar_of([("c.txt.gz", gzip.compress(b"Winds rose."))], "w:bz2")
    (article,) = read_bytes("x.zip", zip_of([("b.tar.bz2", inner)]))
    assert article.id == "x.zip!b.tar.bz2!c.txt.gz"


def test_archives_in_archives_without_end_are_a_bomb(read_bytes):
    content = b"Winds rose."
    for _ in range(10):
        content = gzip.compress(content)
    (skipped,) = read_bytes("x.gz", content)
    assert skipped.reason is SkipReason.BOMB


@pytest.mark.parametrize("name", ["../up.txt", "a/../../up.txt", "/etc/up.txt", "C:\\up.txt", "a\\..\\up.txt"])
@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_a_member_whose_name_leads_out_is_skipped_alone(tmp_path, read_bytes, pack, name):
    before = set(tmp_path.iterdir())
    unsafe, good = read_bytes("x.bin", pack([(name, b"Winds rose."), ("good.txt", b"It ended.")]))
    assert unsafe.reason is SkipReason.UNSAFE_PATH
    assert good.text == "It ended."
    assert set(tmp_path.iterdir()) - before == {tmp_path / "x.bin"}


def test_hidden_members_are_passed_over(read_bytes):
    members = [("__MACOSX/._b.txt", b"\0\5\x16\7"), (".git/x.txt", b"x"), ("./b.txt", b"Winds rose.")]
    assert [record.id for record in read_bytes("x.tar", tar_of(members))] == ["x.tar!b.txt"]


def test_links_in_an_archive_are_named(read_bytes):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("link.txt")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    (skipped,) = read_bytes("x.tar", out.getvalue())
    assert skipped.reason is SkipReason.SPECIAL_FILE


def test_two_members_of_one_name_are_both_read(read_bytes):
    one, two = read_bytes("x.tar", tar_of([("a.txt", b"Winds rose."), ("a.txt", b"It ended.")]))
    assert (one.id, two.id) == ("x.tar!a.txt", "x.tar!a.txt~2")
    assert one.origin != two.origin


@pytest.mark.parametrize("cut", [-1024 - 200, -1024, -1024 - 512 - 100, 512 + 100])
def test_a_tar_that_breaks_off_is_named_and_what_was_whole_is_kept(read_bytes, cut):
    *kept, lost = read_bytes("x.tar", tar_of([("a.txt", b"Winds rose."), ("b.txt", b"x" * 600)])[: 4096 - 512 + cut])
    assert lost.reason is SkipReason.TRUNCATED
    assert len({record.origin for record in kept}) == len(kept)


def test_a_zip_that_breaks_off_is_named(read_bytes):
    (skipped,) = read_bytes("x.zip", zip_of(MEMBERS)[:-30])
    assert skipped.reason is SkipReason.TRUNCATED


def test_a_damaged_member_of_a_zip_is_skipped_alone(read_bytes):
    content = bytearray(zip_of([("a.txt", b"Winds rose. " * 9), ("b.txt", b"It ended.")]))
    content[40] ^= 0xFF
    bad, good = read_bytes("x.zip", bytes(content))
    assert bad.reason in {SkipReason.MALFORMED, SkipReason.TRUNCATED}
    assert good.text == "It ended."


def test_an_office_document_is_no_archive_of_articles(read_bytes):
    (skipped,) = read_bytes("x.docx", zip_of([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")]))
    assert skipped.reason is SkipReason.UNSUPPORTED


def test_an_archive_without_files_is_empty(read_bytes):
    assert [record.reason for record in read_bytes("x.zip", zip_of([]))] == [SkipReason.EMPTY]


@pytest.mark.parametrize("pack", [zip_of, tar_of, lambda members: tar_of(members, "w:gz")])
def test_a_member_that_is_too_large_is_skipped_alone(read_bytes, pack):
    members = [("a.txt", b"Winds rose."), ("b.txt", b"x" * 30_000), ("c.txt", b"It ended.")]
    first, large, last = read_bytes("x.bin", pack(members), ReaderParams(max_member_mb=0.02))
    assert (large.reason, large.detail) == (SkipReason.TOO_LARGE, "a member of more than 0.02 MB")
    assert (first.text, last.text) == ("Winds rose.", "It ended.")


def test_a_zip_that_tells_a_smaller_size_than_it_holds_gives_no_more_than_that(read_bytes):
    content = bytearray(zip_of([("a.txt", b"x" * 30_000)]))
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = (100).to_bytes(4, "little")
    (record,) = read_bytes("x.zip", bytes(content), ReaderParams(max_member_mb=0.02))
    assert getattr(record, "reason", None) in {SkipReason.MALFORMED, SkipReason.TOO_LARGE} or len(record.text) <= 100


@pytest.mark.parametrize("name", ["table.parquet", "crawl.warc.gz", "messages.mbox", "wire.anpa"])
def test_formats_that_need_more_than_a_stream_are_read_in_archives_too(read_bytes, corpus_dir, name):
    content = (corpus_dir / "wire/formats" / name).read_bytes()
    records = read_bytes("x.tar.gz", tar_of([("x.zip", zip_of([(name, content)]))], "w:gz"))
    (article,) = [record for record in records if isinstance(record, Article)]
    assert "Vessel Hill" in article.title


def test_an_archive_of_too_many_members_is_cut_short(read_bytes):
    members = [(f"{n}.txt", b"Winds rose.") for n in range(20)]
    *kept, lost = read_bytes("x.zip", zip_of(members), ReaderParams(max_archive_members=5))
    assert len(kept) == 5
    assert lost.reason is SkipReason.BOMB


@pytest.mark.parametrize("pack", [zip_of, tar_of, lambda members: lzma.compress(tar_of(members))])
def test_no_damage_makes_reading_fail(tmp_path, read_all, pack):
    content = pack([("a.txt", b"Winds rose."), ("b/c.txt", b"It ended.")])
    source = random.Random(7)  # the same damage each time
    for _ in range(150):
        damaged = bytearray(content)
        for _ in range(source.randint(1, 6)):
            damaged[source.randrange(len(damaged))] = source.randrange(256)
        (tmp_path / "x.bin").write_bytes(damaged[: source.randint(1, 2 * len(damaged))])
        records = read_all(tmp_path / "x.bin")
        assert records
        assert len({record.origin for record in records}) == len(records)
