"""Datelines, credits and syndication notices: noise for similarity, evidence of origin.

They are looked for only where they stand, in the lines at the head and at the foot of a text, so that a long text costs
no more than a short one and a bracket in the middle of a story is never taken for a credit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsdedup.stages.text.agencies import AGENCIES

HEAD_CHARS = 600
FOOT_CHARS = 900

_AGENCY = "|".join(re.escape(name) for name in sorted(AGENCIES, key=len, reverse=True))
_MONTH = (
    "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|January|February|March|April|June|July|August|September"
    "|October|November|December)\\.?"
)
_DAY = rf"(?:{_MONTH}\s?\d{{1,2}}|\d{{1,2}}\.?\s?{_MONTH})(?:,?\s\d{{4}})?"
_WORD = r"[^\W\d_][\w.'\u2019\-]*"
_PLACE = rf"[^\W\d_a-z][\w.'\u2019\-]*(?:[ /]+{_WORD}){{0,3}}(?:,\s?{_WORD}(?:\s{_WORD})?){{0,2}}"
_DASH = r"[-\u2013\u2014_:]"

_HEAD_LINES = (
    # LONDON (Reuters) -     NEW YORK, March 3 (AP) _     Berlin (dpa/tmn) -
    rf"(?:{_PLACE},?\s*(?:{_DAY},?\s*)?)?\((?:{_AGENCY})(?:[/ ,][^)\n]{{0,20}})?\)\s*{_DASH}*",
    # SALVADOR, Feb 26 -     MOSCOW, May 3. /TASS/
    rf"[A-Z][A-Z.'\- ]{{2,30}}(?:,\s?[A-Z][\w.]+)*,\s{_DAY}\.?\s*(?:/(?:{_AGENCY})/\.?|{_DASH}+)",
    # lines of their own: PTI     By Jane Doe     Published 18.03.24, 08:43 PM     Updated: 3 May 2024
    rf"(?:-+\s*)?(?:{_AGENCY})[ \t]*$",
    r"(?:By|BY|Von|Par|Por|Di)[ \t]+(?:[^\W\d_a-z][\w.'\u2019\-]*[ ,&]{0,2}|and |und |et |y ){2,8}[ \t]*$",
    r"(?:(?:First )?[Pp]ublished|(?:Last )?[Uu]pdated|Posted|Modified)(?: on| at)?:?[ \t]+[^\n]{0,20}\d[^\n]{0,30}$",
    # 新华社北京3月18日电     【東京＝共同】
    rf"(?:{_AGENCY})[^\n，。]{{0,20}}[電电讯]\s*",
    rf"[（(【\[][^\n）)】\]]{{0,12}}[＝=\s](?:{_AGENCY})[）)】\]]",
    # واس - الرياض:     سبق - واس:
    rf"(?:{_AGENCY})[ \t]*{_DASH}[^\n.]{{0,24}}(?::|$)",
    rf"{_WORD}(?:[ \t]{_WORD}){{0,2}}[ \t]*{_DASH}[ \t]*(?:{_AGENCY})[ \t]*(?::|$)",
)
_HEAD = re.compile(r"^[ \t\u00a0\u3000]*(?:" + "|".join(_HEAD_LINES) + ")", re.MULTILINE)

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

_SIGNED = frozenset({"reuter", "reuters", "ap", "afp", "pti", "ians", "ani", "upi", "dpa", "efe"})
"""What a last line may be that is nothing but an agency."""

_NAMED = re.compile(
    "|".join(
        rf"(?<!\w){re.escape(name)}(?!\w)" if name.isascii() else re.escape(name)
        for name in sorted(AGENCIES, key=len, reverse=True)
    )
)


@dataclass(frozen=True, slots=True)
class Credits:
    """What was recognised: half-open `spans` of the text, in order, and the `agencies` they name."""

    spans: tuple[tuple[int, int], ...]
    agencies: tuple[str, ...]


def credit_spans(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the credits at the head and the foot of a text, in order."""
    spans = []
    if stamp := _STAMP.match(text):
        spans.append(stamp.span())
    spans += [found.span() for found in _HEAD.finditer(text, spans[0][1] if spans else 0, HEAD_CHARS)]
    spans += _foot_spans(text, spans[-1][1] if spans else 0)
    return [(start, end) for start, end in spans if start < end]


def _foot_spans(text: str, after: int) -> list[tuple[int, int]]:
    """The credits that are whole lines among the last ones, or brackets that end a line."""
    foot = max(len(text) - FOOT_CHARS, after)
    start = text.rfind("\n", 0, foot) + 1
    lowered = text[start:].lower()
    noticed = any(hint in lowered for hint in _FOOT_HINTS)
    spans = [found.span() for found in _FOOT_BRACKET.finditer(text, foot)] if noticed else []
    if foot - start > FOOT_CHARS:  # one long line is a text, not a credit
        start = text.find("\n", foot) + 1 or len(text)
    for line in text[start:].splitlines(keepends=True):
        end = start + len(line.rstrip("\n"))
        signed = len(line) < 16 and line.strip(" \t\n").removesuffix(".").lower() in _SIGNED
        if start >= after and (signed or (noticed and _FOOT.fullmatch(text, start, end))):
            spans = [span for span in spans if not start <= span[0] < end]
            spans.append((start, end))
        start += len(line)
    return sorted(spans)


def find_credits(text: str) -> Credits:
    """The datelines, credits and notices at the head and the foot of a text, and the agencies they name."""
    spans = credit_spans(text)
    named = [name.group() for start, end in spans for name in _NAMED.finditer(text, start, end)]
    return Credits(tuple(spans), tuple(dict.fromkeys(named)))


def blank(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with those spans turned into line ends, so that every other character stays where it is."""
    parts = []
    last = 0
    for start, end in spans:
        parts += [text[last:start], "\n" * (end - start)]
        last = end
    parts.append(text[last:])
    return "".join(parts)
