"""Which articles of a run were withdrawn by their senders, and which items."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from newsdedup.model.catalog import Catalog
from newsdedup.model.filing import FILING_CODE, Filing
from newsdedup.model.sketch import BoolArray, Int64Array
from newsdedup.stages.text.wire import item_version


def killed_articles(catalog: Catalog) -> list[int]:
    """The places of the articles that say of themselves that they are withdrawn."""
    places: list[int] = np.flatnonzero(catalog.filing == FILING_CODE[Filing.KILL]).tolist()
    return places


def killed_items(catalog: Catalog) -> Mapping[str, int | None]:
    """The items, by guid without version, that were withdrawn, and by which version, where that is known."""
    items: dict[str, int | None] = {}
    for place in killed_articles(catalog):
        ref = catalog[place]
        if ref.guid:
            found = item_version(ref.guid, ref.version)
            items[found.item] = found.version
    return items


def killed_versions(catalog: Catalog, rows: Int64Array, items: Mapping[str, int | None]) -> BoolArray:
    """Which of some articles are the version of an item that withdrew it, or one before that. bool, beside `rows`."""
    killed: BoolArray = np.zeros(len(rows), np.bool_)
    if items:
        for i, row in enumerate(rows.tolist()):
            guid = catalog.guids[catalog.guid[row]]
            killed[i] = bool(guid) and _is_killed(guid, catalog.versions[catalog.version[row]], items)
    return killed


def _is_killed(guid: str, version: str, items: Mapping[str, int | None]) -> bool:
    found = item_version(guid, version)
    if found.item not in items:
        return False
    last = items[found.item]
    return last is None or found.version is None or found.version <= last
