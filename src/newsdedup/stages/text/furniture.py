"""What pages print around a story: advertisements, calls to share or subscribe, photo credits, lists of keywords."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

MAX_LINE = 160
"""Characters in the longest line that can be furniture."""

MAX_REPEATED = 80
"""Characters in the longest line that is furniture because it stands in the text more than once."""

EDGE_LINES = 12
"""Lines at the head and at the foot of a text where a line that only looks like furniture is taken for it."""

_LINE = re.compile(r"[^\n\r]*[^\s][^\n\r]*")

_UNMISTAKABLE = re.compile(
    r"(?i)[\W_]*(?:"
    r"advert(?:isement|isment|ising)?|anuncio|publicit[eéàá]|publicidade?|anzeige|werbung|реклама|إعلان|広告|广告"
    r"|(?:story|article|report) continues (?:below|after)[^\n]*|continue reading[^\n]*|loading\W*"
    r"|(?:follow|find|like|join) (?:us|me) (?:on|at)\b[^\n]{0,60}"
    r"|share (?:this|on|via)\b[^\n]{0,60}|share|tweet|print|email"
    r"|sign up (?:for|to)\b[^\n]*|subscribe(?: (?:now|to|for)\b[^\n]*)?"
    r"|(?:get|download) (?:the|our) [^\n]{0,40}\bapp\b[^\n]*"
    r"|(?:read|see|watch|view|listen) (?:also|more|next|it here)\b[^\n]*"
    r"|also read\b[^\n]*|(?:click|tap) here\b[^\n]*"
    r"|(?:related|recommended|more) (?:stories|articles|topics|news|coverage|content|videos?|links)\b[^\n]{0,40}"
    r"|(?:most read|trending|you may (?:also )?like|don'?t miss|up next|view comments|leave a comment|comments)\W*\d*"
    r"|(?:lire aussi|lea también|leia (?:também|mais)|leggi anche|lesen sie auch|mehr zum thema"
    r"|читайте также|اقرأ أيضا)\b[^\n]*"
    r")[\W_]*"
)
"""Lines that are furniture wherever they stand."""

_LIKELY = re.compile(
    r"(?i)[\W_]*(?:"
    r"(?:tags?|keywords?|topics?|filed under|related|categories|etiquetas|schlagw[oö]rter|mots[- ]cl[eé]s"
    r"|теги|метки|كلمات)\s*:[^\n]*"
    r"|(?:file )?(?:photo|image|picture|video|pic|foto|bild)s?\s*(?:credit|by|courtesy|:)[^\n]*"
    r"|[^\n]*\b(?:file (?:photo|pic|picture|image)|getty images|ap photo|afp photo|shutterstock)\b[^\n]*"
    r"|[^\n]{0,60}\bnewsletters?\b[^\n]{0,60}|[^\n]{0,40}\b\d+ (?:min|minute)s? read\b"
    r")[\W_]*"
)
"""Lines that are furniture at the head or the foot of a page."""

_LIKELY_HINTS = (
    ":", "photo", "image", "picture", "video", "pic", "foto", "bild", "getty", "shutterstock", "newsletter", " read",
)  # fmt: skip
"""Each of them that is ASCII has one of these."""


def find_furniture(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the lines that are furniture, in order.

    Besides known phrases these are short lines that stand in the text twice, and lists of keywords at its foot.
    """
    lines = [found.span() for found in _LINE.finditer(text)]
    if len(lines) < 2:
        return []
    times = Counter(text[start:end].strip() for start, end in lines)
    furniture = []
    for i, (start, end) in enumerate(lines):
        if end - start > MAX_LINE:
            continue
        edge = i < EDGE_LINES or i >= len(lines) - EDGE_LINES
        foot = i >= max(1, len(lines) - EDGE_LINES // 2)
        line = text[start:end].strip()
        if (
            (times[line] > 1 and len(line) <= MAX_REPEATED)
            or _is_unmistakable(line)
            or (edge and _is_likely(line))
            or (foot and _is_list_of_keywords(line))
        ):
            furniture.append((start, end))
    return furniture


# variants of a story have most lines in common, so what a line is like is kept for a while


@lru_cache(maxsize=1 << 12)
def _is_unmistakable(line: str) -> bool:
    return _UNMISTAKABLE.fullmatch(line) is not None


@lru_cache(maxsize=1 << 12)
def _is_likely(line: str) -> bool:
    if line.isascii():  # what such a line must have is looked for before it is tried, which costs far less
        lowered = line.lower()
        if not any([hint in lowered for hint in _LIKELY_HINTS]):  # noqa: C419  # a list is twice as fast as a generator
            return False
    return _LIKELY.fullmatch(line) is not None


def _is_list_of_keywords(line: str) -> bool:
    """Whether it is four or more words, all capitalised, and no sentence."""
    words = line.split()
    return 4 <= len(words) <= 24 and line[-1] not in ".!?:;\"'”’)" and all(word[0].isupper() for word in words)
