"""How many articles of an index and a delivery hold a key, and on how many days, as `stages.join` counts in a corpus.

Articles of the same text count once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from newsdedup.model.catalog import days_of
from newsdedup.model.sketch import BoolArray, Int64Array, UInt8Array, UInt64Array
from newsdedup.stores.interface import Store

MOST = 255
"""Neither articles nor days are counted beyond."""
LOOKED_AT = 16
"""Articles of an index that are looked at for each key, evenly spread; what is true of them is taken to be of all."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """Keys that new articles hold: uint64 `keys`, and int64 `fingerprints` and `days` of who holds each."""

    keys: UInt64Array
    fingerprints: Int64Array
    days: Int64Array


def count_holders(store: Store, keys: UInt64Array, new: Holdings) -> tuple[UInt8Array, UInt8Array]:
    """For each of the keys, which are sorted and unique: how many articles hold it, and on how many days.

    A key of more than MOST articles is a set phrase, held on every day from the first to the last of them.
    """
    hits = store.look_up(keys, MOST)
    order = np.lexsort((hits.numbers, hits.places))
    places, numbers = hits.places[order], hits.numbers[order]
    sizes = np.bincount(places, minlength=len(keys))
    full = sizes > MOST
    full[hits.capped] = True
    looked = _spread(sizes)
    places, numbers = places[looked], numbers[looked]
    each = sizes / np.maximum(np.bincount(places, minlength=len(keys)), 1)

    marks = store.marks(numbers)
    at = np.searchsorted(marks[:, 0], numbers).clip(max=max(len(marks) - 1, 0))
    there: BoolArray = marks[at, 0] == numbers if len(marks) else np.zeros(len(numbers), np.bool_)
    places, at = places[there], at[there]
    own = np.searchsorted(keys, new.keys).clip(max=max(len(keys) - 1, 0))
    wanted: BoolArray = keys[own] == new.keys if len(keys) else np.zeros(len(own), np.bool_)

    holder = np.concatenate([places, own[wanted]])
    prints = np.concatenate([marks[at, 2], new.fingerprints[wanted]])
    days = np.concatenate([days_of(marks[at, 1]), new.days[wanted]])
    weights = np.concatenate([each[places], np.ones(np.count_nonzero(wanted))])
    # a new article that is indexed already is none more; sorting is stable, so that the indexed ones come first
    first = _distinct(holder, prints)
    articles = np.bincount(holder[first], weights[first], len(keys)).round()
    articles[full] = MOST
    dated = days >= 0
    holder, days = holder[dated], days[dated]
    first = _distinct(holder, days)
    on_days = np.bincount(holder[first], minlength=len(keys))
    on_days = np.where(full, np.maximum(on_days, _span(holder, days, len(keys))), on_days)
    return articles.clip(max=MOST).astype(np.uint8), on_days.clip(max=MOST).astype(np.uint8)


def _spread(sizes: Int64Array) -> Int64Array:
    """Places, of groups of those sizes that follow each other, of LOOKED_AT of each group or all of a smaller one."""
    begins = np.cumsum(sizes) - sizes
    size = np.repeat(sizes, sizes)
    rank = np.arange(len(size)) - np.repeat(begins, sizes)
    return np.flatnonzero((size <= LOOKED_AT) | (rank * LOOKED_AT // size != (rank - 1) * LOOKED_AT // size))


def _distinct(groups: Int64Array, values: Int64Array) -> Int64Array:
    """Where each different value of each group stands first."""
    order = np.lexsort((values, groups))
    new = np.ones(len(order), np.bool_)
    new[1:] = (np.diff(groups[order]) != 0) | (values[order][1:] != values[order][:-1])
    return order[new]


def _span(groups: Int64Array, days: Int64Array, n: int) -> Int64Array:
    """Of each of n groups the days from the first to the last."""
    first, last = np.full(n, np.iinfo(np.int64).max), np.full(n, -1)
    np.minimum.at(first, groups, days)
    np.maximum.at(last, groups, days)
    span: Int64Array = np.where(last < 0, 0, last - first + 1)
    return span
