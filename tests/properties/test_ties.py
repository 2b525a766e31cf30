"""The kernel ties two sequences where plain patience sorting of unique shingles does."""

import itertools
from bisect import bisect_left
from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdedup.stages.kernels.ties import tie

tokens = st.lists(st.integers(0, 9), max_size=40)


def tied(a, b, sizes):
    """The pairs of places that `tie` should tie."""
    pairs = []
    head = len(list(itertools.takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False))))
    pairs += [(i, i) for i in range(head)]
    rest_a, rest_b = a[head:], b[head:]
    backwards = zip(reversed(rest_a), reversed(rest_b), strict=False)
    tail = len(list(itertools.takewhile(lambda pair: pair[0] == pair[1], backwards)))
    pairs += [(len(a) - i, len(b) - i) for i in range(1, tail + 1)]
    core_a, core_b = a[head : len(a) - tail], b[head : len(b) - tail]
    if sizes and core_a and core_b:
        last_a = last_b = 0
        for at_a, at_b, size in (*unique_runs(core_a, core_b, sizes[0]), (len(core_a), len(core_b), 0)):
            inner = tied(core_a[last_a:at_a], core_b[last_b:at_b], sizes[1:])
            pairs += [(head + last_a + i, head + last_b + j) for i, j in inner]
            pairs += [(head + at_a + i, head + at_b + i) for i in range(size)]
            last_a, last_b = at_a + size, at_b + size
    return sorted(pairs)


def unique_runs(a, b, size):
    in_a, in_b = unique(a, size), unique(b, size)
    runs = []
    for at_a, at_b in rising([(i, in_b[shingle]) for shingle, i in in_a.items() if shingle in in_b]):
        low_a, low_b = (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]) if runs else (0, 0)
        if at_a < low_a or at_b < low_b:
            continue
        back = 0
        while at_a - back > low_a and at_b - back > low_b and a[at_a - back - 1] == b[at_b - back - 1]:
            back += 1
        on = size
        while at_a + on < len(a) and at_b + on < len(b) and a[at_a + on] == b[at_b + on]:
            on += 1
        runs.append((at_a - back, at_b - back, back + on))
    return runs


def unique(sequence, size):
    shingles = [tuple(sequence[i : i + size]) for i in range(len(sequence) - size + 1)]
    counts = Counter(shingles)
    return {shingle: i for i, shingle in enumerate(shingles) if counts[shingle] == 1}


def rising(pairs):
    """The longest chain of pairs whose second rises; of several, the one that patience sorting finds."""
    tops, at_top, before = [], [], []
    for i, (_, value) in enumerate(pairs):
        pile = bisect_left(tops, value)
        before.append(at_top[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [value]
        at_top[pile : pile + 1] = [i]
    chain = []
    i = at_top[-1] if at_top else -1
    while i >= 0:
        chain.append(pairs[i])
        i = before[i]
    return chain[::-1]


@given(tokens, tokens, tokens, tokens, st.sampled_from([(2, 1), (3, 2), (4,), ()]))
@settings(max_examples=500, deadline=None)
def test_ties_are_those_of_patience_sorting(a, b, first, second, sizes):
    a, b = first + a + second, first + b + second[::-1] + a
    runs = tie(np.array(a, np.uint32), np.array(b, np.uint32), np.array(sizes, np.int64)).tolist()
    assert [(x + i, y + i) for x, y, size in runs for i in range(size)] == tied(a, b, sizes)
    assert all(p[0] + p[2] != q[0] or p[1] + p[2] != q[1] for p, q in itertools.pairwise(runs))
