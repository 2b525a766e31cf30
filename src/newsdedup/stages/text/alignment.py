"""Which tokens of one text stand, in order, in another.

The longest common subsequence alone scatters its matches over common words wherever two texts differ, and costs
the product of their lengths. So the texts are first tied together where they share rare runs of words (as patience
diff does with unique lines), and only what lies between two ties is aligned word by word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import LCSseq

from newsdedup.stages.kernels.ties import tie
from newsdedup.stages.text.codepoints import codes_of
from newsdedup.stages.text.words import STAND_IN, Words, unused_characters

TIES = ((8, 4), (2,), (1,))
"""Tokens in the runs that tie two texts together; shorter ones are tried between longer ones.

The last are tried only where the gaps are still too large, for so few words say little.
"""

MAX_CELLS = 1 << 26
"""Gaps whose two sides multiply to more are not aligned word by word: 8 MiB of bits, a few hundredths of a second."""


class Run(NamedTuple):
    """`size` tokens from `a` on in one text are equal to those from `b` on in the other."""

    a: int
    b: int
    size: int


def spell(a: Words, b: Words) -> tuple[str, str]:
    """The words of both texts as strings of one character a word, the same for equal words.

    Strings can be sliced, hashed and compared far faster than lists. Words beyond the first 1,114,110 different
    ones match nothing.
    """
    characters = defaultdict(unused_characters(len(a.alphabet)).__next__, a.alphabet)
    spelt_b = "".join(map(characters.__getitem__, b.folded))
    return a.spelt, spelt_b.replace(chr(STAND_IN), chr(STAND_IN + 1))


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
    for run in _align(a, b, 0, 0, TIES):
        if runs and runs[-1].a + runs[-1].size == run.a and runs[-1].b + runs[-1].size == run.b:
            runs[-1] = runs[-1]._replace(size=runs[-1].size + run.size)
        else:
            runs.append(run)
    return runs


def shared_head(a: str, b: str) -> int:
    """How many characters two strings share at the beginning."""
    low, high = 0, min(len(a), len(b))
    if a[:high] == b[:high]:
        return high
    while low < high:  # comparing slices is so quick that halving beats a loop over characters
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _align(a: str, b: str, at_a: int, at_b: int, sizes: Sequence[Sequence[int]]) -> Iterator[Run]:
    """Runs of two pieces, which begin at `at_a` and `at_b`."""
    last_a = last_b = 0
    ties = tie(codes_of(a), codes_of(b), np.array(sizes[0], np.int64)).tolist()
    for tie_a, tie_b, size in (*ties, (len(a), len(b), 0)):
        if last_a < tie_a and last_b < tie_b:
            gap = a[last_a:tie_a], b[last_b:tie_b], at_a + last_a, at_b + last_b
            if len(gap[0]) * len(gap[1]) <= MAX_CELLS:
                yield from _align_words(*gap)
            elif sizes[1:]:
                yield from _align(*gap, sizes[1:])
        if size:
            yield Run(at_a + tie_a, at_b + tie_b, size)
        last_a, last_b = tie_a + size, tie_b + size


def _align_words(a: str, b: str, at_a: int, at_b: int) -> Iterator[Run]:
    """Runs of a longest common subsequence of two pieces."""
    if set(a).isdisjoint(b):  # as most are, and then there is none to be looked for
        return
    for block in LCSseq.opcodes(a, b):
        if block.tag == "equal":
            yield Run(at_a + block.src_start, at_b + block.dest_start, block.src_end - block.src_start)
