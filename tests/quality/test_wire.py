"""What corpus/truth.jsonl says of the articles of corpus/wire, said by a run at the defaults."""

import itertools
import json
from collections import defaultdict

import pytest

from newsdedup import deduplicate
from newsdedup.model.match import Relation

HELD_WHOLE = "a round-up that holds the other article whole, with four more items"

KNOWN_WRONG = {
    ("excerpts/kelp-farm.txt", "excerpts/news-in-brief.txt"): HELD_WHOLE,
}
"""Pairs that a run takes for one story and are not, or the other way round, and why. What comes right leaves the list."""


@pytest.fixture(scope="module")
def truth(corpus_dir):
    return [json.loads(line) for line in (corpus_dir / "truth.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def report(corpus_dir):
    return deduplicate([corpus_dir / "wire"])


def pairs_within(stories):
    return {pair for story in stories for pair in itertools.combinations(sorted(story), 2)}


@pytest.fixture(scope="module")
def joined(report):
    """The pairs that the run takes for one story."""
    return pairs_within(cluster.members for cluster in report.clusters)


@pytest.fixture(scope="module")
def one_story(truth):
    """The pairs that are one story."""
    stories = defaultdict(list)
    for record in truth:
        if record.get("story"):
            stories[record["story"]].append(record["id"])
    return pairs_within(stories.values())


def test_articles_and_records_that_are_none_are_told_as_truth_tells_them(report, truth, corpus_dir):
    prefix = f"{corpus_dir / 'wire'}/"
    found = {(ref.origin.source.removeprefix(prefix), ref.origin.record): (ref.id, None) for ref in report.catalog}
    found |= {(s.origin.source.removeprefix(prefix), s.origin.record): (None, s.reason.value) for s in report.skipped}
    assert found == {
        (record["source"], record["record"]): (None if record["skip"] else record["id"], record["skip"])
        for record in truth
        if "id" in record
    }


def test_two_articles_are_one_story_if_and_only_if_truth_says_so(joined, one_story):
    wrong = joined ^ one_story
    assert wrong - set(KNOWN_WRONG) == set(), "these were told right before"
    assert set(KNOWN_WRONG) - wrong == set(), "these are told right now: take them off the list"


def test_nothing_that_was_withdrawn_is_canonical(report):
    killed = {ref.id for ref in report.catalog if ref.status.value == "canceled" or ref.title.startswith("KILL")}
    assert killed
    assert killed.isdisjoint(cluster.canonical for cluster in report.clusters)


def test_a_story_filed_four_times_is_a_chain_and_what_is_left_of_it_is_named(report):
    item = "urn:newsml:northwire.example:20240512:MUSSELS"
    chain = next(entry.chain for entry in report.entries if f"{item}:1" in entry.cluster.members)
    assert [(v.id, v.filing.value) for v in chain] == [
        (f"{item}:1", "first"),
        (f"{item}:2", "update"),
        (f"{item}:3", "correction"),
        (f"{item}:4", "kill"),
    ]
    assert [(v.added, v.cut) for v in chain] == [(None, None), (47, 18), (18, 2), (38, 16)]
    (withdrawal,) = report.withdrawn
    assert {copy.article.id for copy in withdrawal.live} == {
        f"{item}:1",
        f"{item}:2",
        f"{item}:3",
        "withdrawn/mussels-printed.txt",
    }


def test_equal_texts_are_exact(report, truth):
    equal = {}  # of many equal texts each is compared with one of them, not with all
    for match in report.matches:
        if match.relation is Relation.EXACT:
            both = equal.get(match.a, {match.a}) | equal.get(match.b, {match.b})
            equal.update(dict.fromkeys(both, both))
    pairs = [line["pair"] for line in truth if line.get("relation") == "exact" and "pair" in line]
    assert pairs
    assert [(a, b) for a, b in pairs if b not in equal.get(a, ())] == []
