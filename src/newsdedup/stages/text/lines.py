"""The lines of a text that were learned as furniture: what `stages.kernels.lines` says, for one text, slowly."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

from newsdedup.stages.text.tokens import TokenFlag, word_hash
from newsdedup.stages.text.words import Range, Words

Lines: TypeAlias = frozenset[int]
"""Hashes of lines."""

NO_LINES: Lines = frozenset()

LINE_WEIGHT = 8
"""A word weighs two, and a single character of a script without spaces one: a line has four words or more."""

LINE_PRIME = 0xFF51AFD7ED558CCD
LINE_STEP = 0x9E3779B97F4A7C15
"""The constants of the hash of a line."""

_MASK = (1 << 64) - 1
_START = TokenFlag.START.value

_word_hash = lru_cache(maxsize=1 << 16)(word_hash)


def find_lines(words: Words, known: Lines) -> list[Range]:
    """The words of each line that is among the known ones, in order."""
    return [line for line in _lines(words) if line_hash(words.folded[slice(*line)]) in known] if known else []


def _lines(words: Words) -> list[Range]:
    lines = []
    first = weight = 0
    for i in range(len(words)):
        if weight >= LINE_WEIGHT and words.flags[i] & _START:
            lines.append((first, i))
            first, weight = i, 0
        weight += words.weights[i]
    if weight >= LINE_WEIGHT:
        lines.append((first, len(words)))
    return lines


def line_hash(folded: list[str]) -> int:
    """The 64-bit hash of the words of a line."""
    value, factor = len(folded), LINE_PRIME
    for word in folded:
        factor = factor * LINE_PRIME + LINE_STEP & _MASK
        value += factor * _word_hash(word)
    value &= _MASK
    value ^= value >> 32
    value = value * LINE_PRIME & _MASK
    return value ^ value >> 32
