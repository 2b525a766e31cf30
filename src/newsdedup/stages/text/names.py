"""Names in a text, as far as capitals tell."""

from __future__ import annotations

import re

MAX_WORDS = 5
"""More capitalised words in a row are a headline, not a name."""

_CAPITALS = "".join(
    char for char in map(chr, (*range(0x41, 0x590), *range(0x10A0, 0x1100), *range(0x1E00, 0x2000))) if char.isupper()
)
"""Capital letters of the Latin, Greek, Cyrillic, Armenian and Georgian scripts."""

_AFTER_TITLE = "|".join(
    rf"(?<=\b(?:{titles})\.)"  # a look behind is of one width
    for titles in ("Mr|Ms|Dr|St|Lt", "Mrs|Gen|Sen|Rep|Gov|Col|Sgt", "Prof|Capt")
)
_REST = r"[^\W_]*+(?:(?:&|['\u2019\-.](?=[^\W_]))[^\W_]*+)*"
_WORD = rf"[{_CAPITALS}]{_REST}"
_NAME = re.compile(
    rf"[{_CAPITALS}](?<!\w[{_CAPITALS}]){_REST}"
    rf"(?:(?:[ \t\u00a0]|\.(?:(?<=\b[{_CAPITALS}]\.)[ \u00a0]?|(?:{_AFTER_TITLE})[ \u00a0])){_WORD})*"
)
_SENTENCE_START = re.compile(r"(?:\A|[\n\r.!?\u2026:])[^\w\n]*\Z|[\"\u201c\u201e\u00ab(\[*\u2022]\s*\Z")
_ENDING = re.compile(r"['\u2019](?:[sS]|ll|ve|re|m|d)?$")
_INITIALS = re.compile(rf"(?:^| )[{_CAPITALS}](?:\.[{_CAPITALS}])+$")
_TICKER = re.compile(rf"[{_CAPITALS}0-9]{{2,6}}(?:\.[{_CAPITALS}]{{1,3}})?")

DATES = frozenset(
    ("i", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
     "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar",
     "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec")
)  # fmt: skip
"""Capitalised in English, and no names; and the word I."""


def names(text: str) -> list[str]:
    """The different runs of capitalised words, as they are first spelled, without a possessive ending; in order.

    The first word of a sentence is part of a name only if the text never writes it small, and it stands capitalised
    within a sentence too, or is short and all capitals as tickers are, or what follows is no name without it.
    Scripts without capitals have no names here.
    """
    runs: dict[tuple[str, str, bool], list[str]] = {}
    inside: set[str] = set()
    for match in _NAME.finditer(text):
        run = match.group()
        words = run.split()
        if len(words) > MAX_WORDS:
            continue
        start, end = match.span()
        begins = _begins_sentence(text, start)
        runs[run, text[end : end + 1], begins] = words
        if not begins:
            inside.update(words)
    whole = DATES.union([run.casefold() for run, _, _ in runs])
    written = text.split()
    known = set(written)
    found: dict[str, None] = {}
    for (run, following, begins), words in runs.items():
        name = run
        if begins and not _begins_name(words, inside, whole, known):
            if len(words) == 1:
                continue
            name = run[run.index(words[1], len(words[0])) :]
        spelled = _bare(name, following)
        if len(spelled) > 1 and (" " in spelled or _is_capitalised(spelled, known, written)):
            found[spelled] = None
    return list(found)


def _begins_sentence(text: str, start: int) -> bool:
    """Whether the word that begins there is the first of a sentence, line or quote."""
    if start > 1 and text[start - 1] == " " and text[start - 2].isalnum():  # as most do not
        return False
    return _SENTENCE_START.search(text, max(start - 6, 0), start) is not None


def _begins_name(words: list[str], inside: set[str], whole: frozenset[str], known: set[str]) -> bool:
    """Whether the first of these words, which begins a sentence, is part of a name."""
    first = words[0]
    if first.lower() in known:
        return False
    return (
        first in inside
        or bool(_TICKER.fullmatch(first))
        or (len(words) > 1 and " ".join(words[1:]).casefold() not in whole)
    )


def _is_capitalised(word: str, known: set[str], written: list[str]) -> bool:
    """Whether a word is no date, and is not written small more often than so."""
    if word.casefold() in DATES:
        return False
    small = word.lower()
    return small not in known or written.count(small) <= written.count(word)


def _bare(spelled: str, following: str) -> str:
    """Without a possessive or contracted ending, but with the last point of initials."""
    if ("'" in spelled or "\u2019" in spelled) and (ending := _ENDING.search(spelled)):
        return spelled[: ending.start()]
    return spelled + following if following == "." and _INITIALS.search(spelled) else spelled
