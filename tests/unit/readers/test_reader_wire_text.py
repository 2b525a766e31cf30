import io
from datetime import UTC, datetime

import pytest

from newsdedup.model.article import Article, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers import anpa1312, iptc7901
from newsdedup.readers.interface import Source
from newsdedup.readers.wire_characters import wire_text

PARAMS = ReaderParams()


def read(reader, data, params=PARAMS):
    return list(reader.READER.read(Source("a", "a"), io.BytesIO(data), params))


def anpa(body=b"\tWinds rose.<\r\n", *, slug=b"BC-Storm", number=b"a0584", sent=b"NW-WF-02-26-24 0115GMT"):
    header = b"\x16\x16\x01" + number + b"\x1fbc-h9\r\nr a\x13\x11 " + slug + b" 02-26 0214\r\n"
    return header + b"\x02" + body + b"\x03" + sent + b"<\r\n\x04"


def iptc(
    body=b"Storm =\r\n\r\n   Winds rose.\r\n", *, keywords=b"Weather/Storm/", number=b"0123", sent=b"261115 Feb 24"
):
    header = b"\x16\x16\x01nwr" + number + b" 4 vm 214  nwr 0456\r\n" + keywords + b"\r\n"
    return header + b"\x02" + body + b"\x03" + sent + b"\r\n\x04\x04"


def test_an_anpa_story_is_taken_apart():
    body = (
        b"^BC-US--Storm, 1st Ld-Writethru,0214<\r\n^Winds close the port<\r\n^Eds: UPDATES throughout.<\r\n"
        b"^By HOLLIS DARROW=\r\n^Northwire Writer=\r\n\tHARBOUR (NW) _ Winds rose.<\r\n\tBy noon it was over.<\r\n"
    )
    (article,) = read(anpa1312, anpa(body, slug=b"BC-Storm, 1st Ld-Writethru"))
    assert article.title == "Winds close the port"
    assert article.text == "HARBOUR (NW) — Winds rose.\n\tBy noon it was over."
    assert (article.slug, article.version, article.byline) == ("BC-Storm", "1st Ld-Writethru", "HOLLIS DARROW")
    assert (article.publisher, article.guid) == ("NW", "anpa1312:NW:20240226:a0584")
    assert article.published == datetime(2024, 2, 26, 1, 15, tzinfo=UTC)


def test_an_iptc_message_is_taken_apart():
    body = (
        b"B\xc8oen schlie\xfben den Hafen =\r\nVon Hollis Darrow =\r\n\r\n   Harbour (nwr) - Der Wind frischte auf.\r\n"
    )
    (article,) = read(iptc7901, iptc(body))
    assert (article.title, article.byline) == ("Böen schließen den Hafen", "Hollis Darrow")
    assert article.text == "Harbour (nwr) - Der Wind frischte auf."
    assert (article.slug, article.publisher) == ("Weather/Storm", "nwr")
    assert article.guid == "iptc7901:nwr:20240226:0123"
    assert article.published == datetime(2024, 2, 26, 11, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "title", "text"),
    [
        (b"Storm closes port =\r\n\r\n   Winds rose.\r\n", "Storm closes port", "Winds rose."),
        (b"Storm closes\r\nport\r\n   Winds rose.\r\n", "Storm closes port", "Winds rose."),
        (b"\r\nStorm closes port\r\n\r\nWinds rose.\r\n", "Storm closes port", "Winds rose."),
        (b"Winds rose.\r\n\r\nIt ended.\r\n", "", "Winds rose.\n\nIt ended."),
        (b"Winds rose over\r\nthe Rhine.\r\n   It ended.", "", "Winds rose over\nthe Rhine.\n   It ended."),
        (b"   Winds rose.\r\n   It ended.\r\n", "", "Winds rose.\n   It ended."),
        (b"Storm closes port", "", "Storm closes port"),
        (b"Storm closes port =\r\n", "", "Storm closes port"),
        (b"Storm =\r\nBy Hollis Darrow\r\n\r\n   Winds rose.", "Storm", "Winds rose."),
        (
            b"Storm =\r\n   By noon the ferries had stopped and nobody was on the quay any more, he said. "
            + b"x" * 200,
            "Storm",
            "By noon the ferries had stopped and nobody was on the quay any more, he said. " + "x" * 200,
        ),
    ],
)
def test_the_headline_of_an_iptc_message_is_told_from_its_text(body, title, text):
    (article,) = read(iptc7901, iptc(body))
    assert (article.title, article.text) == (title, text)


@pytest.mark.parametrize(("reader", "message"), [(anpa1312, anpa), (iptc7901, iptc)])
def test_many_messages_stand_in_one_file(reader, message):
    records = read(
        reader, b"\r\n".join(message(number=b"a%04d" % n if message is anpa else b"%04d" % n) for n in range(300))
    )
    assert [record.id for record in records] == [f"a#{n}" for n in range(300)]
    assert len({record.guid for record in records}) == 300


@pytest.mark.parametrize(("reader", "message"), [(anpa1312, anpa), (iptc7901, iptc)])
def test_a_broken_message_is_named_and_the_others_are_kept(reader, message):
    good = message()
    endless = message().partition(b"\x03")[0]
    headless = b"\x01nonsense\x02Winds rose.\x03"
    textless = message(b"\r\n")
    startless = b"\x01nonsense\r\n"
    records = read(reader, b"static" + good + endless + headless + textless + startless + good)
    assert [getattr(record, "reason", None) for record in records] == [
        SkipReason.MALFORMED,
        None,
        SkipReason.TRUNCATED,
        SkipReason.MALFORMED,
        SkipReason.NO_TEXT,
        SkipReason.MALFORMED,
        None,
    ]
    assert [record.origin.record for record in records] == list(range(7))


def test_a_message_that_is_too_large_is_skipped_alone():
    records = read(anpa1312, anpa() + anpa(b"\tx" * 60_000) + anpa(), ReaderParams(max_record_mb=0.1))
    assert [getattr(record, "reason", None) for record in records] == [None, SkipReason.TOO_LARGE, None]


def test_an_article_without_a_date_in_its_trailer_has_none():
    (story,) = read(anpa1312, anpa(sent=b""))
    (message,) = read(iptc7901, iptc(sent=b""))
    assert (story.published, story.guid, message.published, message.guid) == (None, "", None, "")


def test_takes_are_joined_though_others_were_sent_between_them():
    records = read(
        anpa1312,
        anpa(b"\tWinds rose.<\r\n\t(MORE)\r\n", slug=b"BC-Storm,2 Takes")
        + anpa(b"\tChess.<\r\n", slug=b"BC-Chess")
        + anpa(b"\tHARBOUR: rose.<\r\n\tIt ended.<\r\n", slug=b"BC-Storm,1st Add"),
    )
    assert [record.text for record in records] == ["Winds rose.\n\nHARBOUR: rose.\n\tIt ended.", "Chess."]


def test_takes_of_iptc_messages_are_joined():
    records = read(iptc7901, iptc(keywords=b"STORM") + iptc(b"   It ended.\r\n", keywords=b"STORM =2"))
    assert [record.text for record in records] == ["Winds rose.\n\nIt ended."]


def test_a_take_whose_first_is_not_there_stays_an_article_told_by_its_version():
    records = read(anpa1312, anpa(slug=b"BC-Chess") + anpa(slug=b"BC-Storm,1st Add"))
    assert [(record.slug, record.version) for record in records] == [("BC-Chess", ""), ("BC-Storm", "1st Add")]


def test_a_new_lead_is_no_take():
    records = read(anpa1312, anpa(slug=b"BC-Storm") + anpa(slug=b"BC-Storm,1st Ld-Writethru"))
    assert len(records) == 2


def test_takes_do_not_make_a_text_longer_than_a_record_may_be():
    take = anpa(b"\t" + b"Winds rose. " * 500 + b"\r\n", slug=b"BC-Storm,1st Add")
    records = read(anpa1312, anpa() + take * 30, ReaderParams(max_record_mb=0.01))
    assert all(len(record.text) <= 10_000 for record in records)
    assert all(isinstance(record, Article) for record in records)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"M\xc8unchen, Stra\xfbe, caf\xc2e", "München, Straße, café"),  # ISO 6937
        (b"\xcfCesk\xc2y Krumlov, \xe8\xc2od\xcfz", "Český Krumlov, Łódž"),
        ("München, Straße, Ça va, Élysée".encode("cp1252"), "München, Straße, Ça va, Élysée"),
        ("München, Straße".encode(), "München, Straße"),
        (b"Mu\x08\"nchen, cafe\x08', '\x08ecole", "München, café, école"),  # letters struck over
        (b"\x0eBold\x0f, \x1b1bold\x1b0, thin\x1espace, em\x1cspace", "Bold, bold, thin space, em space"),
        (b"\x1b%GK\xc3\xb6ln", "Köln"),  # ISO 2022: UTF-8 follows
        (b"one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
    ],
)
def test_characters_of_two_bytes_are_put_together_and_control_sequences_taken_out(data, text):
    assert wire_text(data) == text


def test_a_declared_encoding_wins_over_iso_6937():
    assert wire_text("MИr".encode("cp1251"), "cp1251") == "MИr"
