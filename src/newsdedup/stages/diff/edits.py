"""The diff of an article against its canonical article, and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from newsdedup.model.article import Article
from newsdedup.model.report import Edit, EditKind, Span
from newsdedup.stages.diff.gaps import joint
from newsdedup.stages.diff.islands import slide, tidy
from newsdedup.stages.diff.kinds import Quotes, quotes_of, story_kind, zone_kind
from newsdedup.stages.diff.moves import Move, find_moves
from newsdedup.stages.diff.sides import Sides
from newsdedup.stages.diff.typography import after_space, common_ends, respelt
from newsdedup.stages.diff.zones import find_zones
from newsdedup.stages.text.alignment import Run, align, mask, spell
from newsdedup.stages.text.lines import NO_LINES, Lines
from newsdedup.stages.text.words import STAND_IN, Range, Words, read_words

_SPOKEN = {EditKind.ADDED, EditKind.CUT, EditKind.REWORDED}
"""What is called a change of a quote where it stands in one."""


def diff(canonical: Article, variant: Article, learned: tuple[Lines, Lines] = (NO_LINES, NO_LINES)) -> tuple[Edit, ...]:
    """How to get from the canonical text to the variant's, word by word; `learned` is the furniture of each publisher.

    Edits are sorted, do not overlap, and `apply_edits(canonical.text, edits) == variant.text` for any two texts.
    A few milliseconds for two articles, a few seconds for two of 100,000 words: time grows with the product of the
    lengths only inside gaps that share no rare words, and the largest of those are not compared at all.
    """
    if canonical.text == variant.text:
        return ()
    a, b = read_words(canonical.text), read_words(variant.text)
    sides = Sides(a, b, *spell(a, b), find_zones(canonical, learned[0]), find_zones(variant, learned[1]))
    runs = tidy(align(sides.spelt_a, sides.spelt_b), sides)
    if moves := find_moves(a, b, sides.spelt_a, sides.spelt_b, runs):
        sides = _apart(sides, moves)
        runs = tidy(align(sides.spelt_a, sides.spelt_b), sides)
    return tuple(_edits(joint(slide(runs, sides), sides), sides))


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """The canonical text with the edits made: the variant's."""
    parts = []
    last = 0
    for edit in edits:
        start, end = edit.canonical_span
        parts += [text[last:start], edit.text]
        last = end
    return "".join([*parts, text[last:]])


def _apart(sides: Sides, moves: Sequence[Move]) -> Sides:
    """The same two texts, in which what moved has its own zones and aligns with nothing."""
    zones_a, zones_b = list(sides.zones_a), list(sides.zones_b)
    for number, move in enumerate(moves, 1):
        zones_a[slice(*move.a)] = [number] * (move.a[1] - move.a[0])
        zones_b[slice(*move.b)] = [-number] * (move.b[1] - move.b[0])
    return replace(
        sides,
        spelt_a=mask(sides.spelt_a, [move.a for move in moves], STAND_IN),
        spelt_b=mask(sides.spelt_b, [move.b for move in moves], STAND_IN + 1),
        zones_a=zones_a,
        zones_b=zones_b,
    )


def _edits(runs: Sequence[Run], sides: Sides) -> Iterator[Edit]:
    """The edits of every gap and every run, in order."""
    a, b = sides.a, sides.b
    quotes = (quotes_of(a.text), quotes_of(b.text))
    last_a = last_b = left_a = left_b = 0
    for run in (*runs, Run(len(a), len(b), 0)):
        if run.size:
            right_a, right_b = a.starts[run.a], b.starts[run.b]
        else:
            right_a, right_b = _end_of_gap(a, run.a), _end_of_gap(b, run.b)
        if left_a != right_a or left_b != right_b:
            yield from _gap(sides, (last_a, run.a), (last_b, run.b), (left_a, right_a), (left_b, right_b), quotes)
        left_a, left_b = right_a, right_b
        if run.size:
            yield from respelt(a, b, run)
            left_a, left_b = a.ends[run.a + run.size - 1], b.ends[run.b + run.size - 1]
        last_a, last_b = run.a + run.size, run.b + run.size


def _end_of_gap(words: Words, following: int) -> int:
    """Where the stretch before a joint ends; an opening quotation mark belongs to what follows."""
    if following == len(words):
        return len(words.text)
    start = words.starts[following]
    if start and words.text[start - 1].isspace():  # as it is nearly always
        return start
    before = words.ends[following - 1] if following else 0
    return before + (after_space(words.text[before:start]) or start - before)


def _gap(
    sides: Sides, in_a: Range, in_b: Range, span_a: Span, span_b: Span, quotes: tuple[Quotes, Quotes]
) -> Iterator[Edit]:
    """The edits that turn one stretch of the canonical text into one of the variant's.

    The words of the stretches, `in_a` and `in_b`, are one change, and all that may be equal of the stretches is
    what stands before and after the words.
    """
    a, b = sides.a, sides.b
    if in_a[0] == in_a[1] and in_b[0] == in_b[1] and a.text[slice(*span_a)] == b.text[slice(*span_b)]:
        return
    (head_a, tail_a), (head_b, tail_b) = _margins(a, in_a, span_a), _margins(b, in_b, span_b)
    head, tail = common_ends(a.text[slice(*span_a)], b.text[slice(*span_b)], min(head_a, head_b), min(tail_a, tail_b))
    a0, a1 = span_a[0] + head, span_a[1] - tail
    b0, b1 = span_b[0] + head, span_b[1] - tail
    if in_a[0] == in_a[1] and in_b[0] == in_b[1]:
        if a.text[a0:a1] != b.text[b0:b1]:
            yield Edit(EditKind.TYPOGRAPHY, (a0, a1), (b0, b1), b.text[b0:b1])
        return
    if in_a[0] == in_a[1] and a0 < a1:
        words_at = b.starts[in_b[0]]
        yield Edit(EditKind.TYPOGRAPHY, (a0, a1), (b0, words_at), b.text[b0:words_at])
        a0, b0 = a1, words_at
    elif in_b[0] == in_b[1] and b0 < b1:
        words_at = a.starts[in_a[0]]
        yield Edit(EditKind.TYPOGRAPHY, (a0, words_at), (b0, b1), b.text[b0:b1])
        a0, b0 = words_at, b1
    zone = sides.zones_a[in_a[0]] if in_a[0] < in_a[1] else sides.zones_b[in_b[0]]
    kind = zone_kind(zone) or story_kind(a, b, in_a, in_b)
    if quotes[0].hold((a0, a1)) and quotes[1].hold((b0, b1)) and kind in _SPOKEN:
        kind = EditKind.QUOTE
    move = abs(zone) if isinstance(zone, int) else None
    yield Edit(kind, (a0, a1), (b0, b1), b.text[b0:b1], move)


def _margins(words: Words, among: Range, span: Span) -> tuple[int, int]:
    """How many characters of a stretch stand before and after its words; all of them if it has none."""
    if among[0] == among[1]:
        return span[1] - span[0], span[1] - span[0]
    return words.starts[among[0]] - span[0], span[1] - words.ends[among[1] - 1]
