import time
from datetime import UTC, datetime

import pytest

from newsdedup.errors import MissingExtraError
from newsdedup.model.article import Article, Skipped, SkipReason
from newsdedup.plan import HtmlParams, ReaderParams
from newsdedup.readers import fast_page
from newsdedup.readers.web_page import declared_encoding

PARAGRAPHS = [
    "Heftige Winde über dem Rhein haben am Montag in Köln den Verkehr der Fähren zum Stillstand gebracht.",
    "Die Feuerwehr rückte nach eigenen Angaben bis zum Abend zu mehr als zweihundert Einsätzen aus.",
    "Verletzt wurde nach Auskunft der Behörden niemand, doch blieben viele Straßen bis zum Morgen gesperrt.",
]
PAGE = """<!DOCTYPE html>
<html lang="de"><head><meta charset="{charset}"><title>Sturm trifft Köln</title>
<meta name="author" content="Anna Person"><meta property="og:site_name" content="Rheinblatt">
<meta property="article:published_time" content="2024-03-19T08:00:00+01:00">
<link rel="canonical" href="https://example.org/sturm"></head>
<body><nav><a href="/">Startseite</a> <a href="/abo">Abonnieren</a></nav>
<article><h1>Sturm trifft Köln</h1>{paragraphs}</article><footer>Impressum</footer></body></html>"""


def page(charset="utf-8"):
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return PAGE.format(charset=charset, paragraphs=paragraphs)


def test_the_main_text_and_what_the_page_says_of_it_are_read(tmp_path, read_all):
    (tmp_path / "a.html").write_text(page())
    (article,) = read_all(tmp_path / "a.html")
    assert all(paragraph in article.text for paragraph in PARAGRAPHS)
    assert "Impressum" not in article.text
    assert "Abonnieren" not in article.text
    assert (article.id, article.title, article.byline) == ("a.html", "Sturm trifft Köln", "Anna Person")
    assert (article.publisher, article.url) == ("Rheinblatt", "https://example.org/sturm")
    assert (article.published, article.language) == (datetime(2024, 3, 19, 7, tzinfo=UTC), "de")


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "iso-8859-15", "utf-16"])
def test_a_page_is_read_in_the_encoding_it_declares(tmp_path, read_all, charset):
    (tmp_path / "a.html").write_bytes(page(charset).encode(charset))
    (article,) = read_all(tmp_path / "a.html")
    assert "über dem Rhein" in article.text


def test_a_page_may_declare_its_encoding_as_xml(tmp_path, read_all):
    content = '<?xml version="1.0" encoding="iso-8859-2"?>\n' + page("iso-8859-2").replace("Winde", "Wínde")
    (tmp_path / "a.xhtml").write_bytes(content.encode("iso-8859-2"))
    (article,) = read_all(tmp_path / "a.xhtml")
    assert "Wínde über" in article.text


@pytest.mark.parametrize(
    ("head", "encoding"),
    [(b"<meta charset=utf-8>", "utf-8"), (b'<META content="text/html; charset=KOI8-R">', "KOI8-R"), (b"<p>", None)],
)
def test_the_declaration_is_found(head, encoding):
    assert declared_encoding(head) == encoding


def test_a_page_without_text_is_named(tmp_path, read_all):
    (tmp_path / "a.html").write_text("<html><body><img src='storm.jpg'></body></html>")
    (skipped,) = read_all(tmp_path / "a.html")
    assert skipped.reason is SkipReason.NO_TEXT


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "blockquote"])
def test_a_hundred_thousand_nested_tags_are_survived(tmp_path, read_all, tag):
    (tmp_path / "a.html").write_text(f"<html><body>{f'<{tag}>' * 100_000}<p>{' '.join(PARAGRAPHS)}</p>")
    (record,) = read_all(tmp_path / "a.html")
    assert isinstance(record, Article | Skipped)


def test_a_page_that_is_too_large_is_skipped(tmp_path, read_all):
    (tmp_path / "a.html").write_text(page())
    (skipped,) = read_all(tmp_path / "a.html", params=ReaderParams(max_record_mb=0.0005))
    assert skipped.reason is SkipReason.TOO_LARGE


def test_a_page_in_ascii_that_says_it_is_utf_16_is_not(tmp_path, read_all):
    for padding in ("", " "):
        (tmp_path / "a.html").write_bytes((page("utf-16") + padding).encode("ascii", "xmlcharrefreplace"))
        (article,) = read_all(tmp_path / "a.html")
        assert article.title == "Sturm trifft Köln"


FAST = ReaderParams(html=HtmlParams("fast"))


def test_the_fast_extractor_reads_the_same_page(tmp_path, read_all):
    (tmp_path / "a.html").write_text(page())
    (article,) = read_all(tmp_path / "a.html", params=FAST)
    assert all(paragraph in article.text.split("\n\n") for paragraph in PARAGRAPHS)
    assert "Impressum" not in article.text
    assert (article.title, article.byline, article.publisher) == ("Sturm trifft Köln", "Anna Person", "Rheinblatt")
    assert (article.published, article.language) == (datetime(2024, 3, 19, 7, tzinfo=UTC), "de")


@pytest.mark.parametrize("content", ["<html></html>", "<html " + "<div>" * 1_000, "<html>" + "<div></div>" * 100_000])
def test_the_fast_extractor_survives_pages_without_text(tmp_path, read_all, content):
    (tmp_path / "a.html").write_text(content)
    (skipped,) = read_all(tmp_path / "a.html", params=FAST)
    assert skipped.reason is SkipReason.NO_TEXT


@pytest.mark.parametrize("tag", ["div", "article", "div><p", "DIV class='a'"])
def test_the_fast_extractor_skips_what_is_nested_too_deep_to_be_quick(tmp_path, read_all, tag):
    (tmp_path / "a.html").write_text("<html>" + f"<{tag}>" * 100_000)
    start = time.process_time()
    (skipped,) = read_all(tmp_path / "a.html", params=FAST)
    assert (skipped.reason, skipped.detail) == (SkipReason.MALFORMED, "ValueError: blocks nested more than 2000 deep")
    assert time.process_time() - start < 5


def test_a_missing_extra_stops_the_run_before_it_starts(tmp_path, read_all, monkeypatch):
    monkeypatch.setattr(fast_page, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"pip install 'newsdedup\[fast-html\]'"):
        read_all(tmp_path, params=FAST)


def test_teasers_embedded_posts_and_small_print_are_dropped(corpus_dir, read_all):
    (article,) = read_all(corpus_dir / "wire/formats/page.html")
    assert article.text.endswith("drives a bus.")
