import gzip
import sys
import zlib
from datetime import UTC, datetime

import pytest

from newsdedup.model.article import Article, SkipReason
from newsdedup.plan import ReaderParams

ROSE = "Winds rose over the Rhine on Monday, and by noon the ferries had stopped, the harbour master said."
PAGE = f"<!doctype html><html><head><title>Storm</title></head><body><article><p>{ROSE}</p></article></body></html>"


def http(body=PAGE, *fields, status="200 OK", content_type="text/html"):
    body = body.encode() if isinstance(body, str) else body
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {content_type}", *fields, "", ""]).encode() + body


def warc(block=None, *, kind="response", url="https://northwire.example/storm", length=None):
    block = http() if block is None else block
    return (
        (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2024-02-26T11:15:00Z\r\nWARC-Target-URI: {url}\r\n"
            f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
        ).encode()
        + block
        + b"\r\n\r\n"
    )


def arc(block=None, *, url="https://northwire.example/storm"):
    block = http() if block is None else block
    about = b"2 0 Northwire\nURL IP-address Archive-date Content-type Archive-length\n"
    head = f"filedesc://a.arc 0.0.0.0 20240226111500 text/plain {len(about)}\n".encode() + about + b"\n"
    return head + f"{url} 192.0.2.1 20240226111500 text/html {len(block)}\n".encode() + block + b"\n"


@pytest.fixture
def read(tmp_path, read_all):
    def read(content, name="a.warc", params=None):
        (tmp_path / name).write_bytes(content)
        return read_all(tmp_path / name, params=params)

    return read


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.warc", warc()),
        ("a.warc.gz", gzip.compress(warc())),
        ("a.bin", warc()),
        ("a.arc", arc()),
        ("a.arc.gz", gzip.compress(arc())),
        ("crawl", arc()),
    ],
)
def test_a_page_of_a_crawl_is_an_article(read, name, content):
    article = read(content, name)[-1]
    assert article.text == ROSE
    assert (article.title, article.url) == ("Storm", "https://northwire.example/storm")
    assert article.published == datetime(2024, 2, 26, 11, 15, tzinfo=UTC)


def test_a_date_that_a_page_tells_and_that_cannot_be_read_is_not_that_of_the_crawl(read):
    data = '{"@type": "NewsArticle", "headline": "Storm", "datePublished": "on Monday"}'
    page = PAGE.replace("</title>", f'</title><script type="application/ld+json">{data}</script>')
    (article,) = read(warc(http(page)))
    assert (article.published, article.date_text) == (None, "on Monday")


def chunked(body):
    body = body.encode()
    return b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (40, body[:40], len(body) - 40, body[40:])


@pytest.mark.parametrize(
    "reply",
    [
        http(chunked(PAGE), "Transfer-Encoding: chunked"),
        http(gzip.compress(PAGE.encode()), "Content-Encoding: gzip"),
        http(zlib.compress(PAGE.encode()), "Content-Encoding: deflate"),
        http(PAGE.replace("Rhine", "Løiten").encode("latin-1"), content_type="text/html; charset=iso-8859-1"),
    ],
)
def test_the_coding_and_the_encoding_of_a_reply_are_undone(read, reply):
    (article,) = read(warc(reply))
    assert article.text.replace("Løiten", "Rhine") == ROSE


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (warc(b"software: x", kind="warcinfo"), SkipReason.NOT_AN_ARTICLE),
        (warc(b"GET / HTTP/1.1\r\n\r\n", kind="request"), SkipReason.NOT_AN_ARTICLE),
        (warc(http(b""), kind="revisit"), SkipReason.NOT_AN_ARTICLE),
        (warc(http(status="404 Not Found")), SkipReason.NOT_AN_ARTICLE),
        (warc(http(b"GIF89a", content_type="image/gif")), SkipReason.NOT_AN_ARTICLE),
        (warc(http(b"\x1b\x03", "Content-Encoding: br")), SkipReason.UNSUPPORTED),
        (warc(http(b"")), SkipReason.EMPTY),
        (warc(http("<html><body></body></html>")), SkipReason.NO_TEXT),
        (warc(http(PAGE + " " * 2_000_000)), SkipReason.TOO_LARGE),
        (warc(length="x"), SkipReason.MALFORMED),
        (warc(length=-5), SkipReason.MALFORMED),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", SkipReason.MALFORMED),
        (b"WARC/1.0\r\n" + b"X: y\r\n" * 400_000 + b"\r\n", SkipReason.MALFORMED),
        (b"nonsense\r\n" * 99, SkipReason.MALFORMED),
    ],
)
def test_a_record_that_is_no_page_is_named_and_the_others_are_kept(read, record, reason):
    first, *others, last = read(warc() + record + warc(), params=ReaderParams(max_record_mb=1))
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert others[0].reason is reason
    assert len({other.origin for other in [first, *others, last]}) == len(others) + 2


def test_a_page_that_the_file_ends_within_is_truncated(read):
    whole, cut = read(warc() + warc()[:-100])
    assert isinstance(whole, Article)
    assert cut.reason is SkipReason.TRUNCATED


def test_without_the_extra_an_archive_says_what_to_install(read, monkeypatch):
    monkeypatch.setitem(sys.modules, "newsdedup.readers.warc_records", None)
    (skipped,) = read(warc())
    assert skipped.reason is SkipReason.UNSUPPORTED
    assert "pip install 'newsdedup[warc]'" in skipped.detail


READABLE = {
    "bad.arc": 0,
    "example-bad-non-chunked.warc.gz": 1,
    "example-bad.warc.gz.bad": 1,
    "example-digest.warc": 0,
    "example-iana.org-chunked.warc": 1,
    "example-resource.warc.gz": 1,
    "example-space-in-target-uri.warc.gz": 0,
    "example-space-in-url.arc": 1,
    "example-trunc.warc": 1,
    "example-wget-bad-target-uri.warc.gz": 1,
    "example-wrong-chunks.warc.gz": 1,
    "example.arc": 1,
    "example.arc.gz": 1,
    "example.warc": 1,
    "example.warc.gz": 1,
    "post-test.warc.gz": 0,
}
"""Pages in the samples of the makers of WARC tools, some of them broken on purpose."""


@pytest.mark.parametrize("name", READABLE)
def test_every_page_of_the_samples_is_read_and_all_else_is_named(shared, read_all, name, capfd):
    path = shared / "data/warc" / name
    if not path.exists():
        pytest.skip("the samples are not beside the project")
    records = read_all(path)
    articles = [record for record in records if isinstance(record, Article)]
    assert len(articles) == READABLE[name]
    assert all(article.url.startswith("http") and article.published for article in articles)
    assert [record.origin.record for record in records] == list(range(len(records)))
    assert all(record.detail for record in records if not isinstance(record, Article))
    assert capfd.readouterr() == ("", "")
