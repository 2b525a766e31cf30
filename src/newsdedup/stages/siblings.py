"""Forms that are filled many times over on one day: a notice for each town, each company, each person.

Two of them differ in no more words than two versions of a story. What tells them apart is what the others do: a word
that was changed in one version stands in most of the others as it was, while in a form the same places are filled anew
each time. So where a text and many that are much like it have something else in the same places, two that differ in
most of these places are two stories.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from newsdedup.model.match import COLUMN, RELATIONS, MatchTable, Relation
from newsdedup.model.sketch import BoolArray, Int32Array, Int64Array, Tokens, UInt32Array
from newsdedup.stages.kernels.slots import ENTRY, MARKS, SAME, UNKNOWN, WORDS, fill_entries

MIN_ENTRIES = 5
"""Different entries from which on a place is one that a form leaves open."""

MIN_PLACES = 2
"""Places with other entries that tell two stories apart: one may be a word that everybody puts differently."""

MAX_SHARE = 0.4
"""Of the texts, those with the commonest entry: what most have is what was there, and the others changed it."""

MIN_OPEN = 0.25
"""Of the words by which two texts differ, those in open places: two that were written anew differ everywhere."""

MIN_REPLACED = 0.03
"""Of the information in a text; what an entry in a form tells is more than a word or two."""

MOST_LOOK_ALIKES = 16
"""That are looked at beside the members of a story."""

TEXTS_AT_ONCE = 32
"""That are looked at before the memory in which their tokens lie is let go."""

Family = tuple[int, bytes, bytes]
"""A story as it is looked at: its centre, what is aligned with that, and the matches in it."""

_TEMPLATE = RELATIONS.index(Relation.TEMPLATE)
_EXACT = RELATIONS.index(Relation.EXACT)


def tell_siblings(
    tokens: Tokens, matches: MatchTable, centres: Int32Array, shingle_size: int, seen: set[Family]
) -> BoolArray:
    """Which joining matches are of two entries in one form, bool (matches,).

    int32 `centres` (articles,): the centre of the story of each, -1 where it is alone. Each story is aligned with its
    centre once, with some look-alikes; linear in their tokens. Stories that are `seen`, with the same matches and
    look-alikes, are passed over, and the others are added there.
    """
    joins = np.array([relation.joins for relation in RELATIONS])[matches.relation] & (matches.relation != _EXACT)
    story = np.where((centres[matches.left] == centres[matches.right]) & joins, centres[matches.left], -1)
    formed: BoolArray = np.zeros(len(matches), np.bool_)
    inside = np.flatnonzero(story >= 0)
    inside = inside[np.argsort(story[inside], kind="stable")]
    sizes = np.diff(tokens.offsets)
    first = np.searchsorted(story[inside], np.arange(len(centres) + 1))
    held = 0
    for centre, others in _families(matches, centres):
        rows = inside[first[centre] : first[centre + 1]]
        family = centre, others.tobytes(), matches.left[rows].tobytes() + matches.right[rows].tobytes()
        if family in seen:
            continue
        seen.add(family)
        held += len(others)
        if held >= TEXTS_AT_ONCE:
            tokens.let_go()
            held = 0
        entries: UInt32Array = np.empty((len(others) + 1, int(sizes[centre])), np.uint32)
        fill_entries(
            centre, others, tokens.hashes, tokens.letters, tokens.flags, tokens.offsets, shingle_size, entries[1:]
        )
        entries[0] = SAME
        places = open_places(entries)
        if len(places) >= MIN_PLACES:
            members = np.concatenate([[centre], others])
            order = np.argsort(members)
            a, b = (order[np.searchsorted(members[order], side[rows])] for side in (matches.left, matches.right))
            formed[rows] = _apart(entries, places, a, b)
    tokens.let_go()
    return formed


def _families(matches: MatchTable, centres: Int32Array) -> Iterator[tuple[int, Int64Array]]:
    """The centres of stories in which something was replaced in most, and the texts to be aligned with each."""
    replaced = matches.evidence[:, COLUMN["replaced"]] >= MIN_REPLACED
    ends = np.concatenate([matches.left, matches.right])
    others = np.concatenate([matches.right, matches.left])
    rows = np.tile(np.arange(len(matches)), 2)
    look_alike = matches.relation[rows] == _TEMPLATE
    member = centres[others] == ends
    of_centre = centres[ends] == ends
    changing = np.zeros(len(centres), np.bool_)
    changing[ends[of_centre & member & replaced[rows]]] = True
    chosen = np.flatnonzero(of_centre & (member | look_alike) & changing[ends])
    chosen = chosen[np.bincount(ends[chosen], minlength=1)[ends[chosen]] >= MIN_ENTRIES - 1]
    rank = -matches.evidence[rows[chosen], COLUMN["alignment"]]
    chosen = chosen[np.lexsort((others[chosen], rank, ~member[chosen], ends[chosen]))]
    groups = np.flatnonzero(np.diff(ends[chosen], prepend=-1))
    for centre, group in zip(ends[chosen][groups].tolist(), np.split(chosen, groups)[1:], strict=True):
        inside = member[group]
        some = group[inside | (np.cumsum(~inside) <= MOST_LOOK_ALIKES)]
        if len(some) + 1 >= MIN_ENTRIES and 2 * replaced[rows[some]].sum() >= len(some):
            yield centre, others[some].astype(np.int64)


def open_places(entries: UInt32Array) -> list[slice]:
    """The stretches of tokens that the form leaves open; `entries` uint32 (texts, tokens), see `fill_entries`."""
    known = entries != UNKNOWN
    other = known & (entries != SAME)
    varies = (2 * other.sum(axis=0) >= known.sum(axis=0)) & (2 * known.sum(axis=0) >= len(entries))
    bounds = np.flatnonzero(np.diff(varies, prepend=False, append=False)).reshape(-1, 2)
    return [place for place in itertools.starmap(slice, bounds.tolist()) if _is_open(_within(entries, place))]


def _within(entries: UInt32Array, place: slice) -> UInt32Array:
    """The entry of each text in all tokens of a place: UNKNOWN if it is in any."""
    tokens = entries[:, place]
    mixed: UInt32Array = np.zeros(len(entries), np.uint32)
    for column in tokens.T:
        mixed = mixed * np.uint32(0x9E3779B1) ^ column
    mixed = mixed & ~MARKS | ENTRY | np.bitwise_or.reduce(tokens, axis=1) & WORDS
    mixed[(tokens == SAME).all(axis=1)] = SAME
    mixed[(tokens == UNKNOWN).any(axis=1)] = UNKNOWN
    return mixed


def _is_open(place: UInt32Array) -> bool:
    counts = Counter(place[place != UNKNOWN].tolist())
    return len(counts) >= MIN_ENTRIES and max(counts.values()) <= MAX_SHARE * counts.total()


def _apart(entries: UInt32Array, places: Sequence[slice], a: Int64Array, b: Int64Array) -> BoolArray:
    """Whether two texts differ in most open places of which both are known, not only by figures, and little elsewhere.

    int64 `a` and `b` (pairs,): the rows of the two in `entries`.
    """
    filled = np.stack([_within(entries, place) for place in places], axis=1)
    sizes = np.array([place.stop - place.start for place in places])
    known = (filled[a] != UNKNOWN) & (filled[b] != UNKNOWN)
    differing = known & (filled[a] != filled[b])
    worded = differing & ((filled[a] | filled[b]) & WORDS != 0)
    apart: BoolArray = (worded.sum(axis=1) >= MIN_PLACES) & (2 * differing.sum(axis=1) >= known.sum(axis=1))
    for pair in np.flatnonzero(apart):
        own, other = entries[a[pair]], entries[b[pair]]
        everywhere = np.count_nonzero((own != other) | (own == UNKNOWN))
        apart[pair] = sizes[differing[pair]].sum() >= MIN_OPEN * everywhere
    return apart
