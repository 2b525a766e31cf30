import itertools
from datetime import UTC, datetime

import numpy as np
import pytest

from newsdedup.model.article import ArticleRef, Origin, Status
from newsdedup.model.catalog import Catalog
from newsdedup.stages.chain import chain_of, told_versions, version_chain, words_changed
from newsdedup.stages.text.wire import filing_of


def ref(own, title="Smelter burns", hour=None, **fields):
    published = None if hour is None else datetime(2024, 3, 13, hour, tzinfo=UTC)
    return ArticleRef(own, Origin(own), title, published=published, words=300, **fields)


def told(*refs):
    return [(v.id, v.filing.value, v.number) for v in version_chain(refs)]


def test_versions_stand_in_the_order_in_which_they_were_filed():
    refs = [
        ref("a", hour=8),
        ref("b", "UPDATE 1-Smelter burns", 9),
        ref("c", "CORRECTED-UPDATE 1-Smelter burns", 10),
        ref("d", "KILL-Smelter burns", 11),
    ]
    chain = [("a", "first", None), ("b", "update", 1), ("c", "correction", 1), ("d", "kill", None)]
    assert all(told(*order) == chain for order in itertools.permutations(refs))


def test_without_dates_what_they_say_decides():
    assert told(ref("k", "KILL-Smelter"), ref("c", "CORRECTED-Smelter", 9), ref("u", "UPDATE 2-Smelter"), ref("z")) == [
        ("z", "first", None),
        ("u", "update", 2),
        ("c", "correction", None),
        ("k", "kill", None),
    ]


def test_a_print_of_a_version_is_no_version():
    assert told(
        ref("wire", hour=8, publisher="Northwire"),
        ref("paper", hour=9, publisher="Gazette"),
        ref("wire-1", "UPDATE 1-Smelter burns", 10, publisher="Northwire"),
        ref("paper-1", "UPDATE 1-Smelter Burns", 12, publisher="Gazette"),
    ) == [("wire", "first", None), ("wire-1", "update", 1)]


def test_two_corrections_of_one_sender_are_two_versions():
    refs = [ref(own, "CORRECTED-Smelter burns", hour, publisher="Northwire") for own, hour in (("a", 8), ("b", 9))]
    assert len(told(*refs)) == 2


def test_versions_of_one_guid_need_no_words():
    guid = "urn:newsml:northwire.example:20240313:FIRE"
    refs = [ref(f"v{n}", hour=9, guid=f"{guid}:{n}") for n in (3, 1, 2)]
    assert told(*refs) == [("v1", "first", None), ("v2", "first", None), ("v3", "first", None)]


def test_leads_are_known_by_their_slug_and_cancellations_by_their_status():
    assert told(
        ref("a", hour=8, slug="BC-US--Fire"),
        ref("b", hour=9, slug="BC-US--Fire, 1st Ld-Writethru"),
        ref("c", hour=10, slug="BC-US--Fire", status=Status.CANCELED),
    ) == [("a", "first", None), ("b", "update", 1), ("c", "kill", None)]


@pytest.mark.parametrize("titles", [[], ["Smelter burns"] * 3, ["UPDATE 1-Smelter burns"]])
def test_a_story_of_which_nothing_tells_of_versions_has_no_chain(titles):
    assert told(*(ref(str(n), title, n) for n, title in enumerate(titles))) == []


def test_words_added_and_cut_are_counted():
    assert words_changed("Two were hurt in the fire.", "Three people were hurt in the fire") == (2, 1)
    assert words_changed("", "Fire") == (1, 0)
    assert words_changed("Fire", "Fire") == (0, 0)


@pytest.mark.parametrize("dated", [True, False])
def test_the_chain_of_rows_is_that_of_their_articles(dated):
    titles = [
        "Smelter burns",
        "UPDATE 1-Smelter burns",
        "Smelter in flames",
        "Smelter burns",
        "KILL-Smelter burns",
        "x",
    ]
    hours = [7, 8, 5, 5, 9, None]
    refs = [
        ref(f"{row}", title, hour, guid="v2" if row == 3 else "", version="2" if row == 0 else "")
        for row, (title, hour) in enumerate(zip(titles, hours, strict=True))
        if hour or not dated
    ]
    catalog = Catalog.of(refs, [filing_of(own).filing for own in refs])
    told = told_versions(catalog)
    for size in range(1, len(refs) + 1):
        for rows in itertools.permutations(range(len(refs)), size):
            chain = version_chain(refs[row] for row in rows) if told[list(rows)].any() else ()
            assert chain_of(catalog, np.array(rows), told) == chain
