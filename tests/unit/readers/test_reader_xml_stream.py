import pytest

from newsdedup.model.article import Article, Skipped, SkipReason
from newsdedup.plan import ReaderParams

NITF = "<nitf><body><body.content><p>{}</p></body.content></body></nitf>"
LAUGHS = "".join(f'<!ENTITY l{n + 1} "' + f"&l{n};" * 10 + '">' for n in range(9))
HOSTILE = {
    "an external entity": '<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + NITF.format("&x;"),
    "an external entity in an attribute": '<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    '<nitf><body id="&x;"/></nitf>',
    "an entity of the document": '<!DOCTYPE nitf [<!ENTITY x "y">]>' + NITF.format("&x;"),
    "an external entity in the head": '<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    "<nitf><head><title>&x;</title></head><body><body.content><p>Text.</p></body.content></body></nitf>",
    "billion laughs": f'<!DOCTYPE nitf [<!ENTITY l0 "ha">{LAUGHS}]>' + NITF.format("&l9;"),
    "billion laughs in an attribute": f'<!DOCTYPE nitf [<!ENTITY l0 "ha">{LAUGHS}]><nitf id="&l9;"/>',
    "deep nesting": "<nitf>" * 100_000 + "</nitf>" * 100_000,
    "deep nesting in the body": NITF.format("<em>" * 100_000 + "x" + "</em>" * 100_000),
    "many attributes alike": "<nitf " + 'a="1" ' * 10_000 + "/>",
    "no end": NITF.format("x")[:-7],
    "two ends": NITF.format("x") + "</nitf>",
}


def read(tmp_path, read_all, data, name="a.xml", **params):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_all(path, params=ReaderParams(**params))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_are_skipped(tmp_path, read_all, name):
    records = read(tmp_path, read_all, HOSTILE[name])

    assert isinstance(records[-1], Skipped)
    assert records[-1].reason in {SkipReason.MALFORMED, SkipReason.TRUNCATED}
    assert name == "two ends" or len(records) == 1


def test_a_document_type_is_neither_fetched_nor_needed_for_the_entities_of_html(tmp_path, read_all):
    doctype = '<!DOCTYPE nitf SYSTEM "http://127.0.0.1:9/nitf.dtd">'
    for data in (NITF.format("caf&eacute;&nbsp;au lait"), doctype + NITF.format("caf&eacute;&nbsp;au lait")):
        (article,) = read(tmp_path, read_all, data)
        assert article.text == "café au lait"


def test_a_parameter_entity_is_not_fetched(tmp_path, read_all):
    subset = '<!DOCTYPE nitf [<!ENTITY % nitf SYSTEM "nitf.dtd"> %nitf;]>'
    (article,) = read(tmp_path, read_all, subset + NITF.format("Text."))

    assert article.text == "Text."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "iso-8859-1", "windows-1252"])
def test_the_encoding_is_the_declared_one_or_that_of_the_mark(tmp_path, read_all, encoding):
    declared = encoding.removesuffix("-sig").removesuffix("-le")
    data = f'<?xml version="1.0" encoding="{declared}"?>\n{NITF.format("Über Bäche")}'.encode(encoding)
    (article,) = read(tmp_path, read_all, data)

    assert article.text == "Über Bäche"


@pytest.mark.parametrize("declared", ["utf-8", "utf-16", "no-such-encoding"])
def test_bytes_that_do_not_fit_what_is_declared_are_taken_for_windows_1252(tmp_path, read_all, declared):
    data = f'<?xml version="1.0" encoding="{declared}"?>{NITF.format("Über Bäche")}'.encode("cp1252")
    (article,) = read(tmp_path, read_all, data)

    assert article.text == "Über Bäche"


def test_an_encoding_from_the_configuration_goes_over_the_declared_one(tmp_path, read_all):
    data = f'<?xml version="1.0" encoding="utf-8"?>{NITF.format("Привет")}'.encode("koi8-r")
    (article,) = read(tmp_path, read_all, data, encoding="koi8-r")

    assert article.text == "Привет"


def test_control_characters_of_the_wire_are_left_out(tmp_path, read_all):
    (article,) = read(tmp_path, read_all, NITF.format("a\x02b\x1b&#3;c&#x1F;d&#10;e\ufffe"))

    assert article.text == "abcd e"


def test_a_message_may_be_longer_than_a_record_may_be(tmp_path, read_all):
    item = '<newsItem guid="g{}"><contentSet><inlineXML><p>{}</p></inlineXML></contentSet></newsItem>'
    data = (
        "<newsMessage><itemSet>"
        + "".join(item.format(n, "words " * 1000) for n in range(500))
        + "</itemSet></newsMessage>"
    )
    records = read(tmp_path, read_all, data, max_record_mb=0.2)

    assert len(data) > 2_000_000
    assert [record.id for record in records if isinstance(record, Article)] == [f"g{n}" for n in range(500)]


def test_a_record_that_is_too_large_is_skipped(tmp_path, read_all):
    (record,) = read(tmp_path, read_all, NITF.format("words " * 100_000), max_record_mb=0.2)

    assert record.reason is SkipReason.TOO_LARGE


def test_what_came_before_a_break_is_kept(tmp_path, read_all):
    item = '<newsItem guid="g{}"><contentSet><inlineXML><p>Text.</p></inlineXML></contentSet></newsItem>'
    data = "<newsMessage><itemSet>" + item.format(1) + item.format(2) + "<newsItem><oops"
    *articles, last = read(tmp_path, read_all, data)

    assert [article.id for article in articles] == ["g1", "g2"]
    assert (last.reason, last.origin.record) == (SkipReason.TRUNCATED, 2)


@pytest.mark.parametrize(
    "data", ["<?xml version='1.0'?><catalog/>", "<catalog><cd>One</cd></catalog>", "<rdf:RDF xmlns:rdf='x'/>"]
)
def test_xml_of_another_kind_is_refused(tmp_path, read_all, data):
    (record,) = read(tmp_path, read_all, data)

    assert record.reason is SkipReason.UNSUPPORTED


def test_a_root_is_found_below_comments_instructions_and_a_document_type(tmp_path, read_all):
    above = "<?xml version='1.0'?>\n<?xml-stylesheet href='a'?><!-- <rss> --><!DOCTYPE nitf [ <!ELEMENT nitf ANY> ]>\n"
    (article,) = read(tmp_path, read_all, above + NITF.format("Text."), name="a.txt")

    assert article.text == "Text."


def test_utf_16_that_breaks_off_within_a_character_is_truncated_xml(tmp_path, read_all):
    *_, last = read(tmp_path, read_all, NITF.format("Text.").encode("utf-16")[:-1])

    assert last.reason in {SkipReason.TRUNCATED, SkipReason.MALFORMED}
