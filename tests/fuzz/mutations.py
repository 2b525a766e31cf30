"""Damage done to real files: what disks, networks, editors and the hostile do to them."""

import re

TOKENS = {
    "markup": (
        *(b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?xml version='1.0' encoding='utf-7'?>", b"&", b"&#0;"),
        *(b"&#x110000;", b"&#xd800;", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', b"&b;", b"<p>", b"</p>"),
        *(b"<div>" * 3000, b"<b>" * 3000, b"<table><tr><td>" * 500, b"<script>", b"<title>", b' a="' * 500, b"<body>"),
        *(b"<a><b></a></b>", b"xmlns:x='y'", b"<x:y>", b"]]&gt;", b"<REUTERS", b"</REUTERS>", b"<TEXT>", b"</TEXT>"),
    ),
    "json": (
        *(b"[" * 3000, b'{"a":' * 3000, b"]", b"}", b'"', b"\\", b"\\ud800", b"\\u0000", b"null", b"true", b"1e999", b"-"),
        *(b"9" * 5000, b"NaN", b"Infinity", b'{"text": "Winds rose."}', b'"text":', b",", b":", b"\x1e", b'""', b"{}", b"[]"),
    ),
    "table": (b'"', b'""', b",", b";", b"\t", b"|", b"\r", b"\r\n", b"\n", b"text", b"," * 5000, b'"' * 4999, b"\x00"),
    "mail": (
        *(b"From a@b Mon Jun  3 08:15:00 2024\n", b"\nContent-Type: multipart/mixed; boundary=b\n\n--b\n", b"\n--b\n"),
        *(b"\n--b--\n", b"\nContent-Type: message/rfc822\n", b"\nContent-Transfer-Encoding: base64\n", b"=?utf-8?b?/w==?="),
        *(b"\nContent-Transfer-Encoding: x-uuencode\n", b"=?utf-8?q?=FF=?=", b"\nSubject: =?x?x?x?=", b"charset*0*=utf-8''%ff"),
        *(b"\nFrom: " + b"(" * 900, b"\nDate: Mon, 99 Foo 99999 99:99:99 +9999\n", b"\nMessage-ID: <", b"\nContent-Type: text/html\n"),
        *(b"charset=utf-7", b"charset=idna", b"charset=unicode_escape", b"charset=utf-16", b'charset="', b"\nFrom \n", b">From "),
    ),
    "wire": (
        *(b"\x01", b"\x02", b"\x03", b"\x04", b"\x16", b"\x1f", b"\x1b", b"\x08", b"^", b"<", b"=", b"\r\n", b"a0584\x1fbc-h9\r\n"),
        *(b"r a\x13\x11 BC-Storm,1st Add 02-26 0214\r\n\x02", b"nwr0123 4 vm 214\r\nSTORM =2\r\n\x02", b" " * 3000, b"\xc8u"),
        *(b"\xc1", b"\xcf", b"NW-WF-02-30-99 2575GMT", b"994561 Feb 24", b"e\x08'", b"\x1b%G", b"2nd Ld", b"(MORE)"),
    ),
    "archive": (
        *(b"\r\n", b"\r\n\r\n", b"WARC/1.0\r\n", b"HTTP/1.1 200 OK\r\n", b"Content-Length: 99999999999\r\n", b"Content-Length: -1\r\n"),
        *(b"Transfer-Encoding: chunked\r\n\r\nffffffff\r\n", b"Content-Encoding: gzip\r\n", b"WARC-Type: response\r\n", b"\x1f\x8b\x08"),
        *(b"Content-Type: text/html; charset=\r\n", b"http://a/ 1.2.3.4 20240226111500 text/html 99\n", b"WARC-Target-URI: \r\n"),
    ),
    "binary": (b"\x00" * 8, b"\xff" * 8, b"\x7f\xff\xff\xff", b"\x80\x00\x00\x00", b"PAR1", b"ARROW1", b"\xff\xff\xff\xff\x00\x00\x00\x00"),
    "text": (
        *(b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\x85"),
        *(b"\xe2\x80\xa8", b"---\n", b"...\n", b"# ", b"- : [", b"&a *a", b"!!python/object:os.system ", b"\x1a", b"\x0c"),
    ),
}  # fmt: skip
FAMILIES = {
    "html": ("markup",),
    "reuters-sgml": ("markup",),
    "json": ("json",),
    "jsonl": ("json",),
    "csv": ("table",),
    "tsv": ("table",),
    "eml": ("mail", "markup"),
    "mbox": ("mail", "markup"),
    "iptc7901": ("wire",),
    "anpa1312": ("wire",),
    "warc": ("archive", "markup"),
    "parquet": ("binary",),
    "arrow": ("binary",),
    "zip": ("binary",),
    "tar": ("binary",),
}
"""Which tokens mean something in which format; those of text may stand in any. XML formats are all markup."""
_NUMBER = re.compile(rb"\d+")
_NUMBERS = (b"0", b"-1", b"1", b"255", b"65536", b"2147483648", b"4294967295", b"9" * 20, b"9" * 400, b"1e9", b"0x10")
_MOST_BYTES = 300_000


def tokens_of(family):
    """What is put into files of a family."""
    kinds = FAMILIES.get(family, ("markup", "json"))
    return [token for kind in (*kinds, "text") for token in TOKENS[kind]]


def mutate(data, others, tokens, random):
    """A damaged copy of `data`; `others` are files that pieces of may get into it."""
    mutated = bytearray(data)
    for _ in range(random.randint(1, 8)):
        random.choice(_DAMAGES)(mutated, others, tokens, random)
        del mutated[_MOST_BYTES:]
    return bytes(mutated)


def _range(data, random, most=None):
    start = random.randint(0, len(data))
    return start, min(len(data), start + random.randint(0, most or len(data)))


def _flip(data, others, tokens, random):
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _overwrite(data, others, tokens, random):
    start, stop = _range(data, random, 8)
    data[start:stop] = random.randbytes(stop - start)


def _insert_token(data, others, tokens, random):
    at = random.randint(0, len(data))
    data[at:at] = random.choice(tokens)


def _replace_by_token(data, others, tokens, random):
    start, stop = _range(data, random, 40)
    data[start:stop] = random.choice(tokens)


def _delete(data, others, tokens, random):
    start, stop = _range(data, random, 200)
    del data[start:stop]


def _truncate(data, others, tokens, random):
    del data[random.randint(0, len(data)) :]


def _behead(data, others, tokens, random):
    del data[: random.randint(0, min(len(data), 100))]


def _double(data, others, tokens, random):
    start, stop = _range(data, random, 2000)
    data[start:start] = data[start:stop] * random.choice((1, 2, 50))


def _move(data, others, tokens, random):
    start, stop = _range(data, random, 500)
    piece = bytes(data[start:stop])
    del data[start:stop]
    at = random.randint(0, len(data))
    data[at:at] = piece


def _splice(data, others, tokens, random):
    start, stop = _range(data, random)
    other = random.choice(others)
    begin, end = _range(other, random, 5000)
    data[start:stop] = other[begin:end]


def _renumber(data, others, tokens, random):
    numbers = list(_NUMBER.finditer(data))
    if numbers:
        number = random.choice(numbers)
        data[number.start() : number.end()] = random.choice(_NUMBERS)


def _reencode(data, others, tokens, random):
    data[:] = data.decode("utf-8", "replace").encode(random.choice(("utf-16", "utf-32", "cp1252", "utf-7")), "replace")


def _without_newlines(data, others, tokens, random):
    data[:] = data.replace(b"\n", random.choice((b"", b"\r", b"\r\n", b"\x85", b"\0")))


_DAMAGES = (
    *(_flip, _flip, _overwrite, _insert_token, _insert_token, _replace_by_token, _delete, _truncate, _behead, _double),
    *(_move, _splice, _renumber, _renumber, _reencode, _without_newlines),
)
