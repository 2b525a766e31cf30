"""The characters of wire copy: control sequences taken out, and the letters of two bytes put together.

Wires write an accented letter as the accent and then the letter: in ISO 6937, which IPTC 7901 prescribes for what
ASCII lacks, or, as typewriters did, with a backspace between the two.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from newsdedup.readers.encoding import decode

# ISO/IEC 6937, table 3: the accents by their bytes, as Unicode combines them, and the letters each may stand before.
_ACCENTS: Final = {
    0xC1: ("\u0300", "AEIOUaeiou"),
    0xC2: ("\u0301", "ACEILNORSUYZaceilnorsuyz"),
    0xC3: ("\u0302", "ACEGHIJOSUWYaceghijosuwy"),
    0xC4: ("\u0303", "AINOUainou"),
    0xC5: ("\u0304", "AEIOUaeiou"),
    0xC6: ("\u0306", "AGUagu"),
    0xC7: ("\u0307", "CEGIZcegz"),
    0xC8: ("\u0308", "AEIOUYaeiouy"),
    0xCA: ("\u030a", "AUau"),
    0xCB: ("\u0327", "CGKLNRSTcgklnrst"),
    0xCD: ("\u030b", "OUou"),
    0xCE: ("\u0328", "AEIUaeiu"),
    0xCF: ("\u030c", "CDELNRSTZcdelnrstz"),
}
_LETTERS: Final = {
    0xA1: "¡", 0xA2: "¢", 0xA3: "£", 0xA4: "$", 0xA5: "¥", 0xA7: "§", 0xA9: "‘", 0xAA: "“", 0xAB: "«", 0xAC: "←",
    0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "²", 0xB3: "³", 0xB4: "×", 0xB5: "µ", 0xB6: "¶",
    0xB7: "·", 0xB8: "÷", 0xB9: "’", 0xBA: "”", 0xBB: "»", 0xBC: "¼", 0xBD: "½", 0xBE: "¾", 0xBF: "¿", 0xD0: "—",
    0xD1: "¹", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xE1: "Æ", 0xE2: "Đ", 0xE3: "ª", 0xE6: "Ĳ", 0xE8: "Ł", 0xE9: "Ø",
    0xEA: "Œ", 0xEB: "º", 0xEC: "Þ", 0xF1: "æ", 0xF2: "đ", 0xF3: "ð", 0xF5: "ı", 0xF6: "ĳ", 0xF8: "ł", 0xF9: "ø",
    0xFA: "œ", 0xFB: "ß", 0xFC: "þ",
}  # fmt: skip
_FROM_ISO_6937: Final = {
    chr(accent) + letter: unicodedata.normalize("NFC", letter + combining)
    for accent, (combining, letters) in _ACCENTS.items()
    for letter in letters
} | {chr(byte): letter for byte, letter in _LETTERS.items()}
_NOT_ASCII: Final = re.compile("[\xc1-\xcf].?|[\x80-\xff]", re.DOTALL)
_SPECIAL: Final = re.compile(rb"[\x80-\xff\x00-\x08\x0b-\x1f\x7f]")

_TYPED_ACCENTS: Final = {"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", ",": "\u0327"}
_TYPED: Final = re.compile("([`'^~\",])\x08([A-Za-z])|([A-Za-z])\x08([`'^~\",])")
_ESCAPED: Final = re.compile("\x1b(?:%G|[ -/]*[0-~])?")
"""Changes of typeface or alphabet: the escape character, which ISO 2022 and ANPA let one or more others follow."""
_SPACES: Final = {0x0B: "\n", 0x0C: "\n", 0x10: " ", 0x1C: " ", 0x1D: " ", 0x1E: " "}
"""The space band, em, en and thin spaces of typesetters."""
_CONTROLS: Final = {c: _SPACES.get(c) for c in (*range(32), 0x7F) if c not in b"\t\n"}


def wire_text(data: bytes, declared: str | None = None) -> str:
    """The text of a message, without control characters, its lines ended by newlines."""
    if not _SPECIAL.search(data):
        return data.decode("ascii")
    text = None if declared else _iso_6937(data)
    if text is None:
        text = decode(data, declared)
    if "\x08" in text:
        text = _TYPED.sub(_accented, text)
    return _ESCAPED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_CONTROLS)


def _iso_6937(data: bytes) -> str | None:
    """The text of ISO 6937, which other encodings hardly ever look like: each accent is before a letter that has it."""
    text = data.decode("latin-1")
    beyond = set(_NOT_ASCII.findall(text))
    if not beyond <= _FROM_ISO_6937.keys() or max(map(len, beyond), default=0) < 2:
        return None
    return _NOT_ASCII.sub(lambda found: _FROM_ISO_6937[found[0]], text)


def _accented(typed: re.Match[str]) -> str:
    accent, letter = (typed[1], typed[2]) if typed[1] else (typed[4], typed[3])
    return unicodedata.normalize("NFC", letter + _TYPED_ACCENTS[accent])
