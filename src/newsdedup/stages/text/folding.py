"""How one character is seen when texts are compared.

`fold` is defined on single code points, so that a position in the matching view always leads back to a position in
the text. Compatibility decomposition (Unicode NFKD) with marks dropped identifies everything that NFKC and case folding
identify, and does not need to compose: `é`, `e` + accent and `E` all fold to `e`; full-width and presentation forms,
ligatures and Hangul fold to their parts.

The definition costs a second for all of Unicode and depends on Python's Unicode version, so the program runs on
a table built from it (`codepoints.py`); a test holds the two together.
"""

from __future__ import annotations

import enum
import unicodedata


class CharClass(enum.IntEnum):
    """What a character does in a text."""

    SEPARATOR = 0
    LETTER = 1
    CAPITAL = 2
    DIGIT = 3
    SINGLE = 4
    """A word of its own: scripts written without spaces between words."""
    IGNORED = 5
    """Not seen at all, and does not part a word: marks, joiners, tatweel, soft hyphen."""
    APOSTROPHE = 6
    """Not seen between two letters, else a separator."""
    POINT = 7
    """Part of a figure between two digits, else the end of a sentence."""
    STOP = 8
    """A separator that ends a sentence."""


_APOSTROPHES = "'`\u00b4\u02b9\u02bb\u02bc\u02bd\u2018\u2019\u201b\u2032\uff07\u05f3"
_POINTS = ".,\u066b\u066c\uff0e\uff0c"
_STOPS = "\n\r\v\f\x85\u2028\u2029!?\u00bf\u00a1\u037e\u061f\u06d4\u0964\u0965\u3002\uff01\uff1f\uff61\u2026"
_IGNORED = "\u00ad\u0640\u034f\u061c\u180e\ufeff"

_SINGLE_RANGES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),  # iteration mark, zero
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3100, 0x312F),  # Bopomofo
    (0x31A0, 0x31FF),
    (0x3400, 0x4DBF),  # Han, extension A
    (0x4E00, 0x9FFF),  # Han
    (0xA9E0, 0xA9FF),  # Myanmar, extension B
    (0xAA60, 0xAA7F),  # Myanmar, extension A
    (0x20000, 0x3FFFF),  # Han, further extensions
)
"""Code points that are words of their own, so far as they are letters, marks or (planes 2 and 3) not yet assigned."""

_DROPPED_MARKS = (
    (0x0300, 0x036F),  # on Latin, Greek and Cyrillic
    (0x0483, 0x0489),
    (0x0591, 0x05C7),  # Hebrew points
    (0x0610, 0x061A),
    (0x064B, 0x065F),  # Arabic vowels, hamza and madda
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x0711, 0x0711),
    (0x0730, 0x074A),  # Syriac
    (0x08D3, 0x08FF),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0x3099, 0x309A),  # kana voicing: full-width and half-width forms then agree
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFE20, 0xFE2F),
    (0xE0100, 0xE01EF),
)

_VARIANTS = {
    "\u0671": "\u0627",  # alef wasla
    "\u0649": "\u064a",  # alef maksura as ya
    "\u06cc": "\u064a",  # Farsi ya
    "\u06d2": "\u064a",  # ya barree
    "\u0629": "\u0647",  # ta marbuta as ha
    "\u06c1": "\u0647",  # heh goal
    "\u06a9": "\u0643",  # Farsi kaf
    "\u0131": "i",  # dotless i, lost by many typesetting systems
    "\u0142": "l",
    "\u00f8": "o",
    "\u0111": "d",
    "\u00f0": "d",
}
"""Letters that print and wire systems use for one another and that have no decomposition."""


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= code <= high for low, high in ranges)


def _classify(char: str) -> CharClass:  # noqa: PLR0911  # one answer a class
    """The class of a decomposed character."""
    code = ord(char)
    if char in _APOSTROPHES:
        return CharClass.APOSTROPHE
    if char in _POINTS:
        return CharClass.POINT
    if char in _STOPS:
        return CharClass.STOP
    category = unicodedata.category(char)
    if char in _IGNORED or category == "Cf" or _within(code, _DROPPED_MARKS):
        return CharClass.IGNORED
    if category[0] in "LM" or (code >= 0x20000 and category == "Cn"):
        if _within(code, _SINGLE_RANGES):
            return CharClass.SINGLE
        return CharClass.CAPITAL if category in {"Lu", "Lt"} else CharClass.LETTER
    return CharClass.DIGIT if category[0] == "N" else CharClass.SEPARATOR


def fold(char: str) -> tuple[tuple[str, CharClass], ...]:
    """The characters of the matching view that one character stands for, each with its class.

    Empty for a character that is not seen. Numbers such as the half sign are parted from the figure before them.
    """
    if unicodedata.category(char) in {"Cs", "Co"}:
        return ((" ", CharClass.SEPARATOR),)
    seen: list[tuple[str, CharClass]] = []
    if unicodedata.category(char) == "No" and unicodedata.normalize("NFKD", char) != char:
        seen.append((" ", CharClass.SEPARATOR))
    for part in unicodedata.normalize("NFKD", char):
        kind = _classify(part)
        if kind is CharClass.IGNORED:
            continue
        if kind is CharClass.DIGIT:
            digit = unicodedata.digit(part, None)
            seen.append((part if digit is None else str(digit), kind))
        elif kind in {CharClass.LETTER, CharClass.CAPITAL}:
            lowered = unicodedata.normalize("NFKD", part.casefold())
            seen.extend((_VARIANTS.get(c, c), kind) for c in lowered if _classify(c) is not CharClass.IGNORED)
        elif kind is CharClass.SINGLE:
            seen.append((part, kind))
        else:
            seen.append((" ", kind))
    return tuple(seen)
