"""From an alignment to one that reads well: without islands of common words, and with sentences kept whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from newsdedup.stages.diff.sides import Sides
from newsdedup.stages.text.alignment import Run

MAX_ISLAND = 24
"""Letters in the longest run that is swallowed by greater changes on both sides."""

MAX_ISLAND_IN_ADDITION = 8
"""The same where both sides only add, or both only take away: then the words between most likely stayed."""


def tidy(runs: Sequence[Run], sides: Sides) -> list[Run]:
    """The runs without the small ones between greater changes: a lone "the" there says nothing."""
    letters_a = sides.a.letters_before
    end = Run(len(sides.a), len(sides.b), 0)
    kept = list(runs)
    before_pass = len(kept) + 1
    while len(kept) < before_pass:
        before_pass = len(kept)
        standing: list[Run] = []
        last = Run(0, 0, 0)
        for run, following in pairwise([*kept, end]):
            size = letters_a[run.a + run.size] - letters_a[run.a]
            if size > MAX_ISLAND or not _is_island(size, last, run, following, sides):
                standing.append(run)
                last = run
        kept = standing
    return kept


def _is_island(size: int, last: Run, run: Run, following: Run, sides: Sides) -> bool:
    """Whether a run of `size` letters lies between greater changes, and within one zone of either text."""
    letters_a, letters_b = sides.a.letters_before, sides.b.letters_before
    to_a, to_b = run.a + run.size, run.b + run.size
    cut = letters_a[run.a] - letters_a[last.a + last.size], letters_a[following.a] - letters_a[to_a]
    added = letters_b[run.b] - letters_b[last.b + last.size], letters_b[following.b] - letters_b[to_b]
    limit = MAX_ISLAND_IN_ADDITION if not any(cut) or not any(added) else MAX_ISLAND
    return (
        size <= min(limit, max(cut[0], added[0]), max(cut[1], added[1]))
        and sides.zones_a[max(run.a - 1, 0)] == sides.zones_a[min(to_a, len(sides.a) - 1)]
        and sides.zones_b[max(run.b - 1, 0)] == sides.zones_b[min(to_b, len(sides.b) - 1)]
    )


def slide(runs: Sequence[Run], sides: Sides) -> list[Run]:
    """The runs with additions and cuts shifted, where the same words allow it, to where a sentence begins.

    Between "A dog. A cat." and "A dog. A cow. A cat." both "A cow." and "cow. A" may have been added.
    """
    slid = list(runs)
    for k in range(1, len(slid)):
        before, after = slid[k - 1], slid[k]
        end_a, end_b = before.a + before.size, before.b + before.size
        if end_a == after.a:
            spelt, firsts, start, end = sides.spelt_b, sides.b.firsts, end_b, after.b
        elif end_b == after.b:
            spelt, firsts, start, end = sides.spelt_a, sides.a.firsts, end_a, after.a
        else:
            continue
        if start in firsts:
            continue
        for shift in _shifts(spelt, start, end, before.size, after.size):
            if start + shift in firsts:
                slid[k - 1] = before._replace(size=before.size + shift)
                slid[k] = Run(after.a + shift, after.b + shift, after.size - shift)
                break
    return slid


def _shifts(spelt: str, start: int, end: int, room_before: int, room_after: int) -> Iterator[int]:
    """By how many words `spelt[start:end]` can be shifted without changing what is left: to the left, then right."""
    for shift in range(1, room_before):
        if spelt[start - shift] != spelt[end - shift]:
            break
        yield -shift
    for shift in range(1, room_after):
        if spelt[start + shift - 1] != spelt[end + shift - 1]:
            break
        yield shift
