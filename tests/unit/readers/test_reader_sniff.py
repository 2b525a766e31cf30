import pytest

from newsdedup.model.article import SkipReason
from newsdedup.readers import READERS, SUFFIXES
from newsdedup.readers.sniff import Refused, container_of, format_of

OBJECT = b'{"id": 1, "text": "Winds rose."}'


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("a.txt", b"Winds rose.", "text"),
        ("a", b"Winds rose.", "text"),
        ("README", b"<- look here", "text"),
        ("a.md", b"# Storm\n", "markdown"),
        ("a.txt", b"<!doctype html><p>", "html"),
        ("a.txt", b"\xef\xbb\xbf\n<!-- saved -->\n<HTML lang=de>", "html"),
        ("a", b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">', "html"),
        ("a.html", b"<p>Winds rose.</p>", "html"),
        ("a.txt", "<html><p>Sturm</p></html>".encode("utf-16"), "html"),
        ("a.json", OBJECT, "json"),
        ("a.json", OBJECT + b"\n", "json"),
        ("a.json", OBJECT + b"\n" + OBJECT, "jsonl"),
        ("a.json", b'{"id": broken\n' + OBJECT + b"\n" + OBJECT, "jsonl"),
        ("a.json", b'{\n  "text": "Winds rose."\n}', "json"),
        ("a.json", b"[1, 2]", "json"),
        ("a.jsonl", OBJECT, "jsonl"),
        ("a.jsonl", b'[{"text": "x"}]', "json"),
        ("a.jsonl", b'{\n  "text": "Winds rose."\n}', "json"),
        ("a.txt", OBJECT + b"\n" + OBJECT, "jsonl"),
        ("a", b'[\n  {"text": "x"}\n]', "json"),
        ("a.txt", b"[Reuters] Winds rose.", "text"),
        ("a.txt", b"{Winds} rose.", "text"),
        ("a.csv", b"id,text\n", "csv"),
        ("a.tsv", b"id\ttext\n", "tsv"),
        ("a.csv", b"<html><body>404</body></html>", "html"),
        ("a", b'<!DOCTYPE lewis SYSTEM "lewis.dtd">\n<REUTERS', "reuters-sgml"),
        ("A.TXT", b"Winds rose.", "text"),
        ("a.txt", b"\x16\x16\x01a0584\x1fbc-h9\r\nr a\x13\x11 BC-STORM,1st Ld 02-26 0105\r\n\x02^Storm<", "anpa1312"),
        ("a.txt", b"\x01u f BC-STORM   02-26 0105\x02\nWinds rose over the Rhine on Monday.\x03", "anpa1312"),
        ("a.txt", b"\x16\x16\x01nwr0123 4 pl 214  nwr 0456\r\nStorm/\r\n\x02Sturm =\r\n", "iptc7901"),
        ("a.txt", b"\x01 Winds rose.", "text"),
        ("a", b"Message-ID: <1@x>\nMIME-Version: 1.0\nSubject: Storm\n\nWinds rose.", "eml"),
        ("a.txt", b"From: Petra\nSubject: Storm\n\nWinds rose.", "text"),
        ("a.eml", b"From: Petra\nSubject: Storm\n\nWinds rose.", "eml"),
        ("a", b"From petra@x Mon Jun  3 08:15:00 2024\nSubject: Storm\n\nWinds rose.", "mbox"),
        ("a.txt", b"From Monday the ferries will not run.\nWinds rose.", "text"),
        ("a.bin", b"WARC/1.0\r\n", "warc"),
        ("a", b"filedesc://a.arc 127.0.0.1 20140301000000 text/plain -1\n", "warc"),
        ("a", b"PAR1\x15\x04\x15", "parquet"),
        ("a", b"ARROW1\0\0\xff\xff", "arrow"),
        ("a", b"\xff\xff\xff\xff\x10\1\0\0", "arrow"),
        ("a.unknown", b"Winds rose.", "text"),
    ],
)
def test_the_format_is_told_by_content_and_then_by_suffix(name, head, expected):
    assert format_of(name, head) == expected


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b"Winds\0rose", SkipReason.BINARY),
        (bytes(range(1, 32)) * 20, SkipReason.BINARY),
        (b"\xff\xff\xff\xff" + bytes(60), SkipReason.BINARY),
        (b"\x89PNG\r\n\x1a\n", SkipReason.BINARY),
        (b"%PDF-1.7\n", SkipReason.UNSUPPORTED),
        (b'<?xml version="1.0"?><unknown/>', SkipReason.UNSUPPORTED),
    ],
)
def test_what_is_no_text_is_refused(head, reason):
    refused = format_of("a.bin", head)
    assert isinstance(refused, Refused)
    assert refused.reason is reason


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("page_files/main.CSS", b"body { margin: 0 }"),
        ("page_files/app.js", b"window.dataLayer = [];"),
        ("app.mjs", b"export const a = 1"),
        ("lewis.dtd", b"<!-- The DTD of the collection -->\n<!ELEMENT REUTERS (DATE)>"),
    ],
)
def test_what_lies_beside_articles_is_refused(name, head):
    refused = format_of(name, head)
    assert isinstance(refused, Refused)
    assert refused.reason is SkipReason.UNSUPPORTED


@pytest.mark.parametrize("head", [b'{"id": "1", "text": "Winds rose."}', b"<!doctype html><p>Winds rose."])
def test_an_article_under_such_a_name_is_read(head):
    assert isinstance(format_of("a.js", head), str)


def test_a_wire_story_with_a_few_control_characters_is_text():
    assert format_of("a.txt", b"\x0e BC-STORM \x0f 02-26\nWinds rose over the Rhine on Monday.\x03\n") == "text"


@pytest.mark.parametrize(
    ("name", "head", "container"),
    [
        ("a", b"\x1f\x8b\x08\0", "gzip"),
        ("a", b"BZh91AY&SY", "bzip2"),
        ("a.txt", b"BZh is not a digit", None),
        ("a", b"\xfd7zXZ\0\0", "xz"),
        ("a", b"\x28\xb5\x2f\xfd\0", "zstd"),
        ("a", b"PK\x03\x04\0", "zip"),
        ("a", b"\0" * 257 + b"ustar", "tar"),
        ("a.txt.gz", b"Winds rose.", None),
    ],
)
def test_a_container_is_told_by_its_first_bytes(name, head, container):
    assert container_of(name, head) == container


def test_every_format_loads_and_every_suffix_leads_to_one():
    assert set(SUFFIXES.values()) <= set(READERS.names())
    for name in READERS.names():
        assert hasattr(READERS.load(name), "read")
