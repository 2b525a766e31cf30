"""Where words that are equal in the matching view are written differently."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsdedup.model.report import Edit, EditKind, Span
from newsdedup.stages.text.alignment import Run, shared_head
from newsdedup.stages.text.words import Words

_UP_TO_SPACE = re.compile(r"(?s).*\s")


def common_ends(a: str, b: str, head: int, tail: int) -> tuple[int, int]:
    """How many characters at the beginning, and how many others at the end, two strings share.

    At most `head` and `tail` are looked at. Where one string is the other with something put in, there may be several
    places where it was put in: after white space is best.
    """
    short, long = sorted((a, b), key=len)
    longest = len(short)
    for place in (after_space(short), longest, 0):
        rest = longest - place
        if place <= head and rest <= tail and long.startswith(short[:place]) and long.endswith(short[place:]):
            return place, rest
    first = shared_head(a[:head], b[:head])
    rest = min(tail, longest - first)
    return first, shared_head(a[::-1][:rest], b[::-1][:rest])


def after_space(text: str) -> int:
    """Where the last white space of a text ends; 0 if there is none."""
    last = _UP_TO_SPACE.match(text)
    return last.end() if last else 0


def respelt(a: Words, b: Words, run: Run) -> Iterator[Edit]:
    """An edit for every stretch of a run that is written differently, in order; neighbours are one edit."""
    if not run.size or _slice(a, run.a, run.size) == _slice(b, run.b, run.size):
        return
    pending: tuple[int, int, int, int] | None = None
    for piece_a, piece_b, is_word in _pieces(a, b, run):
        raw_a, raw_b = a.text[slice(*piece_a)], b.text[slice(*piece_b)]
        if raw_a == raw_b:
            if is_word and pending:
                yield _edit(b, pending)
                pending = None
            continue
        head, tail = (0, 0) if is_word else common_ends(raw_a, raw_b, len(raw_a), len(raw_b))
        start = pending or (piece_a[0] + head, 0, piece_b[0] + head, 0)
        pending = start[0], piece_a[1] - tail, start[2], piece_b[1] - tail
    if pending:
        yield _edit(b, pending)


def _slice(words: Words, first: int, size: int) -> str:
    return words.text[words.starts[first] : words.ends[first + size - 1]]


def _pieces(a: Words, b: Words, run: Run) -> Iterator[tuple[Span, Span, bool]]:
    """The words of a run and, but for the first, what stands before each."""
    for i, j in zip(range(run.a, run.a + run.size), range(run.b, run.b + run.size), strict=True):
        if i > run.a:
            yield (a.ends[i - 1], a.starts[i]), (b.ends[j - 1], b.starts[j]), False
        yield (a.starts[i], a.ends[i]), (b.starts[j], b.ends[j]), True


def _edit(b: Words, ends: tuple[int, int, int, int]) -> Edit:
    a0, a1, b0, b1 = ends
    return Edit(EditKind.TYPOGRAPHY, (a0, a1), (b0, b1), b.text[b0:b1])
