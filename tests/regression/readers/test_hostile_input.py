"""Input made to break readers: none of it hangs, fills the memory, reaches another file, or costs another record."""

import contextlib
import io
import json
import os
import tarfile
import threading
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from newsdedup import deduplicate
from newsdedup.model.article import Article, Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers import READERS, web_page
from newsdedup.readers.corpus import FileCorpus, read_unit
from newsdedup.readers.one_record import one_record
from newsdedup.readers.reading import read_file
from newsdedup.readers.time_limit import TimeLimitError, time_limit
from newsdedup.readers.walk import File

GOOD = "Winds rose over the Rhine on Monday, and by noon the ferries had stopped, the harbour master said."
PAGE = f"<!doctype html><html><body><article><p>{GOOD}</p></article></body></html>"


def read(*paths, params=None):
    params = params or ReaderParams()
    with FileCorpus.open([str(path) for path in paths], params) as corpus:
        return [*corpus.found, *(record for unit in corpus.units() for record in read_unit(unit, params))]


def texts(records):
    return [record.text for record in records if isinstance(record, Article)]


def reasons(records):
    return [record.reason for record in records if isinstance(record, Skipped)]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = {
    "billion-laughs": f'<!DOCTYPE html [<!ENTITY l0 "lol">{LAUGHS}]>',
    "quadratic": f'<!DOCTYPE html [<!ENTITY l9 "{"lol" * 20_000}">]>',
    "file": '<!DOCTYPE html [<!ENTITY l9 SYSTEM "SECRET">]>',
    "parameter": '<!DOCTYPE html [<!ENTITY % p SYSTEM "SECRET"> %p; <!ENTITY l9 "x">]>',
    "dtd": '<!DOCTYPE html SYSTEM "SECRET">',
}


@pytest.mark.parametrize("name", ["a.html", "a.xhtml", "a.xml", "a.sgm", "a.eml", "a"])
@pytest.mark.parametrize("entities", ENTITIES.values(), ids=ENTITIES)
def test_entities_are_never_expanded_and_no_file_is_reached(tmp_path, name, entities):
    secret = tmp_path / "secret.txt"
    secret.write_text("the combination of the safe is 4711")
    (tmp_path / "in").mkdir()
    body = f"<html><body><p>{GOOD} {'&l9;' * 5000}</p></body></html>"
    document = f'<?xml version="1.0"?>\n{entities.replace("SECRET", secret.as_uri())}\n{body}'
    head = "Message-ID: <1@x>\nMIME-Version: 1.0\nContent-Type: text/html\n\n" if name == "a.eml" else ""
    (tmp_path / "in" / name).write_text(head + document)
    tracemalloc.start()
    records = read(tmp_path / "in")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(records) == 1
    assert all("4711" not in text and text.count("lol") < 5 for text in texts(records))
    assert peak < 60_000_000


NESTED = {
    "a.html": "<div>" * 100_000 + GOOD,
    "b.html": f"<html><body>{'<b><p>' * 50_000}{GOOD}</body></html>",
    "c.html": f"<html><body>{'<table><tr><td>' * 50_000}{GOOD}</body></html>",
    "d.html": f"<html><body>{'<!--' * 100_000}{GOOD}</body></html>",
    "e.html": f"<html><body><div {' '.join(f'a{n}=1' for n in range(100_000))}><p>{GOOD}</p></body></html>",
    "f.html": f"<html><body>{'<a href=' * 100_000}{GOOD}</body></html>",
    "a.json": "[" * 100_000,
    "b.json": '{"a":' * 100_000 + "1" + "}" * 100_000,
    "c.json": '{"text": "x", "a": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "a.jsonl": '{"a":' * 100_000 + "1" + "}" * 100_000,
    "a.md": "---\n" + "- " * 20_000 + "\n---\n" + GOOD,
    "b.md": "---\na: &a [x]\n" + "".join(f"b{n}: [*a, *a]\n" for n in range(500)) + "---\n" + GOOD,
    "a.csv": "text\n" + '"' * 99_999,
    "a.eml": "Message-ID: <1@x>\nMIME-Version: 1.0\nFrom: " + "(" * 100_000 + f"\n\n{GOOD}",
    "b.eml": "MIME-Version: 1.0\n"
    + "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(2000))
    + f"Content-Type: text/plain\n\n{GOOD}",
    "c.eml": "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n" * 50_000,
    "d.eml": "MIME-Version: 1.0\n" + "X: " + "=?utf-8?q?x?= " * 100_000 + f"\n\n{GOOD}",
    "a.iptc": "\x01nwr0123 4 vm 214\r\n" + " " * 200_000 + "\x02" + " \n" * 100_000 + GOOD + "\x03" + "0" * 200_000,
    "b.iptc": "\x01nwr0123 4 vm 214\r\n\x02Storm =\n" + "\n" * 5_000_000 + "Calm.\x03",
    "c.anpa": "\x01r a BC-Storm 02-26 0214\n\x02" + "^x\n" * 1_000_000 + "\n" * 1_000_000 + "Calm.\x03",
    "a.anpa": "\x01r a BC-Storm,"
    + "1-1 11 " * 50_000
    + "02-26 0214\n\x02"
    + "^" * 100_000
    + "\n"
    + "=" * 100_000
    + "x\x03",
    "b.anpa": "\x01r a BC-Storm 02-26 0214\n\x02Storm.\x03"
    + "\x01r a BC-Storm,1st Add 02-26 0214\n\x02Calm.\x03" * 40_000,
    "a.sgm": "<REUTERS>" * 50_000 + "<TEXT>" * 50_000 + "</REUTERS>",
}


@pytest.mark.parametrize("name", NESTED)
def test_nesting_and_repetition_without_end_cost_little_time(tmp_path, name):
    (tmp_path / name).write_text(NESTED[name])
    (tmp_path / "good.txt").write_text(GOOD)
    start = time.process_time()
    records = read(tmp_path, params=ReaderParams(max_record_s=5))
    assert time.process_time() - start < 10
    assert len(records) == 2
    assert GOOD in texts(records)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", json.dumps({"text": f"{GOOD}\0{GOOD}"}).encode()),
        ("a.jsonl", f'{{"text": "{GOOD * 5}\0rose."}}'.encode()),
        ("a.jsonl", rb'{"text": "Winds \ud800 rose \udfff."}'),
        ("a.json", rb'[{"text": "Winds \ud83d rose.", "\udc00": 1}]'),
        ("a.eml", f"Message-ID: <1@x>\nSubject: \0\n\n{GOOD * 9}\0".encode()),
        ("a.txt", f"{GOOD}\ud800".encode("utf-8", "surrogatepass")),
        ("a.html", PAGE.replace("Rhine", "&#0;&#1;&#xd800;&#XFFFF;Rhine").encode()),
        ("a.csv", b"id,text\n1,Winds rose \xed\xa0\x80.\n"),
    ],
)
def test_zeros_and_half_surrogates_do_no_harm(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    (article,) = read(tmp_path)
    assert article.text.encode()
    assert len(deduplicate([tmp_path]).catalog) == 1


def test_a_zero_in_a_table_costs_one_row_at_most(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"id,text\n1,Winds rose.\n" * 30_000 + b"2,Winds\0rose.\n3,It ended.\n")
    records = read(tmp_path)
    assert texts(records)[-1] == "It ended."


LONG = "word " * 2_000_000


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", LONG),
        ("a.jsonl", json.dumps({"text": LONG})),
        ("a.json", json.dumps([{"text": LONG}])),
        ("a.csv", f"id,text\n1,{LONG}\n"),
        ("a.eml", f"Message-ID: <1@x>\nMIME-Version: 1.0\n\n{LONG}"),
        ("a.mbox", f"From a@b Mon Feb 26 12:15:00 2024\nMessage-ID: <1@x>\n\n{LONG}"),
        ("a.iptc", f"\x01nwr0123 4 vm 214\r\nSTORM\r\n\x02{LONG}\x03"),
        ("a.anpa", f"\x01r a BC-Storm 02-26 0214\n\x02\t{LONG}\x03"),
        ("a.sgm", f"<REUTERS><TEXT><BODY>{LONG}</BODY></TEXT></REUTERS>"),
    ],
)
def test_a_line_of_10_mb_is_read(tmp_path, name, content):
    (tmp_path / name).write_text(content)
    (article,) = read(tmp_path)
    assert article.text.strip() == LONG.strip()


def zipped(name, content, copies=1):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(copies):
            archive.writestr(f"{n}{name}", content)
    return out.getvalue()


def test_a_bomb_of_archives_in_archives_goes_off_once(tmp_path):
    content = zipped(".txt", b"b" * 1_000_000, 10)
    for _ in range(3):
        content = zipped(".zip", content, 10)
    (tmp_path / "bomb.zip").write_bytes(content)
    (tmp_path / "good.txt").write_text(GOOD)
    start = time.perf_counter()
    records = read(tmp_path, params=ReaderParams(max_archive_mb=20))
    assert time.perf_counter() - start < 15
    assert SkipReason.BOMB in reasons(records)
    assert texts(records)[-1] == GOOD


def test_overlapping_members_of_a_zip_do_not_multiply_what_is_read(tmp_path):
    content = bytearray(zipped(".txt", b"b" * 5_000_000))
    at = content.index(b"PK\x01\x02")
    entry, end = bytes(content[at : content.index(b"PK\x05\x06")]), bytearray(content[content.index(b"PK\x05\x06") :])
    entries = entry * 2000
    end[8:12] = (2000).to_bytes(2, "little") * 2
    end[12:16] = len(entries).to_bytes(4, "little")
    (tmp_path / "bomb.zip").write_bytes(bytes(content[:at]) + entries + bytes(end))
    records = read(tmp_path, params=ReaderParams(max_archive_mb=50))
    assert reasons(records)[-1] in {SkipReason.BOMB, SkipReason.MALFORMED}  # newer Pythons open no such member
    assert len(texts(records)) < 20


def test_a_tar_that_claims_what_it_has_not_got_is_named(tmp_path):
    info = tarfile.TarInfo("a.txt")
    info.size = 10**12
    (tmp_path / "a.tar").write_bytes(info.tobuf(tarfile.GNU_FORMAT) + GOOD.encode())
    records = read(tmp_path)
    assert reasons(records)
    assert len(texts(records)) == 0


def test_what_grew_after_the_walk_is_read_to_its_end_and_what_shrank_to_its(tmp_path):
    line = json.dumps({"text": GOOD}) + "\n"
    for name in ("grows.jsonl", "shrinks.jsonl", "grows.txt"):
        (tmp_path / name).write_text(line * 10)
    with FileCorpus.open([str(tmp_path)], ReaderParams()) as corpus:
        with (tmp_path / "grows.jsonl").open("a") as stream:
            stream.write(line * 30_000)
        (tmp_path / "shrinks.jsonl").write_text(line * 3)
        (tmp_path / "grows.txt").write_text("x" * 2_000_000)
        records = [record for unit in corpus.units() for record in read_unit(unit, ReaderParams())]
    by_name = [Path(record.origin.source).name for record in records]
    assert {name: by_name.count(name) for name in by_name} == {
        "grows.jsonl": 30_010,
        "grows.txt": 1,
        "shrinks.jsonl": 3,
    }


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_a_device_is_never_opened_given_or_linked(tmp_path, device):
    if not Path(device).exists():
        pytest.skip(f"there is no {device}")
    (tmp_path / "linked.txt").symlink_to(device)
    assert reasons(read(tmp_path)) == [SkipReason.SPECIAL_FILE]
    assert reasons(read(device)) == [SkipReason.SPECIAL_FILE]


AWKWARD = [
    "a new\nline.txt", 'double "quotes".txt', "single 'quotes'.txt", "tab\there.txt", "<b>&amp;.txt", "=cmd().txt",
    "back\\slash.txt", "exclamation!mark.zip", "percent%20.txt", "-o.txt", "\u202egnp.txt", "a" * 250, os.fsdecode(b"not-utf-8-\xff.txt"),
]  # fmt: skip


@pytest.mark.parametrize("name", AWKWARD)
def test_a_file_of_an_awkward_name_is_read_and_found_again(tmp_path, name):
    try:
        (tmp_path / name).write_text(GOOD)
    except OSError:
        pytest.skip("the file system refuses the name")
    with FileCorpus.open([str(tmp_path)], ReaderParams()) as corpus:
        (article,) = [record for unit in corpus.units() for record in read_unit(unit, ReaderParams())]
        (again,) = corpus.select({article.origin: "again"})
    assert again.text == article.text == GOOD
    assert str(article.origin).encode()


def endless(*args, **kwargs):
    while True:
        pass


@pytest.mark.parametrize("workers", [1, 2])
def test_a_page_that_takes_too_long_costs_that_page_in_any_process(tmp_path, monkeypatch, workers):
    extract = web_page.trafilatura.bare_extraction
    monkeypatch.setattr(
        web_page.trafilatura,
        "bare_extraction",
        lambda html, **kw: endless() if "endless" in html else extract(html, **kw),
    )
    for n in range(3):
        (tmp_path / f"{n}.html").write_text(PAGE.replace("Rhine", f"Rhine {n}"))
    (tmp_path / "1.html").write_text(PAGE.replace("Rhine", "endless Rhine"))
    records = read(tmp_path, params=ReaderParams(max_record_s=0.3))
    assert len(texts(records)) == 2
    assert reasons(records) == [SkipReason.TOO_LARGE]
    assert "0.3 s" in next(record.detail for record in records if isinstance(record, Skipped))


def test_the_time_limit_is_of_this_process_and_leaves_nothing_behind():
    with time_limit(0.2):
        time.sleep(0.5)  # others' time does not count
    with pytest.raises(TimeLimitError, match=r"0\.2 s"), time_limit(0.2):
        endless()
    start = time.process_time()
    while time.process_time() - start < 0.5:  # nothing goes off later
        pass


def test_a_library_that_catches_everything_does_not_outlive_the_limit():
    def stubborn():
        while True:
            with contextlib.suppress(Exception):
                endless()

    with pytest.raises(TimeLimitError), time_limit(0.2):
        stubborn()


def test_off_the_main_thread_records_are_read_without_a_limit():
    found = []
    origin = Origin("a")
    article = Article("a", GOOD, origin)
    thread = threading.Thread(target=lambda: found.append(one_record(lambda: article, origin, ReaderParams())))
    thread.start()
    thread.join()
    assert found == [article]


FOUND = sorted((Path(__file__).parent / "found").glob("*"))


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_found_before_stands_no_more(path):
    family = path.name.rpartition("-")[0]
    known = family if family in READERS.names() else None
    start = time.process_time()
    records = list(read_file(File(str(path), "a", "a", path.stat().st_size, format=known), ReaderParams()))
    assert records
    assert time.process_time() - start < 10
