"""Bytes to text: never fails, and never loses a byte's worth of text.

In this order: a byte order mark; what was declared, unless it is UTF-8; UTF-16 or UTF-32 that plainly is; strict
UTF-8; UTF-8 with a few broken bytes; Western European by its letters; the guess of charset-normalizer; Windows-1252.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from newsdedup.readers.letters import by_letters

BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARKED_FIRST_BYTES: Final = frozenset(mark[:1] for mark, _ in BYTE_ORDER_MARKS)
WIDE: Final = ("utf-16", "utf-32")
"""What the codecs begin with in which a character is more than a byte, always."""

SAMPLE_BYTES: Final = 16_384
"""Enough to tell an encoding by; guessing takes time that grows with the sample."""

_FEW_ZEROS: Final = 10
"""How many times more zero bytes the one half of UTF-16 has than the other."""

_BETWEEN_WORDS: Final = frozenset(" \n、。，؟،")

# Five bytes mean nothing in Windows-1252; each stands for the control character of its number, so that none is lost.
_WINDOWS_1252: Final = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(256))
ESCAPED_TO_WINDOWS_1252: Final = {0xDC00 + b: _WINDOWS_1252[b] for b in range(0x80, 0x100)}
_WESTERN: Final = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿŒœŠšŽž‘’“”„‚…–—•€£©®°½¼¾«»§´¡™·¿\xa0"
)
# The web's rule: who declares these means the Windows code page that contains them.
_MEANT: Final = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
_DECLARED: Final = re.compile(
    rb"<\?xml[^>]*\bencoding\s*=\s*[\"']([\w.:-]+)|<meta[^>]*\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_DECLARED_WITHIN: Final = 8_192


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page or an XML document says it is in."""
    found = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    return (found[1] or found[2]).decode("ascii", "ignore") if found else None


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of `data`. A declared encoding that is unknown or does not fit is passed over.

    So is any that is declared for what is UTF-8: text of another encoding is not valid UTF-8 by chance.
    """
    if marked := byte_order_mark(data):
        mark, encoding = marked
        return data[len(mark) :].decode(encoding, "replace" if encoding != "utf-8" else "backslashreplace")
    codec = codec_of(declared) if declared else None
    if codec and not _is_utf_8_after_all(data, codec):
        text = _strictly(data, codec)
        if text is not None:
            return text
    if wide := plain_wide_encoding(data[:SAMPLE_BYTES]):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data)


def decode_windows_1252(data: bytes) -> str:
    """The text of `data` by a single-byte encoding in which every byte is a character."""
    return codecs.charmap_decode(data, "strict", _WINDOWS_1252)[0]


def byte_order_mark(data: bytes) -> tuple[bytes, str] | None:
    """The byte order mark that `data` begins with and the encoding it stands for, if there is one."""
    if data[:1] in _MARKED_FIRST_BYTES:  # hardly any begins with one of these
        for mark, encoding in BYTE_ORDER_MARKS:
            if data.startswith(mark):
                return mark, encoding
    return None


def wide_encoding(head: bytes, declared: str | None = None) -> str | None:
    """The encoding of a stream that begins with `head`, if it is one in which a newline is not one byte."""
    if marked := byte_order_mark(head):
        return None if marked[1] == "utf-8" else marked[1]
    if declared:
        codec = codec_of(declared)
        return codec if codec and codec.startswith(WIDE) else None
    return plain_wide_encoding(head)


def plain_wide_encoding(sample: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, where the zero bytes of its ASCII characters give it away."""
    if b"\0" not in sample or len(sample) < 4:
        return None
    sample = sample[: len(sample) & ~3]
    quarter = len(sample) // 4
    zeros = [sample[i::4].count(0) / quarter for i in range(4)]
    if zeros[3] > 0.9 and zeros[2] > 0.5:
        wide = "utf-32-le"
    elif zeros[0] > 0.9 and zeros[1] > 0.5:
        wide = "utf-32-be"
    elif zeros[1] + zeros[3] > _FEW_ZEROS * max(zeros[0] + zeros[2], 0.001):
        wide = "utf-16-le"
    elif zeros[0] + zeros[2] > _FEW_ZEROS * max(zeros[1] + zeros[3], 0.001):
        wide = "utf-16-be"
    else:
        return None
    text = sample.decode(wide, "replace")
    odd = sum(c == "\ufffd" or (not c.isprintable() and not c.isspace()) for c in text)
    if odd > len(text) * 0.02 or not (text.isascii() or _BETWEEN_WORDS.intersection(text)):
        return None  # numbers, not characters
    return wide


def codec_of(name: str) -> str | None:
    """Python's name of the text encoding that `name` means, if it knows it."""
    try:
        found = codecs.lookup(name.strip())
        "".encode(found.name)  # raises LookupError for codecs that are not of text
    except (LookupError, ValueError):
        return None
    return _MEANT.get(found.name, found.name)


def _is_utf_8_after_all(data: bytes, codec: str) -> bool:
    """Whether `data` is UTF-8 though `codec` was declared. ASCII may be the seven bits of another encoding."""
    if data.isascii():
        return codec.startswith(WIDE) and b"\0" not in data
    return _is_utf_8(data)


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _strictly(data: bytes, codec: str) -> str | None:
    if codec == "cp1252":
        return decode_windows_1252(data)
    try:
        return data.decode(codec)
    except UnicodeError:
        return None


def _legacy(data: bytes) -> str:
    """The text of `data` that is not UTF-8, or not all of it."""
    escaped = data.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= c <= "\udcff" for c in escaped)
    whole = sum(c >= "\x80" for c in escaped) - broken
    if whole >= 10 * broken:  # legacy text hardly ever forms valid sequences by chance: this is UTF-8, damaged
        return escaped.translate(ESCAPED_TO_WINDOWS_1252)
    if whole >= broken and b"\n" in data:
        return _line_by_line(data)
    return _not_utf_8(data)


def _not_utf_8(data: bytes) -> str:
    """The text of `data` that is in one encoding, which is not UTF-8."""
    if told := by_letters(data):
        return told
    text = decode_windows_1252(data)
    if _looks_western(text):
        return text
    for encoding in _guesses(_sample(data)):
        if (guessed := _strictly(data, encoding)) is not None:
            return guessed
    return text


def _line_by_line(data: bytes) -> str:
    """The text of `data`, some lines of which are UTF-8 and others, all in one encoding, are not."""
    lines = data.split(b"\n")
    are_utf_8 = list(map(_is_utf_8, lines))
    others = iter(_other(b"\n".join(line for line, is_utf_8 in zip(lines, are_utf_8, strict=True) if not is_utf_8)))
    return "\n".join(
        line.decode() if is_utf_8 else next(others) for line, is_utf_8 in zip(lines, are_utf_8, strict=True)
    )


def _other(lines: bytes) -> list[str]:
    """The decoded lines, as many as there are."""
    text = _not_utf_8(lines).split("\n")
    return text if len(text) == lines.count(b"\n") + 1 else decode_windows_1252(lines).split("\n")


def _looks_western(text: str) -> bool:
    """Few characters beyond ASCII, all of them letters and signs of Western European languages.

    Asked before charset-normalizer, which takes English with one pound sign for Japanese.
    """
    beyond = [c for c in text if c >= "\x80"]
    return len(beyond) <= 0.15 * len(text) and _WESTERN.issuperset(beyond)


def _sample(data: bytes) -> bytes:
    """Some of `data` with its first bytes beyond ASCII, cut at line ends or spaces where possible."""
    if len(data) <= SAMPLE_BYTES:
        return data
    first = next(i for i, byte in enumerate(data) if byte >= 0x80)
    start = max(data.rfind(b"\n", 0, first), data.rfind(b" ", 0, first)) + 1
    sample = data[start : start + SAMPLE_BYTES]
    end = max(sample.rfind(b"\n"), sample.rfind(b" "))
    return sample[:end] if end > SAMPLE_BYTES // 2 else sample


def _guesses(sample: bytes) -> list[str]:
    from charset_normalizer import from_bytes  # noqa: PLC0415  # most inputs are UTF-8 and never need it

    return [guess.encoding for guess in from_bytes(sample)]
