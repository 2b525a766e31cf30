from datetime import UTC, datetime

import numpy as np
import pytest

from newsdedup.model.article import ArticleRef, Origin, Status
from newsdedup.model.catalog import STATUSES, Catalog, microseconds
from newsdedup.model.filing import FILING_CODE
from newsdedup.model.match import COLUMN, RELATIONS, MatchTable, Relation
from newsdedup.model.report import Cluster
from newsdedup.stages.text.kills import killed_articles, killed_items
from newsdedup.stages.text.wire import filing_of
from newsdedup.stages.withdrawn import find_withdrawn

GUID = "urn:newsml:northwire.example:20240402:TOLL"


def article(own, title="Drivers to pay 51 crowns", hour=None, **fields):
    return {"id": own, "title": title, "hour": hour, **fields}


def filing(article):
    """The code of what an article says that it is."""
    ref = ArticleRef(
        "", Origin(""), article["title"], status=article.get("status", Status.USABLE), slug=article.get("slug", "")
    )
    return FILING_CODE[filing_of(ref).filing]


def catalog(*articles):
    def texts(name):
        return tuple(a.get(name, "") for a in articles)

    n = len(articles)
    rows = np.arange(n, dtype=np.int32)
    when = [None if a["hour"] is None else datetime(2024, 4, 2, a["hour"], tzinfo=UTC) for a in articles]
    return Catalog(
        ids=texts("id"), sources=texts("id"), source=rows, record=np.zeros(n, np.int32), titles=texts("title"),
        publishers=texts("publisher"), publisher=rows,
        published=np.array([microseconds(moment) for moment in when], np.int64),
        status=np.array([STATUSES.index(a.get("status", Status.USABLE)) for a in articles], np.uint8),
        words=np.full(n, 200, np.int32), slugs=texts("slug"), slug=rows, guids=texts("guid"), guid=rows,
        versions=texts("version"), version=rows, filing=np.array([filing(a) for a in articles], np.uint8),
    )  # fmt: skip


def matches(ids, edges):
    rows = sorted((min(a, b), max(a, b), relation, figures) for a, b, relation, figures in edges)
    evidence = np.zeros((len(rows), len(COLUMN)), np.float32)
    evidence[:, COLUMN["figures_replaced"]] = [row[3] for row in rows]
    return MatchTable(
        ids,
        np.array([row[0] for row in rows], np.int32),
        np.array([row[1] for row in rows], np.int32),
        np.array([RELATIONS.index(row[2]) for row in rows], np.uint8),
        np.ones(len(rows), np.float32),
        evidence,
        np.zeros(len(rows), np.uint8),
    )


def live(articles, edges=(), clusters=()):
    known = catalog(*articles)
    stories = [
        Cluster(str(n), known.ids[c], tuple(sorted(known.ids[m] for m in ms))) for n, (c, ms) in enumerate(clusters)
    ]
    found = find_withdrawn(known, matches(known.ids, edges), stories)
    return {w.article.id: {copy.article.id: copy.tie.value for copy in w.live} for w in found}


KILL = article("kill", "KILL-Drivers to pay 51 crowns", 12, status=Status.CANCELED)


@pytest.mark.parametrize("relation", [Relation.EXACT, Relation.COPY, Relation.REVISION])
def test_what_tells_the_same_is_live_before_and_after_the_kill(relation):
    papers = [article("a", "Bridge toll", 9), article("b", "Bridge toll", 20), article("c", "Bridge toll")]
    edges = [(0, n, relation, 0) for n in (1, 2, 3)]
    assert live([KILL, *papers], edges) == {"kill": dict.fromkeys("abc", relation.value)}


@pytest.mark.parametrize("relation", [Relation.EXCERPT, Relation.TEMPLATE])
def test_what_only_shares_passages_is_not_named(relation):
    assert live([KILL, article("a", "Tolls since 1920", 9)], [(0, 1, relation, 0)]) == {}


def test_what_takes_its_place_is_not_named():
    after = [
        article("mended", "Drivers to pay 15 crowns", 13),
        article("update", "UPDATE 2-Drivers to pay", 13),
        article("correction", "CORRECTED-Drivers to pay", 13),
    ]
    edges = [(0, 1, Relation.REVISION, 1), (0, 2, Relation.REVISION, 0), (0, 3, Relation.COPY, 0)]
    assert live([KILL, *after], edges) == {}


def test_an_earlier_correction_is_withdrawn_too():
    earlier = article("correction", "CORRECTED-Drivers to pay", 10)
    assert live([KILL, earlier], [(0, 1, Relation.COPY, 0)]) == {"kill": {"correction": "copy"}}


def test_earlier_versions_of_the_item_are_named_and_later_ones_are_not():
    versions = [article(f"v{n}", "A new toll", 8 + n, guid=f"{GUID}:{n}") for n in (1, 2, 4)]
    kill = article("v3", "Notice", 11, guid=f"{GUID}:3", status=Status.CANCELED)
    assert live([*versions, kill]) == {"v3": {"v1": "item", "v2": "item"}}


def test_a_notice_alone_is_known_by_headline_or_slug_at_the_time():
    notice = article("kill", "KILL-Drivers to pay 51 crowns", 12, slug="BC-EU--Toll, KILL", publisher="Northwire")
    same_line = article("line", "Drivers to Pay 51 Crowns", 9)
    same_slug = article("slug", "Crossing to cost", 10, slug="BC-EU--Toll, 1st Ld", publisher="Northwire")
    other_sender = article("other", "Crossing to cost", 10, slug="BC-EU--Toll", publisher="Gazette")
    assert live([notice, same_line, same_slug, other_sender]) == {"kill": {"line": "headline", "slug": "slug"}}


def test_copies_of_a_copy_are_named_though_they_were_not_compared_with_what_was_withdrawn():
    papers = [article(own, "Bridge toll", 9) for own in "abc"]
    edges = [(0, 1, Relation.COPY, 0), (1, 2, Relation.EXACT, 0), (1, 3, Relation.REVISION, 1)]
    found = live([KILL, *papers], edges, [(1, [0, 1, 2, 3])])
    assert found == {"kill": {"a": "copy", "b": "copy", "c": "revision"}}


def test_copies_of_what_takes_its_place_are_not_named():
    after = [article(own, "Drivers to pay 15 crowns", 13) for own in "abc"]
    edges = [(0, 1, Relation.REVISION, 1), (1, 2, Relation.COPY, 0), (1, 3, Relation.REVISION, 0)]
    assert live([KILL, *after], edges, [(1, [0, 1, 2, 3])]) == {}


def test_two_articles_that_were_both_withdrawn_are_not_live():
    twice = [KILL, article("again", "KILL-Drivers to pay 51 crowns", 13)]
    assert live(twice, [(0, 1, Relation.EXACT, 0)]) == {}


def test_killed_items_are_known_by_guid_without_version():
    known = catalog(article("a", guid=f"{GUID}:1"), article("b", guid=f"{GUID}:2", status=Status.CANCELED), KILL)
    assert killed_articles(known) == [1, 2]
    assert killed_items(known) == {GUID: 2}
