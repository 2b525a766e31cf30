"""Sentences that stand elsewhere in the other text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from newsdedup.stages.text.alignment import Run
from newsdedup.stages.text.words import Range, Words

MIN_WORDS = 4
"""Words in the shortest sentence that can be seen to have moved."""

MIN_SIMILARITY = 0.8
"""Twice the words in common over the words of both, from where on two sentences are one that moved."""

MIN_SHARED = 0.6
"""Sentences so similar share more than that of the words of each."""

MAX_ALIGNED = 0.5
"""A sentence with a greater share of its words aligned stands where it stood."""

SHINGLE = 3
MAX_OWNERS = 8
"""Shingles in more sentences than this do not say which sentence it is."""


@dataclass(frozen=True, slots=True)
class Move:
    """Words `a` of one text stand as words `b` in the other, out of order."""

    a: Range
    b: Range


def find_moves(a: Words, b: Words, spelt_a: str, spelt_b: str, runs: Sequence[Run]) -> list[Move]:
    """Sentences of both texts that are equal or nearly so and that `runs` do not align with each other.

    Sentences that moved together are one move. Sorted by `a`.
    """
    loose_a = _loose(a, ((run.a, run.size) for run in runs))
    loose_b = _loose(b, ((run.b, run.size) for run in runs))
    known = set().union(*[spelt_b[first:last] for first, last in loose_b])
    loose_a = [
        (first, last)
        for first, last in loose_a
        if sum(map(known.__contains__, spelt_a[first:last])) >= MIN_SHARED * (last - first)
    ]
    if not loose_a:
        return []
    owners = defaultdict(list)
    for number, (first, last) in enumerate(loose_b):
        for shingle in {spelt_b[i : i + SHINGLE] for i in range(first, last - SHINGLE + 1)}:
            owners[shingle].append(number)
    taken: set[int] = set()
    moves: list[Move] = []
    for first, last in loose_a:
        shingles = {spelt_a[i : i + SHINGLE] for i in range(first, last - SHINGLE + 1)}
        held_by = [owners[shingle] for shingle in shingles if shingle in owners]
        votes = Counter([n for numbers in held_by if len(numbers) <= MAX_OWNERS for n in numbers if n not in taken])
        if not votes:
            continue
        number = min(votes, key=lambda candidate: (-votes[candidate], candidate))
        there = loose_b[number]
        if Indel.normalized_similarity(spelt_a[first:last], spelt_b[there[0] : there[1]]) >= MIN_SIMILARITY:
            taken.add(number)
            if moves and moves[-1].a[1] == first and moves[-1].b[1] == there[0]:
                moves[-1] = Move((moves[-1].a[0], last), (moves[-1].b[0], there[1]))
            else:
                moves.append(Move((first, last), there))
    return moves


def _loose(words: Words, runs: Iterable[tuple[int, int]]) -> list[Range]:
    """The sentences that are long enough and mostly not aligned."""
    aligned = bytearray(len(words))
    for first, size in runs:
        aligned[first : first + size] = b"\x01" * size
    return [
        (first, last)
        for first, last in words.sentences
        if aligned.count(1, first, last) <= MAX_ALIGNED * (last - first)
        and sum(words.weights[first:last]) >= 2 * MIN_WORDS
    ]
