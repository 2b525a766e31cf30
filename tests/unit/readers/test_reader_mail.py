import io
from datetime import UTC, datetime

import pytest

from newsdedup.model.article import SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers import eml, mbox
from newsdedup.readers.interface import Source

PLAIN = "Content-Type: text/plain; charset=utf-8"
HEAD = """\
Return-Path: <desk@northwire.example>
Message-ID: <0107@northwire.example>
Date: Mon, 26 Feb 2024 12:15:00 +0100 (CET)
From: Hollis Darrow <desk@Northwire.example>
Subject: Winds close the port
MIME-Version: 1.0
"""
ROSE = "Winds rose over the Rhine on Monday, and by noon the ferries had stopped."


def read(data, reader=eml, params=None):
    data = data.encode() if isinstance(data, str) else data
    return list(reader.READER.read(Source("a", "a"), io.BytesIO(data), params or ReaderParams()))


def mail(*fields, body=ROSE):
    return HEAD + "\n".join(fields) + f"\n\n{body}\n"


def test_a_message_is_taken_apart():
    (article,) = read(mail(PLAIN, "Content-Language: en"))
    assert (article.id, article.text, article.title) == ("a", ROSE, "Winds close the port")
    assert (article.byline, article.publisher) == ("Hollis Darrow", "northwire.example")
    assert article.published == datetime(2024, 2, 26, 11, 15, tzinfo=UTC)
    assert (article.guid, article.language) == ("0107@northwire.example", "en")


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("=?iso-8859-1?q?Sturm_=FCber_K=F6ln?=", "Sturm über Köln"),
        ("=?utf-8?b?U3R1cm0gw7xiZXI=?= =?utf-8?b?IEvDtmxu?=", "Sturm über Köln"),
        ("Sturm\n über\n Köln", "Sturm über Köln"),
        ("=?no-such-charset?q?Sturm?=", "Sturm"),
        ("=?utf-8?b?not base64", "=?utf-8?b?not base64"),
        ("=?utf-8?b?a?=", "=?utf-8?b?a?="),
        ("", ""),
    ],
)
def test_a_subject_is_decoded_as_far_as_it_can_be(subject, title):
    (article,) = read(mail(PLAIN).replace("Winds close the port", subject))
    assert article.title == title
    assert article.text == ROSE


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_header_of_raw_bytes_is_decoded_as_text_is(encoding):
    (article,) = read(mail(PLAIN).replace("Winds close the port", "Sturm über Köln").encode(encoding))
    assert article.title == "Sturm über Köln"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("koi8-r", "koi8-r"),
        ("windows-1251", "cp1251"),
        ("utf-8", "koi8-r"),
        ("no-such-charset", "utf-8"),
        ("us-ascii", "utf-8"),
        ('"utf-8"', "utf-8"),
    ],
)
def test_the_charset_of_a_part_counts_unless_it_is_wrong(declared, encoding):
    text = "Президент России заявил в понедельник, что страна готова к переговорам. Решение будет принято позже."
    head = f"{HEAD}Content-Type: text/plain; charset={declared}\nContent-Transfer-Encoding: 8bit\n\n".encode()
    (article,) = read(head + text.encode(encoding))
    assert article.text == text


def parts(*contents, subtype="alternative"):
    inner = "".join(f"--b\n{content}\n" for content in contents)
    return mail(f'Content-Type: multipart/{subtype}; boundary="b"', body=f"{inner}--b--")


HTML = f"Content-Type: text/html; charset=utf-8\n\n<div><b>{ROSE}</b></div><div>It ended at 9:40 p.m.</div>"
ATTACHED = 'Content-Type: text/plain\nContent-Disposition: attachment; filename="a.txt"\n\nNot for print.'


def test_a_date_that_cannot_be_read_is_kept_as_it_came():
    (article,) = read(mail(PLAIN).replace("Mon, 26 Feb 2024 12:15:00 +0100 (CET)", "03/04/2024"))
    assert (article.published, article.date_text) == (None, "03/04/2024")


def test_the_plain_part_is_preferred_wherever_it_stands():
    (article,) = read(parts(HTML, f"{PLAIN}\n\nPlain words."))
    assert article.text == "Plain words."


def test_html_alone_becomes_text_though_it_is_no_page():
    (article,) = read(parts(HTML, ATTACHED))
    assert article.text.split() == f"{ROSE} It ended at 9:40 p.m.".split()


def test_an_html_part_of_a_few_words_is_read_too():
    (article,) = read(mail("Content-Type: text/html", body="<p>It <b>ended</b>.</p><p>At last.</p>"))
    assert article.text == "It ended.\nAt last."


def test_parts_that_follow_each_other_are_one_text_and_attachments_none():
    (article,) = read(parts(f"{PLAIN}\n\nOne.", ATTACHED, f"{PLAIN}\n\nTwo.", subtype="mixed"))
    assert article.text == "One.\n\nTwo."


def test_a_message_without_text_is_named():
    (skipped,) = read(parts("Content-Type: image/png\n\nPNG", ATTACHED, subtype="mixed"))
    assert skipped.reason is SkipReason.NO_TEXT


def test_a_mailbox_holds_many_messages():
    box = "".join(f"From desk@x Mon Feb 26 12:15:00 2024\n{mail(PLAIN)}\n" for _ in range(200))
    records = read(box, mbox)
    assert [record.id for record in records] == [f"a#{n}" for n in range(200)]
    assert {record.text for record in records} == {ROSE}


def test_a_line_of_text_that_begins_with_from_divides_no_message():
    body = "From Monday the ferries will not run.\n\nFrom Harbour to Vessel Hill.\n\n>From the desk in 2024."
    (article,) = read(f"From desk@x Mon Feb 26 12:15:00 2024\n{mail(PLAIN, body=body)}", mbox)
    assert article.text == body.replace(">From", "From")


def test_a_message_that_is_too_large_is_skipped_alone():
    sizes = (10, 200_000, 10)
    box = "".join(f"From desk@x Mon Feb 26 12:15:00 2024\n{mail(PLAIN, body='x' * size)}\n" for size in sizes)
    records = read(box, mbox, ReaderParams(max_record_mb=0.1))
    assert [getattr(record, "reason", None) for record in records] == [None, SkipReason.TOO_LARGE, None]


def test_a_mailbox_with_carriage_returns_is_read():
    box = "".join(f"From desk@x Mon Feb 26 12:15:00 2024\n{mail(PLAIN)}\n" for _ in range(3)).replace("\n", "\r\n")
    assert [record.text for record in read(box, mbox)] == [ROSE] * 3
