"""Where a gap between two runs is more than one change.

Runs of size zero are joints: the change before one and the change after it are told apart, though no word lies between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from rapidfuzz.distance import Indel

from newsdedup.stages.diff.sides import Sides
from newsdedup.stages.diff.zones import Zone
from newsdedup.stages.text.alignment import Run
from newsdedup.stages.text.words import Range

MIN_LIKENESS = 0.4
"""Twice the words in common over the words of both, from where on a sentence is another one reworded."""

MIN_SENTENCE = 4
"""Shorter sentences are too short to be unlike."""

MAX_SENTENCES = 40
"""On either side of a gap within which sentences are paired."""


def joint(runs: Sequence[Run], sides: Sides) -> list[Run]:
    """The runs with joints wherever a gap is more than one change: at borders of zones, and of sentences."""
    jointed: list[Run] = []
    from_a = from_b = 0
    for run in (*runs, Run(len(sides.a), len(sides.b), 0)):
        if run.a > from_a or run.b > from_b:
            jointed += _by_zone((from_a, run.a), (from_b, run.b), sides)
        if run.size:
            jointed.append(run)
        from_a, from_b = run.a + run.size, run.b + run.size
    return jointed


def _by_zone(a: Range, b: Range, sides: Sides) -> Iterator[Run]:
    """Pair the parts of a gap that belong to the same zone; the others stand alone."""
    parts_a = _parts(sides.zones_a, a)
    parts_b = _parts(sides.zones_b, b)
    if not parts_a or not parts_b:
        for _, end in parts_a:
            yield Run(end, b[0], 0)
        for _, end in parts_b:
            yield Run(a[0], end, 0)
        return
    if len(parts_a) == len(parts_b) == 1 and sides.zones_a[a[0]] == sides.zones_b[b[0]]:
        yield from _by_sentence(a, b, sides)
        yield Run(a[1], b[1], 0)
        return
    zones_a = [str(sides.zones_a[first]) for first, _ in parts_a]
    zones_b = [str(sides.zones_b[first]) for first, _ in parts_b]
    for block in Indel.opcodes(zones_a, zones_b):
        cut = parts_a[block.src_start : block.src_end]
        added = parts_b[block.dest_start : block.dest_end]
        if block.tag == "equal":
            for part_a, part_b in zip(cut, added, strict=True):
                yield from _by_sentence(part_a, part_b, sides)
                yield Run(part_a[1], part_b[1], 0)
        else:
            at_b = added[0][0] if added else parts_b[block.dest_start - 1][1] if block.dest_start else b[0]
            for _, end in cut:
                yield Run(end, at_b, 0)
            at_a = cut[-1][1] if cut else parts_a[block.src_start - 1][1] if block.src_start else a[0]
            for _, end in added:
                yield Run(at_a, end, 0)


def _parts(zones: Sequence[Zone], words: Range) -> list[Range]:
    """The stretches of one zone in a range of words."""
    first, end = words
    if first == end:
        return []
    inside = zones[first:end]
    if inside.count(inside[0]) == len(inside):  # as it is nearly always
        return [words]
    parts = []
    for _, stretch in groupby(inside):
        last = first + sum(1 for _ in stretch)
        parts.append((first, last))
        first = last
    return parts


def _by_sentence(a: Range, b: Range, sides: Sides) -> Iterator[Run]:
    """Pair the sentences of a gap that are alike, in order, with the words they share at their ends.

    There is no joint at the end of both.
    """
    if _ends_before(b, a, sides.b.firsts, sides.a.firsts):
        yield Run(a[0], b[1], 0)
        return
    if _ends_before(a, b, sides.a.firsts, sides.b.firsts):
        yield Run(a[1], b[0], 0)
        return
    sentences_a = _cut_at(sides.a.firsts, a)
    sentences_b = _cut_at(sides.b.firsts, b)
    at_a, at_b = a[0], b[0]
    for sentence_a, sentence_b in _pair(sentences_a, sentences_b, sides):
        if sentence_a[0] > at_a:
            yield Run(sentence_a[0], at_b, 0)
        if sentence_b[0] > at_b:
            yield Run(sentence_a[0], sentence_b[0], 0)
        yield from _shared_ends(sentence_a, sentence_b, sides)
        at_a, at_b = sentence_a[1], sentence_b[1]
        if at_a < a[1] or at_b < b[1]:
            yield Run(at_a, at_b, 0)
    if at_a < a[1]:
        yield Run(a[1], at_b, 0)


def _ends_before(one: Range, other: Range, firsts_one: frozenset[int], firsts_other: frozenset[int]) -> bool:
    """Whether one piece only ends a sentence and the other only begins the next."""
    return (
        one[0] not in firsts_one and one[1] in firsts_one and other[0] in firsts_other and other[1] not in firsts_other
    )


def _cut_at(firsts: frozenset[int], words: Range) -> list[Range]:
    cuts = [words[0], *(i for i in range(words[0] + 1, words[1]) if i in firsts), words[1]]
    return list(pairwise(cuts))


def _pair(a: Sequence[Range], b: Sequence[Range], sides: Sides) -> list[tuple[Range, Range]]:
    """Which sentences of a gap are each other's: the pairing in order that has most words in common.

    The first and the last piece of a gap are paired whatever their words if both are ends of sentences that go on
    outside of it.
    """
    if max(len(a), len(b)) > MAX_SENTENCES:
        return []
    if len(a) == len(b) == 1:
        return [(a[0], b[0])] if _gain(a[0], b[0], sides, a, b) > 0 else []
    gain = [[_gain(one, other, sides, a, b) for other in b] for one in a]
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in reversed(range(len(a))):
        for j in reversed(range(len(b))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], gain[i][j] + best[i + 1][j + 1])
    pairs = []
    i = j = 0
    while i < len(a) and j < len(b):
        if gain[i][j] > 0 and best[i][j] == gain[i][j] + best[i + 1][j + 1]:
            pairs.append((a[i], b[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _gain(one: Range, other: Range, sides: Sides, a: Sequence[Range], b: Sequence[Range]) -> float:
    """What pairing two sentences is worth: the words they share, nothing if they are unlike."""
    words = one[1] - one[0] + other[1] - other[0]
    whole = {one[0], one[1]} <= sides.a.firsts and {other[0], other[1]} <= sides.b.firsts
    if len(a) == len(b) == 1 and (not whole or words < 2 * MIN_SENTENCE):
        return words
    begins = one == a[0] and other == b[0] and one[0] not in sides.a.firsts and other[0] not in sides.b.firsts
    ends = one == a[-1] and other == b[-1] and one[1] not in sides.a.firsts and other[1] not in sides.b.firsts
    if begins or ends:
        return words
    likeness = Indel.normalized_similarity(sides.spelt_a[slice(*one)], sides.spelt_b[slice(*other)])
    return likeness * words if likeness >= MIN_LIKENESS else 0.0


def _shared_ends(a: Range, b: Range, sides: Sides) -> Iterator[Run]:
    """The equal words at the beginning and at the end of two pieces."""
    (a0, a1), (b0, b1) = a, b
    head = 0
    while a0 + head < a1 and b0 + head < b1 and sides.spelt_a[a0 + head] == sides.spelt_b[b0 + head]:
        head += 1
    if head:
        yield Run(a0, b0, head)
    tail = 0
    while (
        a1 - tail > a0 + head and b1 - tail > b0 + head and sides.spelt_a[a1 - tail - 1] == sides.spelt_b[b1 - tail - 1]
    ):
        tail += 1
    if tail:
        yield Run(a1 - tail, b1 - tail, tail)
