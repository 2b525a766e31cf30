"""Figures in a text: what they are worth, and how exactly they are given."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from newsdedup.stages.text.tokens import tokenize

_SCALES = {
    1e3: "thousand thousands tsd tausend mila mil тыс тысяч тысячи тысяча ألف الف آلاف الاف हज़ार हजार",
    1e5: "lakh lakhs lac lacs लाख",
    1e6: "mn mln mlns mio million millions millionen millón millones milione milioni milhão milhões milyon"
    " млн миллион миллиона миллионов مليون مليونا ملايين",
    1e7: "crore crores करोड़",
    1e9: "bn bln blns billion billions mrd milliard milliards milliarde milliarden miliardo miliardi bilhão bilhões"
    " milyar млрд миллиард миллиарда миллиардов مليار مليارا مليارات بليون",
    1e12: "tn trn trln trillion trillions трлн триллион триллиона триллионов تريليون تريليونات",
}
_WORDS = {word: worth for worth, words in _SCALES.items() for word in words.split()}
_SIGNS = {
    "千": 1e3,
    "천": 1e3,
    "万": 1e4,
    "萬": 1e4,
    "만": 1e4,
    "億": 1e8,
    "亿": 1e8,
    "억": 1e8,
    "兆": 1e12,
    "조": 1e12,
}
_LETTERS = {"k": 1e3, "m": 1e6, "b": 1e9}
"""Only after an amount of money: "$5m" is millions, "5m" may be metres."""
_WORTH = _WORDS | _SIGNS | _LETTERS

_PERCENT_WORDS = (
    "percent", "per cent", "pct", "percentage point", "percentage points", "prozent", "pour cent", "por ciento",
    "por cento", "процент", "процента", "процентов", "بالمئة", "بالمائة", "في المئة", "في المائة",
)  # fmt: skip

_CURRENCIES = frozenset("$€£¥₹₽₩₪")


def _either(words: tuple[str, ...]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_GAP = r"[ \u00a0\u202f\-]?"
_SCALE = rf"(?:(?:{_either(tuple(_WORDS))})(?!\w)|[{''.join(_SIGNS)}])"
_FIRST_LETTERS = "".join(sorted({word[0] for word in (*_WORTH, *_PERCENT_WORDS, *"%٪％")}))
"""What any of all that begins with: few words that follow a figure do, and the others need not be tried one by one."""
_FIGURE = re.compile(
    r"(\d\d*(?:[.,\u066b\u066c]\d+|['\u2019\u00a0\u202f\u2009]\d{3}(?!\d))*)"
    rf"(?:(?={_GAP}[{_FIRST_LETTERS}])"
    rf"(?:(?P<percent>{_GAP}(?:[%٪％]|(?:{_either(_PERCENT_WORDS)})(?!\w)))"
    rf"|{_GAP}(?P<scale>{_SCALE})(?:\.?{_GAP}(?P<more>{_SCALE}))?"
    r"|(?P<letter>[kmb])(?!\w)))?",
    re.IGNORECASE,
)

_SEPARATOR = re.compile(r"\D")
_DECIMAL_COMMA = re.compile(r"\d,\d{1,2}(?![\d.,]\d|\d)|\d\.\d{3}[.,]\d")
_DECIMAL_POINT = re.compile(r"\d\.\d{1,2}(?![\d.,]\d|\d)|\d,\d{3}[.,]\d")


class Figure(NamedTuple):
    """A number as it stands in a text."""

    value: float
    """With its scale: 11.9e6 for "11.9 mln"; of a percentage the number before the sign."""
    unit: float
    """What the last digit that is given counts: 1e5 for "11.9 mln"."""
    percent: bool
    spelled: str


def figures(text: str) -> tuple[Figure, ...]:
    """All figures written with digits, of any script, in order; not the digits of names such as G20."""
    found = []
    comma: bool | None = None
    for match in _FIGURE.finditer(text):
        start, end = match.span()
        if start and text[start - 1].isalpha() and text[start - 1].isascii():
            continue
        number, percent, scale, more, letter = match.groups()
        places = 0
        if number.isdigit():
            value = float(number)
        else:
            if comma is None:
                comma = bool(_DECIMAL_COMMA.search(text)) and not _DECIMAL_POINT.search(text)
            value, places = _parse(number, decimal_comma=comma)
        before = text[max(start - 2, 0) : start]
        unit = 10.0**-places
        if scale:
            worth = _WORTH[scale.casefold()] * (_WORTH[more.casefold()] if more else 1.0)
            value, unit = value * worth, unit * worth
        elif letter:
            if _CURRENCIES.isdisjoint(before[-1:]):
                end -= 1
            else:
                worth = _LETTERS[letter.casefold()]
                value, unit = value * worth, unit * worth
        if before[-1:] in {"-", "\u2212"} and (len(before) == 1 or before[0] in " \n\t("):
            start, value = start - 1, -value
        found.append(Figure(value, unit, percent is not None, text[start:end]))
    return tuple(found)


def _parse(number: str, *, decimal_comma: bool) -> tuple[float, int]:
    """The value of digits and separators, and how many digits stand behind the decimal sign.

    A lone separator before three digits is the ambiguous case: a comma parts thousands and a point decimals unless
    the text writes decimals with a comma. Separators that repeat part groups, of thousands or of a date.
    """
    separators = _SEPARATOR.findall(number)
    last = separators[-1]
    whole, _, fraction = number.rpartition(last)
    grouping = separators.count(last) > 1 or last not in ".,\u066b"
    if len(separators) == 1 and len(fraction) == 3 and len(whole) <= 3 and whole[0] != "0" and last in ".,":
        grouping = (last == ".") == decimal_comma
    digits = _SEPARATOR.sub("", number)
    places = 0 if grouping else len(fraction)
    return float(digits) / 10**places, places


def same_figure(a: Figure, b: Figure) -> bool:
    """Whether two figures are one, or one is the other rounded: "11.9 mln" and "11,908,000".

    Only figures of two digits and more, or with a scale, count as rounded, so that 5 is not 5.4.
    """
    if a.percent != b.percent:
        return False
    if a.value == b.value:
        return True
    coarse, fine = (a, b) if a.unit >= b.unit else (b, a)
    if coarse.unit < 1000 and abs(coarse.value) < 10 * coarse.unit:
        return False
    return coarse.unit > fine.unit and abs(coarse.value - fine.value) <= coarse.unit * 0.5000001


@functools.cache
def scale_words() -> frozenset[str]:
    """The words, folded as tokens are, that give a figure its scale or make it a percentage."""
    words = (*_WORDS, *_SIGNS, *_PERCENT_WORDS)
    return frozenset(token.folded for word in words for token in tokenize(word))
