"""What a headline, a slug and a guid tell of versions, and what is left of them without that.

Version words are looked for only where agencies put them: at the head, closed by a hyphen, a colon or a bracket, and at
the end, in brackets or after a comma or a dash. In the middle they are words like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsdedup.model.article import Article, ArticleRef, Status
from newsdedup.model.filing import Filing
from newsdedup.stages.text.wire_words import WORDS

MOST_WORDS = 6
"""Version words in one headline: `RPT-CORRECTED-UPDATE 2-` is three."""

MOST_UPDATES = 99
"""A greater number is not that of an update: dpa gives the time of day with a summary."""


@dataclass(frozen=True, slots=True)
class WireWords:
    """What a headline or slug says of the filing, and the rest of it."""

    filing: Filing
    number: int | None
    """Of the update, lead or repeat, where it has one."""
    plain: str
    """Without the version words; empty where there is nothing else."""


@dataclass(frozen=True, slots=True)
class ItemVersion:
    """A guid taken apart: all versions of an item share `item`."""

    item: str
    version: int | None


@dataclass(frozen=True, slots=True)
class _Found:
    """A version word at `text[start:end]` with its number."""

    spelled: str
    filing: Filing
    number: int | None
    end: int


_ORDER = {filing: place for place, filing in enumerate(Filing)}
_SPELLED = {word: filing for filing, words in WORDS.items() for word in words}
_FOLDED = {word.casefold(): filing for word, filing in _SPELLED.items() if word != word.upper()}
_NUMBERED = {
    word.casefold(): filing
    for word, filing in _SPELLED.items()
    if filing in {Filing.ALERT, Filing.UPDATE, Filing.REPEAT, Filing.ADVANCE}
}
"""What may be written in any case beside a number: `1st Ld-Writethru`, `Adv 24`."""

_BY_STATUS = {
    Status.CANCELED: Filing.KILL,
    Status.WITHHELD: Filing.KILL,
    Status.EMBARGOED: Filing.EMBARGO,
    Status.CORRECTED: Filing.CORRECTION,
}

_KEY = 4


def _by_start() -> dict[str, re.Pattern[str]]:
    starts: dict[str, list[str]] = {}
    for word in sorted(_SPELLED, key=len, reverse=True):
        starts.setdefault(word[:_KEY].casefold(), []).append(re.escape(word))
    return {start: re.compile("|".join(words), re.IGNORECASE) for start, words in starts.items()}


_BY_START = _by_start()
"""The words that begin with each few letters, the longest first."""

_BEGIN, _END = "([{<（【〔［《〈", ")]}>）】〕］》〉"
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.|º|ª)[ ]?", re.IGNORECASE)
_NUMBER = re.compile(r"\.?(?:[ ]?#?(\d{1,4})보?(?!\d))?")
_NOTE = r"(?:[ ]?[(（][^()（）]{0,40}[)）])?"
_AFTER_WORD = re.compile(rf"{_NOTE}(?:[ ]?[:：|｜*+]+|[ ]?[-–—―－/]+[ ]?|\Z)\s*")
_AFTER_BRACKET = re.compile(r"\A[ ]?[:：–-]?\s*")
_BRACKET = re.compile(rf"(?:[\s:：,，;/·][^{re.escape(_END)}]{{0,80}})?[{re.escape(_END)}]")
_ADORNED = re.compile(r"[\s*+]+")
_COUNT = re.compile(r",\s*\d{2,4}\Z")
"""How long the story is, at the end of the slugs of American agencies."""

_CYCLE = re.compile(r"(?:(?:BC|AM|PM|AP)-)+", re.IGNORECASE)
_VERSIONED = (
    re.compile(r"(urn:newsml:[^:]+:\d{8}(?:T\d{6}(?:Z|[+-]\d{4})?)?:.+):(\d{1,9})[NAU]?", re.IGNORECASE),
    re.compile(r"(tag:[^:]+,\d{4}:newsml_\w+):(\d{1,9})", re.IGNORECASE),
    re.compile(r"(.+?)[-_./:;?&#@]v(?:er(?:sion)?)?[=._-]?(\d{1,9})", re.IGNORECASE),
    re.compile(r"(.+?)[;?&#]rev(?:ision)?=(\d{1,9})", re.IGNORECASE),
)
"""Guids that end with a version: NewsML's, those of Reuters, and `...-v2`, `...?version=2`."""
_VERSION_MARKS = frozenset(":/;@#")
"""What stands between a guid and the version that was given beside it."""

_MARKS = frozenset(f"{_BEGIN}*+0123456789")
_CLOSING = frozenset(f"{_END}0123456789+*")
_ENDS = frozenset(word[-5:].casefold() for word in _SPELLED if len(word) > 4)
_SHORT_ENDS = frozenset(f" {word}"[-3:] for word in (*(word.upper() for word in _SPELLED if len(word) < 5), "Ld", "ld"))


def wire_words(headline: str) -> WireWords:
    """What a headline or a slug says of its filing."""
    if _suspect(headline):
        return _parse(headline)
    return WireWords(Filing.FIRST, None, headline)


def filing_of(article: Article | ArticleRef) -> WireWords:
    """What an article is to those filed before it, by status, headline and slug; `plain` is the plain headline."""
    title = wire_words(article.title)
    if not article.slug and article.status is Status.USABLE:  # most articles: only the headline says anything
        return title
    slug = wire_words(article.slug)
    said = {_BY_STATUS.get(article.status, Filing.FIRST), title.filing, slug.filing}
    number = slug.number if title.number is None else title.number
    return WireWords(max(said, key=_ORDER.__getitem__), number, title.plain)


def plain_headline(headline: str) -> str:
    """A headline without its version words, for comparison. Half a microsecond for the many that have none."""
    return _parse(headline).plain if _suspect(headline) else headline


def plain_slug(slug: str) -> str:
    """What all leads of a story share of their slugs: no version words, no cycle (`BC-`, `AM-`, `PM-`), no case."""
    return _CYCLE.sub("", _parse(_COUNT.sub("", slug.strip())).plain).casefold()


def item_version(guid: str, version: str = "") -> ItemVersion:
    """The item that a guid names and its version, which stands in the guid or was given beside it."""
    given = int(version) if version.isascii() and version.isdigit() else None
    if not guid:
        return ItemVersion("", given)
    for pattern in _VERSIONED:
        if found := pattern.fullmatch(guid):
            return ItemVersion(found[1], int(found[2]) if given is None else given)
    stem = guid.removesuffix(version) if version else ""
    return ItemVersion(stem[:-1] if stem[-1:] in _VERSION_MARKS and stem != guid else guid, given)


def _suspect(headline: str) -> bool:
    """Whether a headline begins or ends like one with a version word."""
    start = headline[:_KEY].casefold()
    return (
        start in _BY_START
        or start[:3] in _BY_START
        or start[:2] in _BY_START
        or start[:1] in _MARKS
        or headline[-1:] in _CLOSING
        or headline[-5:].casefold() in _ENDS
        or headline[-3:] in _SHORT_ENDS
    )


def _parse(headline: str) -> WireWords:
    rest = headline.strip()
    filings = {Filing.FIRST}
    numbers = []
    for _ in range(MOST_WORDS):
        taken = _from_head(rest) or _from_end(rest)
        if taken is None:
            break
        found, rest = taken
        filings.add(found.filing)
        if found.number is not None and found.number <= MOST_UPDATES:
            numbers.append(found.number)
    if len(filings) == 1:
        return WireWords(Filing.FIRST, None, headline)
    return WireWords(max(filings, key=_ORDER.__getitem__), numbers[0] if numbers else None, rest.strip())


def _from_head(text: str) -> tuple[_Found, str] | None:
    """The version word at the head of a text, and the text after it."""
    adorned = _ADORNED.match(text)
    start = adorned.end() if adorned else 0
    if start < len(text) and text[start] in _BEGIN:
        found = _word_at(text, start + 1)
        if found and (closed := _BRACKET.match(text, found.end)):
            return found, _AFTER_BRACKET.sub("", text[closed.end() :])
        return None
    found = _word_at(text, start)
    if found and (closed := _AFTER_WORD.match(text, found.end)):
        rest = text[closed.end() :]
        if found.number is not None or closed[0] not in {"-", "/"} or _stands_out(found, rest):
            return found, rest
    return None


def _from_end(text: str) -> tuple[_Found, str] | None:
    """The version word at the end of a text, and the text before it."""
    if text[-1:] in _END:
        start = max(map(text.rfind, _BEGIN.replace("<", "")))  # in headlines <RPT> is a company
        found = _word_at(text, start + 1) if start >= 0 else None
        if found and _BRACKET.fullmatch(text, found.end):
            return found, text[:start].rstrip()
        return None
    counted = _COUNT.sub("", text)
    start = max(counted.rfind(","), counted.rfind("/"), counted.rfind("- "), counted.rfind("– "), counted.rfind("— "))
    if start < 0:
        return None
    word = start + 1
    while word < len(counted) and counted[word] == " ":
        word += 1
    found = _word_at(counted, word)
    if not found or found.end < len(counted):
        return None
    before = counted[:start].rstrip(" -–—")
    if found.filing is Filing.KILL and " " in before and text.isupper():
        return None  # CHARGES FILED, WITHDRAWN
    return found, before


def _word_at(text: str, start: int) -> _Found | None:
    """The version word that begins at a place."""
    ordinal = _ORDINAL.match(text, start)
    at = ordinal.end() if ordinal else start
    key = text[at : at + _KEY].casefold()
    for begin in (key, key[:3], key[:2]):
        pattern = _BY_START.get(begin)
        if pattern and (word := pattern.match(text, at)) and (number := _NUMBER.match(text, word.end())):
            told = number[1] or (ordinal[1] if ordinal else word[0][0] if word[0][0].isdigit() else None)
            filing = _SPELLED.get(word[0]) or (_NUMBERED if told else _FOLDED).get(word[0].casefold())
            if filing:
                return _Found(word[0], filing, int(told) if told else None, number.end())
    return None


def _stands_out(found: _Found, rest: str) -> bool:
    """Whether a word that a lone hyphen joins to the next is a version word: in capitals, and the headline is not."""
    if found.spelled != found.spelled.upper():
        return False
    return not rest.isupper() or found.filing in {Filing.REPEAT, Filing.CORRECTION, Filing.KILL}
