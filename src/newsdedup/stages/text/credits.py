"""Datelines, credits and syndication notices: noise for similarity, evidence of origin.

They are looked for only where they stand, in the lines at the head and at the foot of a text, so that a long text costs
no more than a short one and a bracket in the middle of a story is never taken for a credit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

import numpy as np

from newsdedup.model.sketch import Int64Array, UInt8Array, UInt32Array
from newsdedup.stages.kernels.credits import (
    FOOT,
    HEAD,
    HEAD_CHARS,
    HINT_CHARS,
    LONG_LINE,
    SHORT_LINE,
    SIGNATURE_LINE,
    Musts,
    may_credit,
)
from newsdedup.stages.text import codepoints
from newsdedup.stages.text.agencies import AGENCIES

FOOT_CHARS = 900
BLANKED = ord("\n")
"""What stands in place of every character of a credit."""

_AGENCY = "|".join(re.escape(name) for name in sorted(AGENCIES, key=len, reverse=True))
_MONTH = (
    "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|January|February|March|April|June|July|August|September"
    "|October|November|December)\\.?"
)
_DAY = rf"(?:{_MONTH}\s?\d{{1,2}}|\d{{1,2}}\.?\s?{_MONTH})(?:,?\s\d{{4}})?"
_WORD = r"[^\W\d_][\w.'\u2019\-]*+"
_LOOSE_WORD = r"[^\W\d_][\w.'\u2019\-]*"  # gives back the dash that may end it
_PLACE = rf"[^\W\d_a-z][\w.'\u2019\-]*+(?:[ /]+{_WORD}){{0,3}}(?:,\s?{_WORD}(?:\s{_WORD})?){{0,2}}"
_DASH = r"[-\u2013\u2014_:]"

# LONDON (Reuters) -     NEW YORK, March 3 (AP) _     Berlin (dpa/tmn) -
_BRACKETED = re.compile(rf"(?:{_PLACE},?\s*(?:{_DAY},?\s*)?)?\((?:{_AGENCY})(?:[/ ,][^)\n]{{0,20}})?\)\s*{_DASH}*")
# SALVADOR, Feb 26 -     MOSCOW, May 3. /TASS/
_DATED = re.compile(rf"[A-Z][A-Z.'\- ]{{2,30}}(?:,\s?[A-Z][\w.]+)*,\s{_DAY}\.?\s*(?:/(?:{_AGENCY})/\.?|{_DASH}+)")
# lines of their own: PTI     By Jane Doe     Published 18.03.24, 08:43 PM     Updated: 3 May 2024
_AGENCY_ALONE = re.compile(rf"(?:-+\s*)?(?:{_AGENCY})[ \t]*$", re.MULTILINE)
_BYLINE = re.compile(
    r"(?:By|BY|Von|Par|Por|Di)[ \t]+(?:[^\W\d_a-z][\w.'\u2019\-]*+[ ,&]{0,2}|and |und |et |y ){2,8}[ \t]*$",
    re.MULTILINE,
)
_PUBLISHED = re.compile(
    r"(?:(?:First )?[Pp]ublished|(?:Last )?[Uu]pdated|Posted|Modified)(?: on| at)?:?[ \t]+[^\n]{0,20}\d[^\n]{0,30}$",
    re.MULTILINE,
)
# 新华社北京3月18日电 股市     【東京＝共同】     واس - الرياض:
_AGENCY_FIRST = re.compile(
    rf"(?:{_AGENCY})(?![A-Za-z])[^\n，。]{{0,20}}[電电讯]\s*"
    rf"|[（(【\[][^\n）)】\]]{{0,12}}[＝=\s](?:{_AGENCY})[）)】\]]"
    rf"|(?:{_AGENCY})[ \t]*{_DASH}[^\n.]{{0,24}}(?::|$)",
    re.MULTILINE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LINE_STARTS = (
    *(f"{by}{blank}" for by in ("by", "von", "par", "por", "di") for blank in " \t"),
    "first published", "published", "last updated", "updated", "posted", "modified",
)  # fmt: skip
"""What bylines begin with, and when something was published, in small letters."""
_AGENCY_INITIALS = frozenset("-（(【[") | {name[0] for name in AGENCIES}
"""What the two begin with."""
# سبق - واس:     Oslo - NTB:
_AGENCY_LAST = re.compile(
    rf"{_LOOSE_WORD}(?:[ \t]{_LOOSE_WORD}){{0,2}}[ \t]*{_DASH}[ \t]*(?:{_AGENCY})[ \t]*(?::|$)", re.MULTILINE
)
_INDENT = " \t\u00a0\u3000"

_STAMP = re.compile(r"[ \t]*(?:--[ \t]*)?date:?[ \t]+\d{4}-\d\d-\d\d(?:[T ][\d:.Z+\-]{4,})?", re.IGNORECASE)
"""How the files of some collections begin: `date 2024-03-19 China attaches ...`"""

_FOOT_LINES = (
    r"[^\n]*\bstory has not been edited by\b[^\n]*",
    r"[^\n]*\b(?:published|auto-?generated|generated) from an? (?:syndicated|agency|wire) feed\b[^\n]*",
    r"[^\n]*\ball rights reserved\b[^\n]*",
    r"[^\n]*\bmay not be published, broadcast, rewritten\b[^\n]*",
    r"[ \t]*(?:additional )?reporting by [^\n]{3,160}",
    r"[ \t]*(?:\u00a9|\(c\)|copyright)[^\n]{0,200}",
)
_FOOT = re.compile(r"(?:" + "|".join(_FOOT_LINES) + ")", re.IGNORECASE)
_FOOT_BRACKET = re.compile(
    r"\((?:additional )?(?:reporting|writing|editing|compiled|with inputs?|with agenc)[^()\n]{0,200}\)?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_FOOT_HINTS = (
    "edited by", "reporting", "editing", "writing", "compiled", "with input", "with agenc", " feed", "rights reserved",
    "may not be", "copyright", "\u00a9", "(c)",
)  # fmt: skip
"""Every notice at the foot of a text has one of these; to look for them costs a tenth of looking for the notices."""

_SIGNATURES = frozenset({"reuter", "reuters", "ap", "afp", "pti", "ians", "ani", "upi", "dpa", "efe"})
"""What a last line may be that is nothing but an agency."""


def may_have_credits(codes: UInt32Array, offsets: Int64Array) -> UInt8Array:
    """Where `credit_spans` may find any, HEAD | FOOT, uint8 (n,); text i is uint32 `codes[offsets[i]:offsets[i + 1]]`.

    A quarter of the time of looking for them.
    """
    found: UInt8Array = np.empty(len(offsets) - 1, np.uint8)
    may_credit(codes, offsets, _musts(), found)
    return found


@cache
def _musts() -> Musts:
    """What credits must have, for the kernel."""
    agencies, hints = sorted(AGENCIES), sorted(hint for hint in _FOOT_HINTS if hint.isascii())
    lists = (agencies, _MONTHS, _LINE_STARTS, ("date",), hints)
    words, offsets = codepoints.joined([word for words in lists for word in words])
    keys = np.array([ord(name[0]) << 32 | ord(name[1]) for name in agencies], np.uint64)
    ranges = np.zeros((128, 128, 2), np.uint8)
    every = offsets.size - 1
    for place, hint in enumerate(hints, every - len(hints)):
        own = ranges[ord(hint[0]), ord(hint[1])]
        own[:] = own[0] or place, place + 1
    return Musts(words, offsets[1:], np.cumsum([0, *map(len, lists)]), keys, ranges)


def credit_spans(text: str, where: int = HEAD | FOOT) -> list[tuple[int, int]]:
    """Half-open spans of the credits at the head and the foot of a text, in order; only `where` there may be any."""
    spans = []
    if where & HEAD:
        if stamp := _STAMP.match(text):
            spans.append(stamp.span())
        spans += _head_spans(text, spans[0][1] if spans else 0)
    after = spans[-1][1] if spans else 0
    if where & FOOT:
        spans += _foot_spans(text, after)
    elif spans:  # of the last line it may have taken all but an agency
        spans += _signature(text, after)
    return spans


def _head_spans(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The credits that lines at the head begin with."""
    end = min(len(text), HEAD_CHARS)
    while start < end:
        stop = text.find("\n", start, end)
        if stop < 0:
            stop = end
        first = start
        if text[first] in _INDENT:
            while first < stop and text[first] in _INDENT:
                first += 1
        if first < stop:
            found = (_line_credit if stop - first <= LONG_LINE else _paragraph_credit)(text, first, stop, end)
            if found and found.start() < found.end():
                yield start, found.end()
                stop = text.find("\n", found.end() - 1, end)
                if stop < 0:
                    break
        start = stop + 1


# what a credit must have is looked for before it is tried, which costs far less


def _paragraph_credit(text: str, first: int, stop: int, end: int) -> re.Match[str] | None:  # noqa: ARG001  # as below
    """The credit that a long line begins with: a dateline."""
    found = None
    if text.find("(", first, first + LONG_LINE) >= 0:
        found = _BRACKETED.match(text, first, end)
    if not found and text[first + 1 : first + 3].isupper():
        found = _DATED.match(text, first, end)
    if not found and (text[first] > "\x7f" or text.find(":", first, first + SHORT_LINE) >= 0):
        found = _with_agency(text, first, end)
    return found


def _line_credit(text: str, first: int, stop: int, end: int) -> re.Match[str] | None:
    """The credit that a short line begins with, or is."""
    initial = text[first]
    found = None
    if not "a" <= initial <= "z":
        if text.find("(", first, stop) >= 0:
            found = _BRACKETED.match(text, first, end)
        if not found and text[first + 1 : first + 3].isupper():
            found = _DATED.match(text, first, end)
        if not found and initial in "BVPD":
            found = _BYLINE.match(text, first, end)
    if not found and initial in "FPpLUuM":
        found = _PUBLISHED.match(text, first, end)
    alone = stop - first <= SHORT_LINE
    if not found and (alone or initial > "\x7f" or text.find(":", first, first + SHORT_LINE) >= 0):
        found = _with_agency(text, first, end)
    return found


def _with_agency(text: str, first: int, end: int) -> re.Match[str] | None:
    found = None
    if text[first] in _AGENCY_INITIALS:
        found = _AGENCY_ALONE.match(text, first, end) or _AGENCY_FIRST.match(text, first, end)
    return found or _AGENCY_LAST.match(text, first, end)


def _foot_spans(text: str, after: int) -> list[tuple[int, int]]:
    """The credits that are whole lines among the last ones, or brackets that end a line."""
    foot = max(len(text) - FOOT_CHARS, after)
    if not _hints_in(text[max(len(text) - HINT_CHARS, foot) :], _FOOT_HINTS):
        return _signature(text, after)
    start = text.rfind("\n", 0, foot) + 1
    if foot - start > FOOT_CHARS:  # one long line is a text, not a credit
        start = text.find("\n", foot) + 1 or len(text)
    hints = _hints_in(text[start:], _FOOT_HINTS)
    spans = [found.span() for found in _FOOT_BRACKET.finditer(text, foot)]
    for line in text[start:].splitlines(keepends=True):
        end = start + len(line.rstrip("\n"))
        if (
            start >= after
            and start < end
            and (_is_signature(line) or (_hints_in(line, hints) and _FOOT.fullmatch(text, start, end)))
        ):
            spans = [span for span in spans if not start <= span[0] < end]
            spans.append((start, end))
        start += len(line)
    return sorted(spans)


def _hints_in(text: str, hints: Sequence[str]) -> list[str]:
    lowered = text.lower()
    return [hint for hint in hints if hint in lowered]


def _signature(text: str, after: int) -> list[tuple[int, int]]:
    """The last line, if it is nothing but an agency."""
    end = len(text)
    while end > after and text[end - 1].isspace():
        end -= 1
    start = max(text.rfind("\n", 0, end) + 1, after)
    return [(start, end)] if start < end and _is_signature(text[start:end]) else []


def _is_signature(line: str) -> bool:
    return len(line) < SIGNATURE_LINE and line.strip().removesuffix(".").lower() in _SIGNATURES


@lru_cache(maxsize=16)
def find_credits(text: str) -> tuple[tuple[int, int], ...]:
    """The same spans, kept for a while: diffs and facts both ask for them, and a canonical text has many variants."""
    return tuple(credit_spans(text))


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with those spans turned into line ends, so that every other character stays where it is."""
    parts = []
    last = 0
    for start, end in spans:
        parts += [text[last:start], chr(BLANKED) * (end - start)]
        last = end
    parts.append(text[last:])
    return "".join(parts)
