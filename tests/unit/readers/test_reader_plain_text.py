from datetime import UTC, datetime

import pytest

from newsdedup.model.article import SkipReason

BODY = "Winds rose over the Rhine on Monday, and by noon the ferries had stopped. " * 6


@pytest.fixture
def read_text(tmp_path, read_all):
    def read(text, name="a.txt"):
        (tmp_path / name).write_bytes(text.encode())
        (record,) = read_all(tmp_path / name)
        return record

    return read


@pytest.mark.parametrize(
    "text",
    [
        "Winds rose.",
        "\r\n Winds\r\nrose. \n\n",
        "-- Storm hits Cologne\n\nWinds rose.\n",
        " date 2024-03-19 Winds rose.",
    ],
)
def test_the_text_is_never_altered(read_text, text):
    assert read_text(text).text == text


def test_front_matter_is_metadata_and_the_text_follows_it(read_text):
    matter = "---\ntitle: Storm hits Cologne\ndate: 2024-03-19\nauthors: [A. Person, B. Other]\nid: s1\n---\n\n"
    article = read_text(matter + BODY)
    assert (article.id, article.title, article.byline) == ("s1", "Storm hits Cologne", "A. Person, B. Other")
    assert article.published == datetime(2024, 3, 19, tzinfo=UTC)
    assert article.text == BODY


@pytest.mark.parametrize(
    "start",
    [
        "---\n\nA line of dashes.\n\n---\n\n",
        "---\nbroken: [yaml\n---\n",
        "---\ntitle: x\n\nno end\n",
        "---\n1: one\n---\n",
    ],
)
def test_dashes_that_hold_no_front_matter_are_text(read_text, start):
    assert read_text(start + BODY).text == start + BODY


def test_front_matter_that_grows_without_end_is_harmless(read_text):
    levels = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10))
    article = read_text(f"---\na0: &a0 [lol]\n{levels}\ntitle: *a9\n---\n{BODY}")
    assert article.text == BODY


def test_a_marked_first_line_is_the_title(read_text):
    assert read_text("-- Storm hits Cologne\nWinds rose.").title == "Storm hits Cologne"


def test_a_date_at_the_start_is_the_date(read_text):
    assert read_text(" date 2024-03-19 Winds rose.").published == datetime(2024, 3, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    "line", ["Published 18.03.24, 08:43 PM", "Posted on: March 18, 2024 8:43 PM", "updated 18 March 2024 20:43"]
)
def test_a_line_that_says_when_it_was_published_is_the_date(read_text, line):
    assert read_text(f"Storm\n\n{line}\n\n{BODY}").published == datetime(2024, 3, 18, 20, 43, tzinfo=UTC)


def test_published_counts_before_updated(read_text):
    text = f"Updated: 19 March 2024\nPublished: 18 March 2024\n\n{BODY}"
    assert read_text(text).published == datetime(2024, 3, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    ["Published by the ministry in Berlin", "Published reports say 18 March 2024 was the day of it all, and more"],
)
def test_a_sentence_is_no_date(read_text, line):
    assert read_text(f"{line}\n\n{BODY}").published is None


@pytest.mark.parametrize("start", ["", "ADVERTISEMENT\n\n", "\n\n"])
def test_a_line_by_itself_above_a_long_text_is_the_title(read_text, start):
    assert read_text(f"{start}Storm hits Cologne\n\n{BODY}").title == "Storm hits Cologne"


@pytest.mark.parametrize(
    "start",
    [
        "Winds rose on Monday.\n\n",
        "Storm hits Cologne\nand Bonn\n",
        "Storm hits\n\n",
        "Published 18.03.24, 08:43 PM\n\n",
        "Storm " * 60 + "\n\n",
    ],
)
def test_what_could_be_a_sentence_or_a_scrap_is_no_title(read_text, start):
    assert read_text(start + BODY).title == ""


def test_a_short_text_has_no_title(read_text):
    assert read_text("Storm hits Cologne\n\nWinds rose.").title == ""


@pytest.mark.parametrize(
    "start", ["# Storm hits Cologne\n", "Storm hits Cologne\n====\n", "\n# Storm hits Cologne #\n"]
)
def test_a_heading_of_markdown_is_the_title(read_text, start):
    article = read_text(start + BODY, "a.md")
    assert article.title == "Storm hits Cologne"
    assert article.text == start + BODY


def test_white_space_is_no_text(read_text):
    assert read_text(" \n\t\n").reason is SkipReason.NO_TEXT


def test_the_seeds_keep_every_character(corpus_dir, read_all):
    articles = {article.id[:3]: article for article in read_all(corpus_dir / "seeds")}
    assert len(articles) == 5
    for article in articles.values():
        assert article.text.encode() == (corpus_dir / "seeds" / article.id).read_bytes()
    assert articles["000"].published == datetime(2024, 3, 19, tzinfo=UTC)
    assert articles["002"].published == datetime(2024, 3, 18, 20, 43, tzinfo=UTC)
    assert articles["002"].title.startswith("President Xi Jinping congratulates Vladimir Putin")
    assert articles["001"].title == articles["003"].title == articles["004"].title == ""
