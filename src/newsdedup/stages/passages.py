"""What two articles that are not one story share, in nearly the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from newsdedup.model.report import Passage, Span
from newsdedup.stages.text.alignment import Run, align, mask, spell
from newsdedup.stages.text.credits import find_credits
from newsdedup.stages.text.furniture import find_furniture
from newsdedup.stages.text.lines import NO_LINES, Lines, find_lines
from newsdedup.stages.text.words import STAND_IN, Range, Words, read_words

MAX_GAP = 3
"""Differing words, on either side, that a passage may go over."""

MIN_RUN = 3
"""Words in the shortest run that can continue a passage over a gap, so that "of the" here and there does not."""

MIN_SHARED = 0.6
"""Share of the words of a sentence from where on a passage takes in all of it."""

MAX_ROUNDS = 6
"""How often what is left of both texts is aligned again: so many times may the order of passages be broken."""

_OPENING = re.compile(r"(?<!\S)[\"'“‘«„(\[]+\Z")
_CLOSING = re.compile(r"[.!?…。！？۔।]*[\"'”’»)\]」』]*")


def shared_passages(
    a: str, b: str, learned: tuple[Lines, Lines] = (NO_LINES, NO_LINES), *, min_words: int = 8, limit: int = 50
) -> tuple[Passage, ...]:
    """The passages of at least `min_words` words that two texts share, whatever their order.

    A passage may differ in up to MAX_GAP words at a time and is widened to whole sentences where most of them is
    shared. No part of either text is in two passages; credits and page furniture, also what was `learned` of each
    publisher, are in none. Of more than `limit` the longest are kept; sorted by where they stand in a. A character of
    a script without spaces is half a word.
    """
    words_a, words_b = read_words(a), read_words(b)
    spelt_a, spelt_b = spell(words_a, words_b)
    taken_a, taken_b = _not_the_story(words_a, learned[0]), _not_the_story(words_b, learned[1])
    found: list[tuple[Range, Range]] = []
    for _ in range(MAX_ROUNDS):
        left_a = mask(spelt_a, _stretches(taken_a), STAND_IN)
        left_b = mask(spelt_b, _stretches(taken_b), STAND_IN + 1)
        new = list(_chains(align(left_a, left_b), words_a, words_b, min_words))
        if not new:
            break
        for in_a, in_b in new:
            _take(taken_a, in_a)
            _take(taken_b, in_b)
        found += new
    found = sorted(found, key=lambda pair: (pair[0][0] - pair[0][1], pair))[:limit]
    passages = []
    for in_a, in_b in sorted(found):
        span_a = _span(words_a, _widened(words_a, in_a, taken_a))
        span_b = _span(words_b, _widened(words_b, in_b, taken_b))
        passages.append(Passage(span_a, span_b, a[slice(*span_a)]))
    return tuple(passages)


def _not_the_story(words: Words, learned: Lines) -> bytearray:
    """A one for every word of credits and furniture."""
    taken = bytearray(len(words))
    for start, end in (*find_credits(words.text), *find_furniture(words.text)):
        _take(taken, words.within(start, end))
    for line in find_lines(words, learned):
        _take(taken, line)
    return taken


def _take(taken: bytearray, words: Range) -> None:
    taken[words[0] : words[1]] = b"\x01" * (words[1] - words[0])


def _stretches(taken: bytearray) -> Iterator[Range]:
    return (found.span() for found in re.finditer(b"\x01+", taken))


def _chains(runs: Sequence[Run], a: Words, b: Words, min_words: int) -> Iterator[tuple[Range, Range]]:
    """The words of runs with small gaps between them, where the runs have `min_words` words together."""
    before_a = list(accumulate(a.weights, initial=0))
    before_b = list(accumulate(b.weights, initial=0))
    shared = 0
    first = last = Run(0, 0, 0)
    for run in (*runs, Run(len(a), len(b), 0)):
        weight = before_a[run.a + run.size] - before_a[run.a]
        if run.size and weight < 2 * MIN_RUN:
            continue
        gap_a = before_a[run.a] - before_a[last.a + last.size]
        gap_b = before_b[run.b] - before_b[last.b + last.size]
        if run.size and shared and max(gap_a, gap_b) <= 2 * MAX_GAP:
            shared += weight
        else:
            if shared and shared >= 2 * min_words:
                yield (first.a, last.a + last.size), (first.b, last.b + last.size)
            first, shared = run, weight
        last = run


def _widened(words: Words, passage: Range, taken: bytearray) -> Range:
    """The passage fitted to sentences at both ends.

    A sentence it has most of it takes in as far as its words are free, and marks them in `taken`; a few words of a
    sentence it has little of it leaves out.
    """
    first, last = passage
    (start, first_end), (last_start, end) = (words.sentence_of(i) for i in (first, last - 1))
    if min(first_end, last) - first >= MIN_SHARED * (first_end - start):
        while first > start and not taken[first - 1]:
            first -= 1
    elif first > start and first_end - first <= MAX_GAP and first_end < last:
        first = first_end
    if last - max(last_start, first) >= MIN_SHARED * (end - last_start):
        while last < end and not taken[last]:
            last += 1
    elif last < end and last - last_start <= MAX_GAP and first < last_start:
        last = last_start
    _take(taken, (first, last))
    return first, last


def _span(words: Words, passage: Range) -> Span:
    """Where the words stand, with the marks around them if they are whole sentences."""
    start, end = words.starts[passage[0]], words.ends[passage[1] - 1]
    if passage[0] in words.firsts and (opening := _OPENING.search(words.text, max(start - 3, 0), start)):
        start = opening.start()
    if passage[1] in words.firsts and (closing := _CLOSING.match(words.text, end)):
        end = closing.end()
    return start, end
