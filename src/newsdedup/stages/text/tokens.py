"""The slow, obvious tokeniser: what diffs and explanations use, and what the kernel is tested against."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from newsdedup.stages.text import codepoints
from newsdedup.stages.text.folding import CharClass


class TokenFlag(enum.IntFlag):
    """What can be seen of a token without knowing its language."""

    FIGURE = 1
    """At least half of it is digits; with fewer it may be a word misread (`5aid`)."""
    CAPITAL = 2
    """Its first letter is a capital."""
    START = 4
    """It is the first of a sentence or line, so that a capital says nothing."""
    SINGLE = 8
    """One character of a script written without spaces."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word (or a single character where words are not parted) of the matching view."""

    start: int
    end: int
    """Half-open offsets into the text as it came."""
    folded: str
    flags: TokenFlag


_LETTERS = {
    CharClass.SEPARATOR: "_",
    CharClass.LETTER: "l",
    CharClass.CAPITAL: "u",
    CharClass.DIGIT: "d",
    CharClass.SINGLE: "s",
    CharClass.APOSTROPHE: "a",
    CharClass.POINT: "p",
    CharClass.STOP: "x",
}

_TOKEN = re.compile(r"s|[lud](?:[lud]|(?<=[lu])a(?=[lu])|(?<=d)p(?=d))*")
"""A token in the classes of its characters: letters and digits, apostrophes between letters, points between digits."""


class _Seen(dict[int, str]):
    """What each character becomes in the matching view, looked up once: a table for `str.translate`."""

    def __init__(self, of: Callable[[int], str]) -> None:
        self._of = of

    def __missing__(self, code: int) -> str:
        self[code] = seen = "".join(map(self._of, _entries(code)))
        return seen


def _entries(code: int) -> list[int]:
    """The entries of the table that a code point stands for, without those that are ignored."""
    table, expansions = codepoints.load()
    entry = int(table[code])
    if entry & codepoints.EXPANDS:
        first = entry & 0xFFFFFF
        return [int(e) for e in expansions[first : first + (entry >> codepoints.LENGTH_SHIFT & 0x7F)]]
    return [] if entry >> codepoints.CLASS_SHIFT == CharClass.IGNORED else [entry]


_FOLDED = _Seen(lambda entry: chr(entry & 0x1FFFFF))
_CLASSES = _Seen(lambda entry: _LETTERS[CharClass(entry >> codepoints.CLASS_SHIFT)])


def _view(text: str) -> tuple[str, str, Sequence[int]]:
    """The folded characters, a letter for the class of each, and where each stands in the text."""
    folded = text.translate(_FOLDED)
    classes = text.translate(_CLASSES)
    if all(len(_CLASSES[code]) == 1 for code in set(map(ord, text))):
        return folded, classes, range(len(text))
    return folded, classes, [place for place, char in enumerate(text) for _ in _CLASSES[ord(char)]]


_FLAGS = [TokenFlag(bits) for bits in range(16)]
_FIGURE, _CAPITAL, _START, _SINGLE = (int(flag) for flag in TokenFlag)


class _Bits(dict[str, int]):
    """The flags of a token, but for START, by the classes of its characters: there are few, so each is judged once."""

    def __missing__(self, kinds: str) -> int:
        digits = kinds.count("d")
        bits = _FIGURE if digits and 2 * digits >= len(kinds) - kinds.count("a") - kinds.count("p") else 0
        if kinds[0] == "u":
            bits |= _CAPITAL
        elif kinds == "s":
            bits = _SINGLE
        if len(self) < _MOST_KINDS:
            self[kinds] = bits
        return bits


_MOST_KINDS = 1 << 16
_BITS = _Bits()


def token_columns(text: str) -> tuple[list[int], list[int], list[str], list[int]]:
    """The tokens of a text as columns: starts, ends, folded words, and flags as plain numbers."""
    folded, classes, places = _view(text)
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    flags: list[int] = []
    last_end = 0
    start_flag = _START
    for found in _TOKEN.finditer(classes):
        first, end = found.span()
        kinds = classes[first:end]
        if first - last_end == 1:
            starting = classes[last_end] in "xp"
        else:
            between = classes[last_end:first]
            starting = "x" in between or "p" in between
        word = folded[first:end]
        if "a" in kinds or "p" in kinds:
            word = _written_alike(word, kinds)
        starts.append(places[first])
        ends.append(places[end - 1] + 1)
        words.append(word)
        flags.append(_BITS[kinds] | (_START if starting else start_flag))
        start_flag = 0
        last_end = end
    return starts, ends, words, flags


_THOUSANDS = re.compile(r"p(?=ddd(?!d))")
"""A mark before exactly three digits, which some write and some do not: 1,234 and 1234, and so 3.125 too."""


def _written_alike(word: str, kinds: str) -> str:
    """The word without apostrophes and marks of thousands, with a point for every other mark in a figure."""
    left_out = {found.start() for found in _THOUSANDS.finditer(kinds)}
    return "".join(
        "." if kind == "p" else char
        for place, (char, kind) in enumerate(zip(word, kinds, strict=True))
        if kind != "a" and place not in left_out
    )


def tokenize(text: str) -> list[Token]:
    """The tokens of a text, in order; spans do not overlap, but two may share a character that stands for both."""
    return [
        Token(start, end, word, _FLAGS[flags]) for start, end, word, flags in zip(*token_columns(text), strict=True)
    ]


_MASK = (1 << 64) - 1
WORD_SEED = 0xCBF29CE484222325
WORD_PRIME = 0x100000001B3
MIX = 0x9E3779B97F4A7C15
SHINGLE_PRIME = 0xFF51AFD7ED558CCD
"""The constants of the word hash (FNV-1a over code points, then mixed) and of the shingle hash."""


def word_hash(folded: str) -> int:
    """The 32-bit hash of a token."""
    value = WORD_SEED
    for char in folded:
        value = (value ^ ord(char)) * WORD_PRIME & _MASK
    value ^= value >> 32
    return (value * MIX & _MASK) >> 32


def shingle_hashes(tokens: list[Token], shingle_size: int) -> list[int]:
    """The 64-bit hash of the shingle that begins at each token, as far as there is a whole one.

    A shingle is the shortest run of tokens that weighs `2 * shingle_size`, where a word weighs two and a single
    character one: three words, or six Chinese characters, or a mixture.
    """
    weights = [1 if token.flags & TokenFlag.SINGLE else 2 for token in tokens]
    hashes = [word_hash(token.folded) for token in tokens]
    shingles = []
    for first in range(len(tokens)):
        value, weight, last = 0, 0, first
        while weight < 2 * shingle_size and last < len(tokens):
            value = (value + hashes[last]) * SHINGLE_PRIME & _MASK
            value ^= value >> 32
            weight += weights[last]
            last += 1
        if weight >= 2 * shingle_size:
            shingles.append(value)
    return shingles


def signature_hash(shingle: int) -> int:
    """The 32 bits of a shingle's hash that datasketch is given (`hashfunc` of its MinHash)."""
    return shingle >> 32


def sampled(shingle: int, sample_rate: int) -> bool:
    """Whether a shingle is kept in samples (FracMinHash): judged by bits that the signature does not use."""
    return (shingle & 0xFFFFFFFF) < (1 << 32) // sample_rate
