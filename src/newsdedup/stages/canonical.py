"""Which member of a story is kept, and why that one."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsdedup.model.catalog import UNDATED, Catalog, moment
from newsdedup.model.filing import FILINGS, Filing
from newsdedup.model.sketch import Int32Array, Int64Array, UInt8Array
from newsdedup.plan import CanonicalParams
from newsdedup.stages.text.kills import killed_items, killed_versions

_LENGTH_STEP = math.log(1.1)
_BARRED = [FILINGS.index(Filing.KILL), FILINGS.index(Filing.EMBARGO)]
_CORRECTION = FILINGS.index(Filing.CORRECTION)


@dataclass(frozen=True, slots=True)
class _Articles:
    """Some articles of a catalog, with what their senders say of them."""

    catalog: Catalog
    rows: Int64Array
    filings: UInt8Array


def _completeness(a: _Articles, _: CanonicalParams) -> NDArray[Any]:
    """Steps of a tenth in length: within one, another version is not thought more complete."""
    steps: Int64Array = -np.round(np.log(a.catalog.words[a.rows].clip(min=1)) / _LENGTH_STEP).astype(np.int64)
    return steps


def _earliest(a: _Articles, _: CanonicalParams) -> NDArray[Any]:
    published = a.catalog.published[a.rows]
    return np.where(published == UNDATED, np.iinfo(np.int64).max, published)


def _publishers(a: _Articles, params: CanonicalParams) -> NDArray[Any]:
    names = [name.casefold() for name in params.preferred_publishers]
    places = {name: place for place, name in reversed(list(enumerate(names)))}
    known = [places.get(publisher.casefold(), len(names)) for publisher in a.catalog.publishers]
    places_of: Int64Array = np.array(known, np.int64)
    return places_of[a.catalog.publisher[a.rows]]


def _ids(a: _Articles, _: CanonicalParams) -> NDArray[Any]:
    ids = [a.catalog.ids[row] for row in a.rows.tolist()]
    places: Int64Array = np.empty(len(ids), np.int64)
    places[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    return places


CRITERIA: Final[Mapping[str, tuple[Callable[[_Articles, CanonicalParams], NDArray[Any]], str]]] = {
    "live": (lambda a, _: np.isin(a.filings, _BARRED), "it is neither withdrawn nor under embargo"),
    "correction": (lambda a, _: a.filings != _CORRECTION, "it corrects the others"),
    "complete": (_completeness, "it is the most complete"),
    "dated": (lambda a, _: a.catalog.published[a.rows] == UNDATED, "it is dated"),
    "earliest": (_earliest, "it is the earliest"),
    "publisher": (_publishers, "its publisher is preferred"),
    "id": (_ids, "its id comes first"),
}
"""Each criterion of the policy: what it sorts articles by (least first), and how it is said."""


@dataclass(frozen=True, slots=True)
class Standings:
    """Where some articles of a corpus of n stand under the policy; the least is the best, no two are alike.

    int32 `places` (n,): below n for most; n and more for those that are barred, which are canonical only where all
    others are, and for those that were not asked about. `values` by criterion, beside `rows`, which are sorted.
    """

    places: Int32Array
    rows: Int64Array
    values: Mapping[str, NDArray[Any]]

    def at(self, places: Int32Array) -> Int64Array:
        """The rows that stand at some places of `places`, all of articles that were asked about."""
        best_first = self.rows[np.argsort(self.places[self.rows])]
        found: Int64Array = best_first[np.searchsorted(self.places[best_first], places)]
        return found


def stand(catalog: Catalog, rows: NDArray[np.integer[Any]], params: CanonicalParams) -> Standings:
    """Where the articles of those rows stand. All versions of an item up to the one that withdrew it are withdrawn."""
    asked: Int64Array = np.flatnonzero(np.bincount(rows, minlength=len(catalog)))
    filings = np.where(killed_versions(catalog, asked, killed_items(catalog)), _BARRED[0], catalog.filing[asked])
    articles = _Articles(catalog, asked, filings.astype(np.uint8))
    # what bars an article counts first, whatever the policy says
    values = {name: CRITERIA[name][0](articles, params) for name in dict.fromkeys(("live", *params.policy))}
    best_first = np.lexsort(tuple(values.values())[::-1])
    places: Int32Array = np.full(len(catalog), 2 * len(catalog), np.int32)
    places[asked[best_first]] = np.arange(len(asked), dtype=np.int32)
    places[asked[values["live"].astype(np.bool_)]] += np.int32(len(catalog))
    return Standings(places, asked, values)


def reasons(catalog: Catalog, canonical: Int64Array, runners_up: Int64Array, standings: Standings) -> list[str]:
    """Why each canonical article was chosen over the best of the others, in words; int64 rows (stories,) of both."""
    own, other = np.searchsorted(standings.rows, canonical), np.searchsorted(standings.rows, runners_up)
    names = list(standings.values)
    decided = np.argmax([values[own] != values[other] for values in standings.values.values()], axis=0)
    barred = standings.values["live"][own].astype(np.bool_)
    matched = standings.places[canonical] > standings.places[runners_up]
    told = zip(canonical.tolist(), decided.tolist(), barred.tolist(), matched.tolist(), strict=True)
    return [
        "all of them were withdrawn or are under embargo, and it ranks first"
        if withdrawn
        else "it is the one that all others match"
        if outranked
        else _phrase(catalog, row, names[criterion])
        for row, criterion, withdrawn, outranked in told
    ]


def _phrase(catalog: Catalog, row: int, criterion: str) -> str:
    phrase = CRITERIA[criterion][1]
    if criterion == "complete":
        phrase += f" ({catalog.words[row]} words)"
    if criterion == "earliest" and (published := moment(int(catalog.published[row]))):
        phrase += f" ({published:%Y-%m-%d %H:%M} UTC)"
    return phrase
