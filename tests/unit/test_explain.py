import itertools
import random
from datetime import UTC, datetime

import numpy as np
import pytest

from newsdedup.engines.local import LocalEngine
from newsdedup.explain import EXPLAINED_LINKS, explain_clusters, explain_links, story_links, with_reasons
from newsdedup.model.article import Article, Origin
from newsdedup.model.match import COLUMN, RELATIONS, MatchTable, Relation, Test
from newsdedup.model.report import Cluster, EditKind, Facts, Link, Variant, memberships_of
from newsdedup.pipeline import dedupe
from newsdedup.plan import CanonicalParams, Plan, VerifyParams
from newsdedup.progress import Silent
from newsdedup.readers.memory import MemoryCorpus
from newsdedup.shelf import Shelf
from newsdedup.sketching import sketch_corpus
from newsdedup.stages.canonical import reasons, stand
from newsdedup.workers import Workers

EXCERPT, TEMPLATE, COPY = Relation.EXCERPT, Relation.TEMPLATE, Relation.COPY
IDS = tuple("abcdefgh")
PLACES = {own: place for place, own in enumerate(IDS)}
NORTH = Cluster("north", "b", ("a", "b", "c"))
SOUTH = Cluster("south", "d", ("d", "e"))


def table(*rows):
    """Matches from (two letters, relation, coverage)."""
    rows = sorted(rows, key=lambda row: row[0])
    evidence = np.zeros((len(rows), len(COLUMN)), np.float32)
    evidence[:, COLUMN["coverage"]] = [coverage for _, _, coverage in rows]
    return MatchTable(
        IDS,
        np.array([IDS.index(pair[0]) for pair, _, _ in rows], np.int32),
        np.array([IDS.index(pair[1]) for pair, _, _ in rows], np.int32),
        np.array([RELATIONS.index(relation) for _, relation, _ in rows], np.uint8),
        np.ones(len(rows), np.float32),
        evidence,
        np.full(len(rows), Test.BANDS, np.uint8),
    )


def linked(matches, *clusters):
    """The links by name; every variant has a match with the canonical article, as in all clusters."""
    rows = {match.a + match.b: (match.relation, match.evidence.coverage) for match in matches}
    for cluster in clusters:
        for member in set(cluster.members) - {cluster.canonical}:
            rows.setdefault("".join(sorted((member, cluster.canonical))), (COPY, 1.0))
    matches = table(*((pair, *row) for pair, row in rows.items()))
    return [
        matches[row].a + matches[row].b
        for row in story_links(matches, memberships_of(PLACES, clusters, matches)).tolist()
    ]


def test_two_stories_have_one_link_however_many_of_their_articles_match():
    matches = table(("ad", EXCERPT, 0.5), ("bd", EXCERPT, 0.5), ("be", EXCERPT, 0.5), ("ce", EXCERPT, 0.5))
    assert len(linked(matches, NORTH, SOUTH)) == 1


def test_an_article_on_its_own_is_a_story_too():
    matches = table(("ag", EXCERPT, 0.2), ("bg", EXCERPT, 0.2), ("gh", TEMPLATE, 0.9))
    assert linked(matches, NORTH, SOUTH) == ["bg", "gh"]


@pytest.mark.parametrize("relation", Relation)
def test_there_is_no_link_within_a_story(relation):
    assert linked(table(("ac", relation, 1.0)), NORTH) == []


def test_a_joining_match_that_a_cut_cluster_left_over_is_a_link():
    assert linked(table(("cd", COPY, 1.0)), NORTH, SOUTH) == ["cd"]


def test_an_excerpt_tells_more_than_a_template_that_shares_more():
    assert linked(table(("ae", EXCERPT, 0.1), ("bd", TEMPLATE, 0.9)), NORTH, SOUTH) == ["ae"]


def test_canonical_articles_tell_more_than_variants_that_share_more():
    matches = table(("ae", EXCERPT, 0.9), ("ad", EXCERPT, 0.5), ("bd", EXCERPT, 0.1))
    assert linked(matches, NORTH, SOUTH) == ["bd"]
    assert linked(table(("ae", EXCERPT, 0.9), ("ad", EXCERPT, 0.5)), NORTH, SOUTH) == ["ad"]


def test_of_equal_kinds_what_shares_most_is_taken_and_then_the_first():
    assert linked(table(("be", EXCERPT, 0.5), ("cd", EXCERPT, 0.6)), NORTH, SOUTH) == ["cd"]
    assert linked(table(("ae", EXCERPT, 0.5), ("ce", EXCERPT, 0.5)), NORTH, SOUTH) == ["ae"]


def test_the_most_telling_links_come_first():
    matches = table(("fg", TEMPLATE, 0.9), ("ah", EXCERPT, 0.9), ("bd", EXCERPT, 0.2), ("dh", EXCERPT, 0.3))
    assert linked(matches, NORTH, SOUTH) == ["dh", "bd", "ah", "fg"]


def test_no_matches_give_no_links():
    assert linked(table()) == []


FIRST = "The harbour board voted seven to two on Tuesday to close the old ferry pier, its chairman said in Oslo."
LATER = FIRST.replace("seven to two", "six to 3").replace("Oslo", "Bergen")


@pytest.fixture
def explained():
    """Two versions of one story, and a brief that shares a passage, with a match for each pair."""
    articles = [
        Article(IDS[i], text, Origin("m", i)) for i, text in enumerate((LATER, FIRST, FIRST[:90] + " Rain fell."))
    ]
    with Workers(1) as workers:
        catalog = sketch_corpus(MemoryCorpus(articles), Plan(), workers, Silent()).catalog
    return catalog, table(("ab", COPY, 0.9), ("ac", EXCERPT, 0.5), ("bc", EXCERPT, 0.5)), Shelf(articles)


@pytest.mark.parametrize("workers", [1, 2])
def test_an_entry_holds_the_diff_from_the_canonical_article_and_the_facts_as_the_match_has_them(explained, workers):
    catalog, matches, shelf = explained
    clusters = [Cluster("x", "b", ("a", "b"))] * 2
    with Workers(workers) as pool:
        entry, again = explain_clusters(clusters, catalog, matches, shelf, pool, diffs=True)
    assert entry == again
    assert (entry.cluster, entry.canonical.text) == (clusters[0], FIRST)
    (variant,) = entry.variants
    assert (variant.article.text, variant.match) == (LATER, matches[0])
    text = FIRST
    for edit in reversed(variant.edits):
        assert edit.kind is not EditKind.MOVED
        text = text[: edit.canonical_span[0]] + edit.text + text[edit.canonical_span[1] :]
    assert text == LATER
    assert (variant.facts.names_only_a, variant.facts.names_only_b) == (("Bergen",), ("Oslo",))


def test_without_diffs_an_entry_is_its_articles_and_their_matches(explained):
    catalog, matches, shelf = explained
    with Workers(1) as pool:
        cluster = Cluster("x", "b", ("a", "b"))
        (entry,) = explain_clusters([cluster], catalog, matches, shelf, pool, diffs=False)
    assert entry.variants == (Variant(shelf["a"].unpacked(), matches[0], None, Facts()),)


def test_links_are_told_with_what_they_share_sorted_by_pair(explained):
    catalog, matches, shelf = explained
    with Workers(1) as pool:
        first, second = explain_links(np.array([2, 1]), catalog, matches, shelf, pool, diffs=True)
    assert [(link.a.id, link.b.id) for link in (first, second)] == [("a", "c"), ("b", "c")]
    (passage,) = second.passages
    assert FIRST.startswith(passage.text[:60])
    assert second.match == matches[2]


def test_without_diffs_a_link_is_its_articles_and_their_match(explained):
    catalog, matches, shelf = explained
    with Workers(1) as pool:
        assert list(explain_links(np.array([2]), catalog, matches, shelf, pool, diffs=False)) == [
            Link(matches[2], catalog[1], catalog[2], (), Facts())
        ]


def test_only_the_most_telling_links_are_explained_and_all_are_counted():
    rng = random.Random(1)
    syllables = ["".join(pair) for pair in itertools.product("bdgklmnprstvw", "aeiou")]

    def words(n):
        return " ".join(rng.choice(syllables) + rng.choice(syllables) for _ in range(n))

    quoted = EXPLAINED_LINKS + 10
    passages = [words(40) for _ in range(quoted)]
    texts = [f"{words(30)} {passage} {words(30)}" for passage in passages * 2]
    articles = [Article(f"{i:04}", text, Origin("m", i)) for i, text in enumerate(texts)]
    report = dedupe(
        MemoryCorpus(articles),
        LocalEngine(1),
        Plan(verify=VerifyParams(min_probability=1.0)),
        settings={},
        now=datetime(2024, 3, 18, tzinfo=UTC),
        progress=Silent(),
        workers=1,
    )
    assert [(m.a, m.b) for m in report.matches] == [(f"{i:04}", f"{i + quoted:04}") for i in range(quoted)]
    assert report.header.counts.links == quoted
    assert len(list(report.links)) == EXPLAINED_LINKS


def test_every_cluster_says_why_its_canonical_article_is_kept(explained):
    catalog, matches, _ = explained
    standings = stand(catalog, matches.articles(), CanonicalParams())
    (cluster,) = with_reasons([Cluster("x", "b", ("a", "b"))], catalog, standings)
    assert cluster == Cluster("x", "b", ("a", "b"), *reasons(catalog, np.array([1]), np.array([0]), standings))
    assert cluster.reason
