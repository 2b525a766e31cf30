"""What the kernels give for arrays that come by chance, as one line of text each: the same however they are worked."""

import hashlib
import random
import sys
from itertools import combinations, pairwise

import numpy as np

from newsdedup.model.sketch import SketchParams
from newsdedup.stages.kernels import groups as grouping
from newsdedup.stages.kernels import lines as lining
from newsdedup.stages.kernels.background import count_words
from newsdedup.stages.kernels.choose import strongest_of_each, strongest_of_stories
from newsdedup.stages.kernels.compare import COLUMNS, compare_pairs, equal_texts
from newsdedup.stages.kernels.settle import fill_rows, settle, unheld_pairs
from newsdedup.stages.kernels.slots import fill_entries
from newsdedup.stages.kernels.ties import tie
from newsdedup.stages.kernels.words import split_words
from newsdedup.stages.sketch import samples_of, sign, sketch
from newsdedup.stages.text import codepoints
from newsdedup.stages.text.credits import may_have_credits
from newsdedup.stages.text.weekdays import weekdays

ALPHABET = "ab AB12.,'’-\n?。ßéÅﬁ½①ة أ\u0640\u0301\u200d가カﾞ中ไ🙂ﷺ"
ROUNDS = 12


def texts_of(rng):
    some = ["".join(rng.choices(ALPHABET, k=rng.choice([0, 1, 3, 40, 400]))) for _ in range(6)]
    words = ["".join(rng.choices("abcdeABC12'", k=rng.randint(1, 9))) for _ in range(40)]
    return [*some, " ".join(rng.choices(words, k=200)), some[-1] * 2]


def tokens_of(rng, texts=8, longest=160, known=60):
    """Tokens of texts that share some of what they say: hashes, letters, flags, offsets."""
    words = np.random.default_rng(rng.randrange(1 << 30)).integers(0, 1 << 32, known, dtype=np.uint32)
    letters = np.array([rng.getrandbits(26) & rng.getrandbits(26) for _ in range(known)], np.uint32)
    letters[1::2] = letters[::2] ^ np.uint32(1 << rng.randrange(26))  # words that are near to others
    lengths = np.array([rng.randint(1, 15) for _ in range(known)], np.uint8)
    lengths[1::2] = lengths[::2]
    base = [rng.randrange(known) for _ in range(longest)]
    places, offsets = [], [0]
    for _ in range(texts):
        own = base[rng.randrange(longest // 2) :] if rng.random() < 0.7 else [rng.randrange(known) for _ in base]
        for at in range(0, len(own), rng.randint(3, 30)):
            own[at] = rng.randrange(known) if rng.random() < 0.2 else own[at] ^ 1
        places += own if rng.random() < 0.9 else []
        offsets.append(len(places))
    at = np.array(places, np.int64)
    marks = np.array([rng.choice([0, 0, 0, 1, 2, 4, 6, 8]) for _ in places], np.uint8)
    return words[at], letters[at], lengths[at] << np.uint8(4) | marks, np.array(offsets, np.int64)


def sketches(rng):
    texts = texts_of(rng)
    params = SketchParams(num_perm=16, bands=4, rows=4, sample_rate=rng.choice([1, 2, 4]))
    made, tokens = sketch(texts, params)
    yield from (made.band_keys, made.sample_hashes, made.sample_offsets, made.fingerprints, made.shingles, made.words)
    yield from (tokens.hashes, tokens.letters, tokens.flags, sign(texts, params), *samples_of(tokens, params))


def words(rng):
    for text in texts_of(rng):
        yield from split_words(codepoints.codes_of(text), *codepoints.load())


def measures(rng):
    texts, heads = tokens_of(rng, longest=rng.choice([30, 160, 2400])), tokens_of(rng, longest=14)
    n = len(texts[3]) - 1
    left, right = (np.array(side, np.int64) for side in zip(*combinations(range(n), 2), strict=True))
    hashes = [np.sort(np.array([rng.randrange(40) for _ in range(rng.randrange(20))], np.uint64)) for _ in range(n)]
    hashes = [np.unique(own) for own in hashes]
    offsets = np.cumsum([0, *map(len, hashes)])
    held = np.array([rng.randrange(256) for _ in range(offsets[-1])], np.uint8)
    days = np.array([rng.choice([-1, 3, 4]) for _ in range(n)], np.int64)
    weights = np.array([rng.random() * 9 for _ in range(256)], np.float32)
    features = np.zeros((len(left), COLUMNS), np.float32)
    compare_pairs(
        left, right, *texts, *heads, np.concatenate(hashes), offsets, held, held[::-1].copy(), weights, days,
        weekdays(), weights[:64].copy(), 7.25, rng.random() * 5, 3, features,
    )  # fmt: skip
    equal = np.ones(len(left), np.bool_)
    equal_texts(left.astype(np.int32), right.astype(np.int32), texts[0], texts[3], equal)
    yield from (features, equal)


def ties(rng):
    hashes, _, _, offsets = tokens_of(rng)
    parts = np.split(hashes, offsets[1:-1])
    for a, b in pairwise(parts):
        yield tie(a, b, np.array([8, 4], np.int64))
        yield tie(a % np.uint32(7), b % np.uint32(7), np.array([2], np.int64))


def slots(rng):
    tokens = tokens_of(rng)
    entries = np.zeros((6, int(tokens[3][1])), np.uint32)
    fill_entries(0, np.array([1, 2, 3, 4, 5, 5], np.int64), *tokens, 3, entries)
    yield entries


def stories(rng):
    n = 16
    pairs = sorted({tuple(sorted(rng.sample(range(n), 2))) for _ in range(150)})
    left, right = (np.array(side, np.int32) for side in zip(*pairs, strict=True))
    joins = np.array([rng.random() < 0.6 for _ in pairs])
    near = ~joins & (np.arange(len(pairs)) % 2 == 0)
    graphs = []
    for chosen in (joins, ~joins, near):
        degrees = np.bincount(left[chosen], minlength=n) + np.bincount(right[chosen], minlength=n)
        starts = np.concatenate([[0], np.cumsum(degrees)])
        others, rows = np.zeros(starts[-1], np.int32), np.zeros(starts[-1], np.int64)
        fill_rows(left, right, chosen, starts[:-1].copy(), others, rows)
        graphs.append((starts, others, rows))
        yield from (others, rows)
    # such that sums of 32 and of 64 bits differ by their sign
    odds = np.array([rng.choice([1.0, -1.0, 1e-9]) for _ in range(2 * len(pairs))], np.float32)
    articles = np.flatnonzero(np.diff(graphs[0][0])).astype(np.int32)
    standing = np.array(rng.sample(range(n + 8), n), np.int32)
    centres, settled = np.full(n, -1, np.int32), np.zeros(len(pairs), np.bool_)
    settle(articles, *graphs[0][:2], odds, *graphs[1][:2], odds, *graphs[2], standing, centres, settled)
    room = 30 * len(articles)
    asked, best, group = np.zeros(room, np.uint64), np.zeros(room, np.bool_), np.zeros(room, np.int32)
    count = unheld_pairs(articles, *graphs[0][:2], standing, 2, rng.choice([3, 8]), asked, best, group)
    yield from (centres, settled, asked, best, group, np.array(count))


def choices(rng):
    n = 30
    pairs = sorted({tuple(sorted(rng.sample(range(n), 2))) for _ in range(90)})
    left, right = (np.array(side, np.int32) for side in zip(*pairs, strict=True))
    rows = np.array(rng.sample(range(len(pairs)), len(pairs)), np.int32)
    chosen, taken = np.zeros((2, len(pairs)), np.bool_), np.zeros(n, np.int32)
    strongest_of_each(rows, left, right, 2, taken, chosen[0])
    labels = np.array([rng.randrange(8) for _ in range(n)], np.int32)
    strongest_of_stories(rows, left, right, labels, rows % 3 == 0, 9, 6, 3, chosen[1])
    yield from (chosen, taken)


def groups(rng):
    n, bits = 30, 8
    owners = np.sort(np.array([rng.randrange(n) for _ in range(200)], np.int32))
    offsets = np.searchsorted(owners, np.arange(n + 1))
    shingles = [rng.randrange(2**64) for _ in range(50)]
    samples, keys = np.array([rng.choice(shingles) for _ in range(200)], np.uint64), np.zeros(200, np.uint64)
    keys = keys[: grouping.key_samples(samples, offsets, np.arange(n) % 9 > 0, bits, keys)]
    keys.sort()
    held, days, weights = np.zeros(200, np.uint8), np.zeros(200, np.uint8), np.arange(256).astype(np.uint8) // 9
    landmarks = owners[:: 1 << grouping.LANDMARK_BITS].copy()
    grouping.count_holders(keys, bits, offsets, landmarks, np.arange(n) // 4 - 1, held, days)
    sizes, counts = np.zeros(6, np.int64), np.zeros(n, np.int64)
    grouping.group_sizes(keys, bits, sizes)
    capped = grouping.count_pairs(keys, bits, 4, counts)
    pairs = np.zeros(counts.sum(), np.uint64)
    grouping.fill_pairs(keys, bits, 4, np.array([1, 31, 9, 3], np.uint8), 0, n, pairs)
    pairs.sort()
    sums, in_full = np.zeros((2, n), np.int32)
    grouping.sum_weights(offsets, held, weights, 4, sums, in_full)
    kept, strength = np.zeros(len(pairs), np.uint64), np.zeros(len(pairs), np.float32)
    count = grouping.keep_pairs(pairs, np.diff(offsets), sums, in_full, 2, 0.15, kept, strength)
    yield from (keys, sizes, counts, np.array([capped, count]), pairs, held, days, sums, in_full, kept, strength)


def lines(rng):
    hashes, _, flags, offsets = tokens_of(rng, known=12)
    rows = np.arange(len(offsets) - 1)
    every = np.zeros(len(hashes), np.uint64)
    every = every[: lining.distinct_lines(hashes, flags, offsets, rows, every)]
    known, times = np.unique(every, return_counts=True)
    own, shares, held, by = np.zeros(8, np.int64), np.zeros(8), np.zeros(999, np.int64), np.zeros(999, np.int64)
    size = lining.tell_own(hashes, flags, offsets, rows, known, times, 2, own, shares, held, by)
    kept, publishers = np.zeros(len(hashes), np.bool_), np.array([0, 1] * 4, np.int32)
    cuts = np.array([0, len(known) // 2, len(known) // 2])
    lining.keep_stories(hashes, flags, offsets, publishers, known, cuts, 20, 0, 8, kept)
    articles, days = np.ones((2, len(every)), np.uint8)
    ends = np.linspace(0, len(every), 9).astype(np.int64)
    lining.forget_samples(every, ends, publishers, known, cuts, articles, days)
    yield from (every, own, shares, held[:size], by[:size], kept, articles, days)


def credits_of(rng):
    pieces = ["LONDON", ", ", "March 3", " (", "Reuters", ") -", "\n", "Oslo - NTB:", "By Jane", "新华社", "電", "é" * 61,
              "All rights reserved", "©", "date 2024", "\u00a0", "UPI.", " AP ", "x" * 130, "-", "Feed", "(c)"]  # fmt: skip
    yield may_have_credits(*codepoints.joined(["".join(rng.choices(pieces, k=rng.randint(0, 9))) for _ in range(60)]))


def background(rng):
    hashes, _, _, offsets = tokens_of(rng)
    counts = np.zeros(64, np.uint32)
    count_words(hashes, offsets, np.full(64, -1, np.int32), counts)
    yield counts


DIGESTS = [
    f"{made.__name__} {seed}"
    for made in (sketches, words, measures, ties, slots, stories, choices, groups, lines, credits_of, background)
    for seed in range(ROUNDS)
]


def main():
    """Print the name and a digest of each."""
    for name in DIGESTS:
        kind, seed = name.split()
        digest = hashlib.sha256()
        for array in globals()[kind](random.Random(int(seed))):
            digest.update(f"{array.dtype} {array.shape}".encode() + np.ascontiguousarray(array).tobytes())
        sys.stdout.write(f"{name} {digest.hexdigest()}\n")
