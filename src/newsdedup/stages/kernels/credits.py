"""Which texts may have a credit, so that the patterns that find credits are tried on few.

What is looked for is what a credit must have, in `stages.text.credits`: whatever a pattern there finds, a text in which
it does is told here. That some of the others are told too costs time and nothing else.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.compiled import kernel
from newsdedup.stages.kernels.lines import place_of

HEAD, FOOT = 1, 2
HEAD_CHARS = 600
HINT_CHARS = 500
"""In the last so many characters a notice at the foot begins, or goes on."""
LONG_LINE = 120
"""A longer line is a paragraph: it can begin with a dateline, but is no credit itself."""
SHORT_LINE = 60
SHORTEST_PLACE, LONGEST_PLACE = 3, 31
"""Characters of a place in capitals before the comma of a dateline."""
MOST_BLANKS = 3
"""White space before the dash of `Abu Dhabi city - WAM:`."""
SIGNATURE_LINE = 16
SIGNATURE = 8
"""Characters of a last line that is nothing but an agency and a full stop, with white space and without."""
ASCII = 128

_TAB, _LINE_END, _BLANK, _QUOTE, _BRACKET, _COMMA, _HYPHEN, _STOP, _COLON, _SQUARE, _LOW_LINE = map(
    ord, "\t\n '(,-.:[_"
)
_NO_BREAK, _COPYRIGHT, _EN_DASH, _EM_DASH, _WIDE_BLANK, _WIDE_SQUARE, _WIDE_BRACKET = map(
    ord, "\u00a0\u00a9\u2013\u2014\u3000\u3010\uff08"
)
_NO_CODE = np.uint32(0xFFFFFFFF)


AGENCIES, MONTHS, STARTS, STAMPS, HINTS = range(5)
"""Lists of words: those after the first are in small letters."""


class Musts(NamedTuple):
    """What credits must have, in few arrays: each is passed on by every call, and to compile for many takes longer."""

    words: NDArray[np.uint32]
    """The words of all lists one after the other, each up to its place in `ends`."""
    ends: NDArray[np.int64]
    lists: NDArray[np.int64]
    """The first word of each list, and how many words there are."""
    keys: NDArray[np.uint64]
    """The first two characters of each agency as one number, sorted as the agencies are."""
    hints: NDArray[np.uint8]
    """Which words are hints that begin with two characters: from the first to before the last, (128, 128, 2)."""


@kernel
def small(code: np.uint32) -> np.uint32:
    """The small letter of a capital of ASCII, and any other character itself."""
    return np.uint32(code + np.uint32(32)) if 65 <= code <= 90 else code


@kernel
def is_letter(code: np.uint32) -> bool:
    """Whether a character is a letter of ASCII."""
    return bool(97 <= small(code) <= 122)


@kernel
def is_digit(code: np.uint32) -> bool:
    """Whether a character may be a digit: those of ASCII, and whatever is not of ASCII."""
    return bool(48 <= code <= 57 or code >= ASCII)


@kernel
def is_blank(code: np.uint32) -> bool:
    """Whether a character is a blank or a tab."""
    return bool(code == _BLANK or code == _TAB)


@kernel
def is_space(code: np.uint32) -> bool:
    """Whether a character is what `str.isspace` says is white space."""
    space = code == _BLANK or 9 <= code <= 13 or 28 <= code <= 31
    if code >= ASCII:
        space = (
            code in {0x85, _NO_BREAK, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, _WIDE_BLANK} or 0x2000 <= code <= 0x200A
        )
    return bool(space)


@kernel
def is_dash(code: np.uint32) -> bool:
    """Whether a character can stand between a place and an agency."""
    return bool(code == _HYPHEN or code == _COLON or code == _LOW_LINE or code == _EN_DASH or code == _EM_DASH)


@kernel
def begins_word(codes: NDArray[np.uint32], at: int, musts: Musts, first: np.int64, last: np.int64) -> bool:
    """Whether one of the words from `first` to before `last` begins there, in any case."""
    words, ends = musts.words, musts.ends
    for word in range(first, last):
        begin = ends[word - 1]
        size = ends[word] - begin
        if at + size <= len(codes):
            i = 0
            while i < size and small(codes[at + i]) == words[begin + i]:
                i += 1
            if i == size:
                return True
    return False


@kernel
def begins_agency(codes: NDArray[np.uint32], at: int, musts: Musts) -> bool:
    """Whether the name of an agency stands there, and no further letter of ASCII after it."""
    keys, names, ends = musts.keys, musts.words, musts.ends
    if at + 1 >= len(codes):
        return False
    key = np.uint64(codes[at]) << np.uint64(32) | np.uint64(codes[at + 1])
    place = place_of(key, keys)
    while 0 <= place < len(keys) and keys[place] == key:
        begin = ends[place - 1] if place else 0
        size = ends[place] - begin
        if at + size <= len(codes):
            i = 2
            while i < size and codes[at + i] == names[begin + i]:
                i += 1
            if i == size and (at + size == len(codes) or not is_letter(codes[at + size])):
                return True
        place += 1
    return False


@kernel
def begins_dateline(codes: NDArray[np.uint32], first: int, stop: int, musts: Musts) -> bool:
    """Whether a line begins with capitals, and a comma before a month or a figure, as `NEW YORK, March 3 -` does."""
    i = first
    while i < stop and i - first < LONGEST_PLACE:
        code = codes[i]
        if not (65 <= code <= 90 or code == _STOP or code == _QUOTE or code == _HYPHEN or code == _BLANK):
            break
        i += 1
    if i - first < SHORTEST_PLACE:
        return False
    while i + 2 < len(codes) and codes[i] == _COMMA:
        i += 1
        blank = is_space(codes[i])
        i += blank
        if blank and (is_digit(codes[i]) or begins_word(codes, i, musts, musts.lists[MONTHS], musts.lists[STARTS])):
            return True
        while i < len(codes) and (
            is_letter(codes[i]) or is_digit(codes[i]) or codes[i] == _STOP or codes[i] == _LOW_LINE
        ):
            i += 1
    return False


@kernel
def brackets_agency(codes: NDArray[np.uint32], first: int, stop: int, musts: Musts) -> bool:
    """Whether the first bracket of a line begins as an agency does, as in `LONDON (Reuters) -`."""
    for i in range(first, min(stop, first + LONG_LINE)):
        if codes[i] == _BRACKET:
            return begins_agency(codes, i + 1, musts)
    return False


@kernel
def leads_to_agency(codes: NDArray[np.uint32], first: int, stop: int, musts: Musts) -> bool:
    """Whether an agency follows on a dash after up to three words, as in `Oslo - NTB:`."""
    blanks = 0
    for i in range(first, stop):
        if is_blank(codes[i]):
            blanks += i > first and not is_blank(codes[i - 1])
            if blanks > MOST_BLANKS:
                break
        elif is_dash(codes[i]):
            at = i + 1
            while at < stop and is_blank(codes[at]):
                at += 1
            if begins_agency(codes, at, musts):
                return True
    return False


@kernel
def line_may_credit(codes: NDArray[np.uint32], first: int, stop: int, musts: Musts) -> bool:
    """Whether the line `first:stop` of a head may begin with a credit."""
    if brackets_agency(codes, first, stop, musts) or begins_dateline(codes, first, stop, musts):
        return True
    if stop - first <= LONG_LINE and begins_word(codes, first, musts, musts.lists[STARTS], musts.lists[STAMPS]):
        return True
    initial = codes[first]
    near = stop - first <= SHORT_LINE or initial >= ASCII
    i = first
    while not near and i < first + SHORT_LINE:
        near = codes[i] == _COLON
        i += 1
    if not near:
        return False
    if initial in {_HYPHEN, _BRACKET, _SQUARE, _WIDE_SQUARE, _WIDE_BRACKET}:
        return True
    return begins_agency(codes, first, musts) or leads_to_agency(codes, first, stop, musts)


@kernel
def head_may_credit(text: NDArray[np.uint32], musts: Musts) -> bool:
    """Whether a text may begin with the stamp of a collection, or a line of its head with a credit."""
    at = 0
    while at < len(text) and (is_blank(text[at]) or text[at] == _HYPHEN):
        at += 1
    if begins_word(text, at, musts, musts.lists[STAMPS], musts.lists[HINTS]):
        return True
    head = text[:HEAD_CHARS]
    start = 0
    while start < len(head):
        stop = start
        while stop < len(head) and head[stop] != _LINE_END:
            stop += 1
        first = start
        while first < stop and (is_blank(head[first]) or head[first] == _NO_BREAK or head[first] == _WIDE_BLANK):
            first += 1
        if first < stop and line_may_credit(head, first, stop, musts):
            return True
        start = stop + 1
    return False


@kernel
def foot_may_credit(text: NDArray[np.uint32], musts: Musts) -> bool:
    """Whether a text may end with a notice, or with nothing but the name of an agency."""
    end = len(text)
    code = _NO_CODE
    for i in range(max(end - HINT_CHARS, 0), end):
        before, code = code, small(text[i])
        if code < ASCII and before < ASCII:
            first, last = np.int64(musts.hints[before, code, 0]), np.int64(musts.hints[before, code, 1])
            if first < last and begins_word(text, i - 1, musts, first, last):
                return True
        elif code == _COPYRIGHT:
            return True
    while end and is_space(text[end - 1]):
        end -= 1
    start = end
    while start and text[start - 1] != _LINE_END and end - start < SIGNATURE_LINE:
        start -= 1
    if end - start >= SIGNATURE_LINE:
        return False
    while start < end and is_space(text[start]):
        start += 1
    return bool(0 < end - start <= SIGNATURE)


@kernel
def may_credit(codes: NDArray[np.uint32], offsets: NDArray[np.int64], musts: Musts, found: NDArray[np.uint8]) -> None:
    """Tell in `found` (texts,) if the texts `codes[offsets[i]:offsets[i + 1]]` may have a credit, at HEAD or FOOT."""
    for i in range(len(offsets) - 1):
        text = codes[offsets[i] : offsets[i + 1]]
        found[i] = HEAD * head_may_credit(text, musts) + FOOT * foot_may_credit(text, musts)
