"""Which tokens of one text stand, in order, in another.

The longest common subsequence alone scatters its matches over common words wherever two texts differ, and costs
the product of their lengths. So the texts are first tied together where they share rare runs of words (as patience
diff does with unique lines), and only what lies between two ties is aligned word by word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

TIES = (8, 4)
"""Tokens in the runs that tie two texts together; shorter ones are tried between longer ones."""

LAST_TIES = (2, 1)
"""Tried where the gaps are still too large, though so few words say little."""

MAX_CELLS = 1 << 26
"""Gaps whose two sides multiply to more are not aligned word by word: 8 MiB of bits, a few hundredths of a second."""

STAND_IN = 0x10FFFE
"""Up to here code points stand for tokens; this one and the next for those of either text that match nothing."""


class Run(NamedTuple):
    """`size` tokens from `a` on in one text are equal to those from `b` on in the other."""

    a: int
    b: int
    size: int


def spell(a: Iterable[str], b: Iterable[str]) -> tuple[str, str]:
    """Both sequences of tokens as strings of one character a token, the same for equal tokens.

    Strings can be sliced, hashed and compared far faster than lists. Tokens beyond the first 1,114,110 different
    ones match nothing.
    """
    codes: dict[str, int] = {}
    in_a = [codes.setdefault(word, len(codes)) for word in a]
    in_b = [codes.setdefault(word, len(codes)) for word in b]
    if len(codes) <= STAND_IN:
        return "".join(map(chr, in_a)), "".join(map(chr, in_b))
    return (
        "".join(chr(min(code, STAND_IN)) for code in in_a),
        "".join(chr(code if code < STAND_IN else STAND_IN + 1) for code in in_b),
    )


def mask(spelt: str, spans: Iterable[tuple[int, int]], stand_in: int) -> str:
    """A spelt text in which the tokens of `spans` match nothing; `stand_in` must be another one for the other text."""
    parts = []
    last = 0
    for start, end in sorted(spans):
        parts += [spelt[last:start], chr(stand_in) * (end - start)]
        last = end
    return "".join([*parts, spelt[last:]])


def align(a: str, b: str) -> list[Run]:
    """Maximal runs of equal tokens of two spelt texts: in order in both, not overlapping, at least one token each."""
    runs: list[Run] = []
    for run in _align(a, b, 0, 0, TIES + LAST_TIES):
        if runs and runs[-1].a + runs[-1].size == run.a and runs[-1].b + runs[-1].size == run.b:
            runs[-1] = runs[-1]._replace(size=runs[-1].size + run.size)
        else:
            runs.append(run)
    return runs


def shared_head(a: str, b: str) -> int:
    """How many characters two strings share at the beginning."""
    low, high = 0, min(len(a), len(b))
    while low < high:  # comparing slices is so quick that halving beats a loop over characters
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _align(a: str, b: str, at_a: int, at_b: int, sizes: Sequence[int]) -> Iterable[Run]:
    """Runs of two pieces, which begin at `at_a` and `at_b`."""
    head = shared_head(a, b)
    if head:
        yield Run(at_a, at_b, head)
        a, b, at_a, at_b = a[head:], b[head:], at_a + head, at_b + head
    tail = shared_head(a[::-1], b[::-1])
    end = Run(at_a + len(a) - tail, at_b + len(b) - tail, tail)
    a, b = a[: len(a) - tail], b[: len(b) - tail]
    if a and b:
        small = len(a) * len(b) <= MAX_CELLS
        if small and (not sizes or sizes[0] in LAST_TIES):
            for block in LCSseq.opcodes(a, b):
                if block.tag == "equal":
                    yield Run(at_a + block.src_start, at_b + block.dest_start, block.src_end - block.src_start)
        elif sizes:
            last_a = last_b = 0
            for tie in (*_ties(a, b, sizes[0]), Run(len(a), len(b), 0)):
                yield from _align(a[last_a : tie.a], b[last_b : tie.b], at_a + last_a, at_b + last_b, sizes[1:])
                if tie.size:
                    yield Run(at_a + tie.a, at_b + tie.b, tie.size)
                last_a, last_b = tie.a + tie.size, tie.b + tie.size
    if tail:
        yield end


def _ties(a: str, b: str, size: int) -> list[Run]:
    """The longest chain of runs of `size` tokens that occur only once in each piece, grown as far as they go."""
    in_a = _unique(a, size)
    in_b = _unique(b, size)
    pairs = [(place, in_b[shingle]) for shingle, place in in_a.items() if shingle in in_b]
    ties: list[Run] = []
    for at_a, at_b in _rising(pairs):
        low_a, low_b = (ties[-1].a + ties[-1].size, ties[-1].b + ties[-1].size) if ties else (0, 0)
        if at_a < low_a or at_b < low_b:
            continue  # inside the run that the last one grew to, or crossing it
        start_a, start_b = at_a, at_b
        while start_a > low_a and start_b > low_b and a[start_a - 1] == b[start_b - 1]:
            start_a, start_b = start_a - 1, start_b - 1
        end_a, end_b = at_a + size, at_b + size
        while end_a < len(a) and end_b < len(b) and a[end_a] == b[end_b]:
            end_a, end_b = end_a + 1, end_b + 1
        ties.append(Run(start_a, start_b, end_a - start_a))
    return ties


def _unique(spelt: str, size: int) -> dict[str, int]:
    """Where each run of `size` tokens that occurs only once begins, in order."""
    shingles = [spelt[i : i + size] for i in range(len(spelt) - size + 1)]
    counts = Counter(shingles)
    return {shingle: i for i, shingle in enumerate(shingles) if counts[shingle] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of pairs, sorted by their first, whose second rises: patience sorting, n log n."""
    tops: list[int] = []
    at_top: list[int] = []
    before: list[int] = []
    for i, (_, value) in enumerate(pairs):
        pile = bisect_left(tops, value)
        before.append(at_top[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(value)
            at_top.append(i)
        else:
            tops[pile] = value
            at_top[pile] = i
    chain = []
    i = at_top[-1] if at_top else -1
    while i >= 0:
        chain.append(pairs[i])
        i = before[i]
    return chain[::-1]
