"""What an editor says of the five sample articles, said by a run at the defaults."""

import pytest

from newsdedup import deduplicate


@pytest.fixture(scope="module")
def report(corpus_dir):
    return deduplicate([corpus_dir / "seeds"])


def name(article_id):
    return article_id[:3]


def test_one_story_is_told_twice_and_its_dated_and_complete_printing_is_kept(report):
    (entry,) = report.entries
    assert name(entry.canonical.id) == "002"
    assert [(name(v.article.id), v.match.relation.value) for v in entry.variants] == [("001", "revision")]
    assert f"{entry.canonical.published:%Y-%m-%d %H:%M}" == "2024-03-18 20:43"


def test_the_article_that_reuses_half_of_it_is_linked_with_the_shared_passages(report):
    relations = {(name(m.a), name(m.b)): m.relation.value for m in report.matches}
    assert relations == {("000", "001"): "excerpt", ("000", "002"): "excerpt", ("001", "002"): "revision"}
    (link,) = report.links
    shared = " ".join(passage.text for passage in link.passages)
    assert "when Russia hosts the BRICS summit in Kazan in October" in shared


def test_the_other_stories_stand_alone(report):
    clustered = {member for cluster in report.clusters for member in cluster.members}
    linked = {article.id for link in report.links for article in (link.a, link.b)}
    assert {name(i) for i in clustered | linked} == {"000", "001", "002"}
    assert report.header.counts.read == report.header.counts.kept == 5
