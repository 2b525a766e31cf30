"""Which articles of a run were withdrawn by their senders, and which items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newsdedup.model.article import ArticleRef
from newsdedup.model.catalog import Catalog
from newsdedup.model.filing import Filing
from newsdedup.stages.text.wire import filing_of, item_version, plain_headline, wire_words


def killed_articles(catalog: Catalog) -> list[int]:
    """The places of the articles that say of themselves that they are withdrawn."""
    return [place for place in _suspects(catalog) if filing_of(catalog[place]).filing is Filing.KILL]


def killed_items(catalog: Catalog) -> Mapping[str, int | None]:
    """The items, by guid without version, that were withdrawn, and by which version, where that is known."""
    items: dict[str, int | None] = {}
    for place in killed_articles(catalog):
        ref = catalog[place]
        if ref.guid:
            found = item_version(ref.guid, ref.version)
            items[found.item] = found.version
    return items


def is_killed_version(ref: ArticleRef, items: Mapping[str, int | None]) -> bool:
    """Whether an article is the version of an item that withdrew it, or one before that."""
    if not items or not ref.guid:
        return False
    found = item_version(ref.guid, ref.version)
    if found.item not in items:
        return False
    last = items[found.item]
    return last is None or found.version is None or found.version <= last


def _suspects(catalog: Catalog) -> Iterator[int]:
    """The articles that may be withdrawn, without looking at each in full."""
    slugs = [wire_words(slug).filing is Filing.KILL for slug in catalog.slugs]
    labels = zip(catalog.status.tolist(), catalog.slug.tolist(), catalog.titles, strict=True)
    for place, (status, slug, title) in enumerate(labels):
        if status or slugs[slug] or plain_headline(title) is not title:
            yield place
