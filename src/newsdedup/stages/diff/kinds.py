"""What a change is about, where that is plain."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from newsdedup.model.report import EditKind, Span
from newsdedup.stages.diff.zones import Zone
from newsdedup.stages.text.figures import scale_words
from newsdedup.stages.text.names import DATES
from newsdedup.stages.text.words import CAPITAL, FIGURE, Range, Words

_QUOTE = re.compile(
    r"“[^“”\n]*(?:[”\n]|\Z)|\"(?<![^\s(\[\u2014-]\")(?=\S)[^\"”\n]*(?:(?<=\S)[\"”]|\n|\Z)|„[^„“”\n]*[“”]"
    r"|‘(?<!\w‘)[^‘’\n]{12,}’(?!\w)|«[^«»\n]*»|「[^「」\n]*」|『[^『』\n]*』"
)
"""Speech in quotation marks within a paragraph; double marks that nobody closes reach to its end.

What stands before a mark is looked at after the mark: a pattern that begins with a character is found far faster.
"""


class Quotes:
    """The stretches of a text that stand in quotation marks."""

    def __init__(self, text: str) -> None:
        spans = [found.span() for found in _QUOTE.finditer(text)]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def hold(self, span: Span) -> bool:
        """Whether the span lies between two marks, without touching them from outside."""
        i = bisect_right(self._starts, span[0] - 1) - 1
        return i >= 0 and span[1] < self._ends[i]


quotes_of = lru_cache(maxsize=16)(Quotes)
"""The quotes of a text, kept for a while, as a canonical text has many variants."""


def zone_kind(zone: Zone) -> EditKind | None:
    """The kind of a change in that zone, None in the story itself."""
    return EditKind.MOVED if isinstance(zone, int) else zone


def story_kind(a: Words, b: Words, in_a: Range, in_b: Range) -> EditKind:
    """The kind of a change of these words in the story itself, apart from quotes."""
    if in_a[0] == in_a[1]:
        return EditKind.ADDED
    if in_b[0] == in_b[1]:
        return EditKind.CUT
    for kind, find in ((EditKind.FIGURE, _figures), (EditKind.NAME, _names)):
        found_a = find(a, in_a)
        found_b = find(b, in_b) if found_a else found_a
        equally_many = in_a[1] - in_a[0] - len(found_a) == in_b[1] - in_b[0] - len(found_b)
        if found_b and equally_many and _others(a, in_a, found_a) == _others(b, in_b, found_b):
            return kind
    return EditKind.REWORDED


def _figures(words: Words, among: Range) -> set[int]:
    """The words that are figures or the scale of one; none if no digit is among them."""
    if not any([flags & FIGURE for flags in words.flags[slice(*among)]]):  # noqa: C419  # twice as fast as a generator
        return set()
    return {i for i in range(*among) if words.flags[i] & FIGURE or words.folded[i] in scale_words()}


def _names(words: Words, among: Range) -> set[int]:
    """The capitalised words that do not begin a sentence and are no days or months."""
    return {
        i for i in range(*among) if words.flags[i] & CAPITAL and i not in words.firsts and words.folded[i] not in DATES
    }


def _others(words: Words, among: Range, left_out: set[int]) -> list[str]:
    return [words.folded[i] for i in range(*among) if i not in left_out]
