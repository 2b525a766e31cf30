"""What a stream holds, told by its first bytes and, where those leave it open, by the suffix of its name."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import Final

import orjson

from newsdedup.model.article import SkipReason
from newsdedup.readers import READERS, SUFFIXES
from newsdedup.readers.encoding import byte_order_mark, wide_encoding
from newsdedup.readers.xml_root import xml_format_of

CONTAINERS: Final = {
    b"\x1f\x8b\x08": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ\0": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
}
_PACKED_FIRST_BYTES: Final = frozenset(mark[:1] for mark in CONTAINERS)
_TAR_MARK: Final = slice(257, 262)

_REFUSED: Final = {
    b"%PDF-": (SkipReason.UNSUPPORTED, "a PDF document"),
    b"{\\rtf": (SkipReason.UNSUPPORTED, "a rich text (RTF) document"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": (SkipReason.UNSUPPORTED, "an old Office document"),
    b"7z\xbc\xaf\x27\x1c": (SkipReason.UNSUPPORTED, "a 7-Zip archive; unpack it first"),
    b"Rar!\x1a\x07": (SkipReason.UNSUPPORTED, "a RAR archive; unpack it first"),
    b"\x89PNG": (SkipReason.BINARY, "a PNG image"),
    b"\xff\xd8\xff": (SkipReason.BINARY, "a JPEG image"),
    b"GIF8": (SkipReason.BINARY, "a GIF image"),
    b"\x7fELF": (SkipReason.BINARY, "a program"),
    b"SQLite format 3\0": (SkipReason.BINARY, "a SQLite database"),
    b"ID3": (SkipReason.BINARY, "an MP3 recording"),
}
_NEVER_ARTICLES: Final = {
    ".css": "a style sheet",
    ".js": "a script",
    ".mjs": "a script",
    ".map": "a map of a script's source",
    ".dtd": "a document type definition",
}
"""Suffixes of what lies beside articles, as in the folder of a saved page, and would be taken for a text."""

_ARROW_STREAM: Final = b"\xff\xff\xff\xff"
"""Then comes the length of the schema."""
_MOST_SCHEMA: Final = 1 << 24
_BINARY_FORMATS: Final = {
    b"WARC/0.": "warc",
    b"WARC/1.": "warc",
    b"filedesc://": "warc",
    b"PAR1": "parquet",
    b"ARROW1\0\0": "arrow",
    b"FEA1": "arrow",
    _ARROW_STREAM: "arrow",
}
"""Formats that are no text, though they may hold some."""
_MARKED_FIRST_BYTES: Final = frozenset(mark[0] for mark in (*_REFUSED, *_BINARY_FORMATS))

_CONTROLS: Final = bytes(b for b in range(32) if b not in b"\t\n\x0b\x0c\r\x1b") + b"\x7f"
_MOST_CONTROLS: Final = 0.1
"""Share of control characters above which a stream is no text; old wire copy has some."""

_MOST_ZEROS: Final = 0.005
"""Share of zero bytes above which it is none either; one that was left in a text costs no file."""

_PROLOGUE: Final = rb"(?:\s|<\?xml[^>]{0,200}\?>|<!--.{0,4000}?-->)*"
_HTML: Final = re.compile(_PROLOGUE + rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL)
_REUTERS: Final = re.compile(_PROLOGUE + rb"<(?:!DOCTYPE\s+lewis|REUTERS)[\s>]", re.DOTALL)
_XML: Final = re.compile(rb"\s*<\?xml[\s]")
_IDLE: Final = rb"[\x00\x04\x16\x7f\s]*\x01\s*"
_IPTC_7901: Final = re.compile(_IDLE + rb"[A-Za-z]{2,6} ?\d{1,5} +\d +\w{1,6} +\d{1,5}\b")
_ANPA_1312: Final = re.compile(
    _IDLE + rb"(?:[a-z]\d{3,5}[^\n]{0,80}\n\s*)?[a-z] [a-z][^\n]{1,200}\s\d{1,2}-\d{1,2}\s+\d{2,5}\s*\x02",
    re.IGNORECASE,
)
_HEADER_FIELDS: Final = re.compile(rb"(?:([\w-]{1,60}):[^\n]*\n(?:[ \t][^\n]*\n)*)++", re.ASCII)
_FIELD: Final = re.compile(rb"^([\w-]{1,60}):", re.MULTILINE | re.ASCII)
_MAIL_FIELDS: Final = frozenset({b"from", b"date", b"subject", b"to"})
_TRANSPORT_FIELDS: Final = frozenset({b"message-id", b"received", b"mime-version", b"return-path"})
_MBOX: Final = re.compile(
    rb"From \S{1,200}[^\n]{0,50} \d\d:\d\d[^\n]{0,50}\b\d{4}\b[^\n]{0,50}\n[\w-]{1,60}:", re.ASCII
)
_JSON_OBJECT: Final = re.compile(rb"\s*\{\s*\"")
_JSON_LIST: Final = re.compile(rb"\s*\[\s*(?:\{|\]|$)")
_JSON_PRETTY: Final = re.compile(rb"\s*(?:\[\s*)?\{[ \t]*\r?\n\s*\"[^\"\n]*\"\s*:|\s*\[\s*\{\s*\"[^\"\n]*\"\s*:")
_FIRST_LINES: Final = 4


@dataclass(frozen=True, slots=True)
class Refused:
    """A stream that no reader takes, and why."""

    reason: SkipReason
    detail: str


def container_of(name: str, head: bytes) -> str | None:
    """The compression or archive that a stream is packed in, if it is: gzip, bzip2, xz, zstd, zip or tar."""
    if head[_TAR_MARK] == b"ustar":
        return "tar"
    if head[:1] in _PACKED_FIRST_BYTES:
        for mark, container in CONTAINERS.items():
            if head.startswith(mark) and (container != "bzip2" or head[3:4].isdigit()):
                return container
    # the tar of the seventies has no mark
    return "tar" if name.lower().endswith(".tar") and len(head) >= 512 and b"\0" in head[:512] else None


def format_of(name: str, head: bytes, declared: str | None = None) -> str | Refused:
    """The name in READERS of the format of a stream that begins with `head` and is not packed."""
    if head[0] in _MARKED_FIRST_BYTES and (marked := _format_of_mark(head)):
        return marked
    if wide := wide_encoding(head, declared):
        head = head[: len(head) & ~3].decode(wide, "replace").encode()
    elif wire := _wire_format(head):
        return wire
    elif head.count(0) > _MOST_ZEROS * len(head):
        return Refused(SkipReason.BINARY, "has many zero bytes, and is not UTF-16 or UTF-32")
    elif len(head) - len(head.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(head):
        return Refused(SkipReason.BINARY, "more than a tenth of it is control characters")
    if mark := byte_order_mark(head):
        head = head[len(mark[0]) :]
    extension = posixpath.splitext(name)[1].lower()
    found = _format_of_text(head, _format_of_suffix(extension), xml=extension == ".xml")
    if found == "text" and extension in _NEVER_ARTICLES:
        return Refused(SkipReason.UNSUPPORTED, _NEVER_ARTICLES[extension])
    return found


def _format_of_mark(head: bytes) -> str | Refused | None:
    for mark, binary_format in _BINARY_FORMATS.items():
        if head.startswith(mark) and (mark != _ARROW_STREAM or 0 < int.from_bytes(head[4:8], "little") < _MOST_SCHEMA):
            return binary_format
    for mark, (reason, what) in _REFUSED.items():
        if head.startswith(mark):
            return Refused(reason, what)
    return None


def _format_of_text(head: bytes, suffix: str | None, *, xml: bool) -> str | Refused:
    start = head.lstrip()[:1]
    if start == b"<" and (markup := _format_of_markup(head, suffix, xml=xml)):
        return markup
    if start in {b"{", b"["} and suffix in {None, "text", "json", "jsonl"}:
        return _format_of_json(head, suffix)
    if suffix in {None, "text"} and (mail := _mail_format(head)):
        return mail
    return suffix or "text"


def _format_of_markup(head: bytes, suffix: str | None, *, xml: bool) -> str | Refused | None:
    if _HTML.match(head):
        return "html"
    if _REUTERS.match(head):
        return "reuters-sgml"
    if known := xml_format_of(head):
        return known
    if suffix is None and (xml or _XML.match(head)):
        return Refused(SkipReason.UNSUPPORTED, "an XML document of a kind that no reader knows")
    return None


def _wire_format(head: bytes) -> str | None:
    """The wire format of messages that begin with the control character for that."""
    if b"\x01" not in head[:64]:
        return None
    if _IPTC_7901.match(head):
        return "iptc7901"
    return "anpa1312" if _ANPA_1312.match(head) else None


def _mail_format(head: bytes) -> str | None:
    """Whether the text is `eml` or `mbox`: it begins with the fields of a message that was sent."""
    if _MBOX.match(head):
        return "mbox"
    header = _HEADER_FIELDS.match(head)
    names = {name.lower() for name in _FIELD.findall(header[0])} if header else set()
    return "eml" if names & _MAIL_FIELDS and len(names & _TRANSPORT_FIELDS) > 1 else None


def _format_of_json(head: bytes, suffix: str | None) -> str:
    """json, jsonl, or text that merely begins with a bracket."""
    if _JSON_PRETTY.match(head):
        return "json"
    if suffix != "text" and _JSON_LIST.match(head):
        return "json"
    lines = [line for line in head.split(b"\n", _FIRST_LINES)[:_FIRST_LINES] if line.strip()]
    objects = sum(map(_is_object, lines))
    if objects and len(lines) > 1:
        return "jsonl"
    if objects:
        return suffix if suffix == "jsonl" else "json"
    return suffix or ("json" if _JSON_OBJECT.match(head) else "text")


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def _format_of_suffix(suffix: str) -> str | None:
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    return suffix[1:] if suffix[1:] in _PLUGGED_IN else None


_PLUGGED_IN: Final = frozenset(READERS.names()) - frozenset(SUFFIXES.values())
