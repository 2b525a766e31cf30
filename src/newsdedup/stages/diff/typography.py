"""Where words that are equal in the matching view are written differently."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from newsdedup.model.report import Edit, EditKind
from newsdedup.stages.text.alignment import Run, shared_head
from newsdedup.stages.text.words import Words


def common_ends(a: str, b: str, head: int, tail: int) -> tuple[int, int]:
    """How many characters at the beginning, and how many others at the end, two strings share.

    At most `head` and `tail` are looked at. Where one string is the other with something put in, there may be several
    places where it was put in: after white space is best.
    """
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    longest = len(short)
    for place in (after_space(short), longest, 0) if longest <= head + tail else ():
        rest = longest - place
        if place <= head and rest <= tail and long.startswith(short[:place]) and long.endswith(short[place:]):
            return place, rest
    first = shared_head(a[:head], b[:head]) if head else 0
    rest = min(tail, longest - first)
    if a.endswith(b[len(b) - rest :]):  # as most do
        return first, rest
    return first, shared_head(a[len(a) - rest :][::-1], b[len(b) - rest :][::-1])


def after_space(text: str) -> int:
    """Where the last white space of a text ends; 0 if there is none."""
    if not text or text[-1].isspace():
        return len(text)
    return len(text) - len(text.rsplit(None, 1)[-1])


def respelt(a: Words, b: Words, run: Run) -> Iterator[Edit]:
    """An edit for every stretch of a run that is written differently, in order; with no word between, two are one."""
    if _slice(a, run.a, run.size) == _slice(b, run.b, run.size):
        return
    bounds_a, bounds_b = _bounds(a, run.a, run.size), _bounds(b, run.b, run.size)
    pieces = zip(_pieces(a.text, bounds_a), _pieces(b.text, bounds_b), strict=True)
    pending: tuple[int, int, int, int] | None = None
    last = 0
    for k, raw_a, raw_b in [(k, raw_a, raw_b) for k, (raw_a, raw_b) in enumerate(pieces) if raw_a != raw_b]:
        if pending and 2 * (last // 2 + 1) < k:  # even pieces are words
            yield _edit(b, pending)
            pending = None
        head, tail = common_ends(raw_a, raw_b, len(raw_a), len(raw_b)) if k % 2 else (0, 0)
        start = pending or (bounds_a[k] + head, 0, bounds_b[k] + head, 0)
        pending = start[0], bounds_a[k + 1] - tail, start[2], bounds_b[k + 1] - tail
        last = k
    if pending:
        yield _edit(b, pending)


def _slice(words: Words, first: int, size: int) -> str:
    return words.text[words.starts[first] : words.ends[first + size - 1]]


def _bounds(words: Words, first: int, size: int) -> list[int]:
    """Where each word of a run begins and ends."""
    bounds = [0] * (2 * size)
    bounds[::2] = words.starts[first : first + size]
    bounds[1::2] = words.ends[first : first + size]
    return bounds


def _pieces(text: str, bounds: list[int]) -> list[str]:
    """The words of a run, and what stands between them."""
    return [text[start:end] for start, end in pairwise(bounds)]


def _edit(b: Words, ends: tuple[int, int, int, int]) -> Edit:
    a0, a1, b0, b1 = ends
    return Edit(EditKind.TYPOGRAPHY, (a0, a1), (b0, b1), b.text[b0:b1])
