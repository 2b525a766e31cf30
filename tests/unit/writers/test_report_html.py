"""report.html: one page, whole, harmless, and not endless."""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser

import pytest
from sample_report import evidence

from newsdedup.model.article import Article, Origin
from newsdedup.model.match import Match, Relation, Test
from newsdedup.model.report import Cluster, Edit, EditKind, Entry, Facts, Variant
from newsdedup.writers.folder import write_report

VOID = {"meta", "link", "input", "img", "br", "hr"}


class Page(HTMLParser):
    """The elements of a page, with a check that they nest."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def page_of(report, folder) -> tuple[str, Page]:
    write_report(report, folder, ["html"], force=False)
    source = (folder / "report.html").read_text("utf-8")
    page = Page()
    page.feed(source)
    page.close()
    assert page.open == []
    return source, page


def test_texts_cannot_become_elements(report, tmp_path):
    source, page = page_of(report, tmp_path)
    tags = [tag for tag, _ in page.elements]
    assert tags.count("script") == 1
    assert "img" not in tags
    assert "textarea" not in tags
    assert "\x00" not in source
    assert "document.title='owned'" in page.text
    assert "{{ 7 * 7 }}" in page.text
    assert "an escape ␛[31m" in page.text
    assert "\U0001f5de\U0001d518" in page.text


def test_nothing_is_asked_of_the_network(report, tmp_path):
    source, page = page_of(report, tmp_path)
    for tag, attributes in page.elements:
        assert "src" not in attributes, tag
        assert not any(name.startswith("on") for name in attributes), tag
        assert (attributes.get("href") or "#").startswith(("#", "data:,")), attributes
    assert "default-src 'none'" in source
    assert "url(" not in source
    assert "@import" not in source


def test_ids_are_unique_and_moves_are_linked_to_each_other(report, tmp_path):
    _, page = page_of(report, tmp_path)
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    moves = [a["href"] for tag, a in page.elements if tag == "a" and a.get("class") == "move"]
    assert len(moves) == 2
    assert {move.removeprefix("#") for move in moves} <= set(ids)


def test_the_page_tells_the_whole_of_a_small_run(report, tmp_path):
    _, page = page_of(report, tmp_path)
    for told in (
        "4 articles of 9 repeat another",
        "Kept because it is the most complete (731 words).",
        "97% of the shorter text's words stand in the longer, in order.",
        "Only the canonical article has 1200; only this variant has 1500.",
        "Xi and Putin have met 42 times",
        "corpus/broken.json",
        "line 3: expected a value",
        "num_perm: 128",
    ):
        assert told in page.text, told


def test_texts_without_diffs_are_told_as_such(report, tmp_path):
    bare = [
        dataclasses.replace(e, variants=tuple(dataclasses.replace(v, edits=None) for v in e.variants))
        for e in report.entries
    ]
    _, page = page_of(dataclasses.replace(report, entries=bare), tmp_path)
    assert page.text.count("Its changes were not worked out in this run.") == 4


def test_a_run_without_stories_has_a_page_too(report, tmp_path):
    counts = dataclasses.replace(report.header.counts, clusters=0, clustered=0, variants=0, links=0, skipped=0)
    header = dataclasses.replace(report.header, counts=counts)
    _, page = page_of(
        dataclasses.replace(report, header=header, clusters=(), entries=(), links=(), skipped=()), tmp_path
    )
    assert "No article of 9 repeats another" in page.text
    assert "No two stories share a passage or a form." in page.text
    assert "every record became an article" in page.text


def story(number: int, variants: int, text: str) -> Entry:
    articles = [Article(f"{number:05}-{i}", text, Origin(f"{number:05}-{i}")) for i in range(variants + 1)]
    cluster = Cluster(f"c{number}", articles[0].id, tuple(sorted(a.id for a in articles)), "its id comes first")
    matches = [Match(articles[0].id, a.id, Relation.EXACT, 1.0, evidence(), Test.FINGERPRINT) for a in articles[1:]]
    found = tuple(Variant(a, m, (), Facts()) for a, m in zip(articles[1:], matches, strict=True))
    return Entry(cluster, articles[0], found)


@pytest.mark.parametrize(
    ("stories", "variants", "text", "most"),
    [(700, 1, "Short.", 2_000_000), (90, 25, "Short.", 5_000_000), (100, 1, "A long text. " * 100_000, 10_000_000)],
)
def test_a_large_run_is_shown_in_part_and_the_page_says_so(report, tmp_path, stories, variants, text, most):
    clusters = tuple(story(n, variants, "").cluster for n in range(stories))
    entries = (story(n, variants, text) for n in range(stories))
    write_report(dataclasses.replace(report, clusters=clusters, entries=entries), tmp_path, ["html"], force=False)
    source = (tmp_path / "report.html").read_text("utf-8")
    assert len(source) < most
    shown = source.count('<details class="story"')
    told = re.search(r"(\d+) further stories are not shown here", source)
    assert told
    assert shown + int(told[1]) == stories


def test_stories_with_something_withdrawn_stand_first_and_then_those_told_most_often(report, tmp_path):
    source, _ = page_of(report, tmp_path)
    shown = re.findall(r'<details class="story" id="(story-\d)".*?<code>([^<]*)</code>', source, re.DOTALL)
    assert [number for number, _ in shown] == ["story-1", "story-2", "story-3"]
    assert [own[:7] for _, own in shown] == ["hostile", "ar/فيضا", "002_019"]


def test_what_was_withdrawn_and_is_still_live_is_told_before_all_else(report, tmp_path):
    _, page = page_of(report, tmp_path)
    told = page.text[: page.text.index("stories told more than once")]
    for words in ("Withdrawn by its sender, still live", "=HYPERLINK(1)", "same headline", "-alone.txt"):
        assert words in told, words


def test_the_versions_of_a_story_are_told_with_what_each_changed(report, tmp_path):
    _, page = page_of(report, tmp_path)
    assert re.search(
        r"first 17 March 2024, 08:05 UTC.*correction of update 1 19 March.*\+1 −2 words", page.text, re.DOTALL
    )


def test_a_blank_line_less_is_no_row_of_a_diff(report, tmp_path):
    one, other = Article("a", "One.\n\n\nTwo.", Origin("a")), Article("b", "One.\n\nTwo.", Origin("b"))
    edits = (Edit(EditKind.TYPOGRAPHY, (6, 7), (6, 6), ""),)
    match = Match("a", "b", Relation.COPY, 1.0, evidence(), Test.BANDS)
    entry = Entry(Cluster("c", "a", ("a", "b")), one, (Variant(other, match, edits, Facts()),))
    _, page = page_of(dataclasses.replace(report, clusters=(entry.cluster,), entries=[entry]), tmp_path)
    assert "Only blank lines and spaces differ." in page.text


def test_a_story_of_very_many_variants_is_shown_in_part(report, tmp_path):
    entry = story(0, 1000, "Short.")
    _, page = page_of(dataclasses.replace(report, clusters=(entry.cluster,), entries=[entry]), tmp_path)
    assert "975 further variants of this story are not shown here" in page.text


def test_where_the_page_is_full_the_stories_that_matter_most_are_on_it(report, tmp_path):
    entries = [story(n, 1 + n % 3, "A long text. " * 40_000) for n in range(40)]
    clusters = tuple(entry.cluster for entry in entries)
    source, _ = page_of(dataclasses.replace(report, clusters=clusters, entries=entries, withdrawn=()), tmp_path)
    shown = [int(number) for number in re.findall(r'<details class="story" id="story-(\d+)"', source)]
    assert shown == list(range(1, len(shown) + 1))
    assert 1 < len(shown) < 40
    assert "3 variants" in source
    assert "1 variant<" not in source
