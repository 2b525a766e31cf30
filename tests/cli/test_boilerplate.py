import json

import pytest

from pages import COURIER, MAIL, two_sites


@pytest.fixture
def corpus(tmp_path):
    articles = two_sites(pages=12, furniture=6, story=4, copies=1)
    articles.append({"id": "unnamed", "text": articles[0]["text"]})
    articles.append(
        {"id": "bare", "publisher": COURIER, "text": articles[0]["text"].split("\n")[0] + "\nADVERTISEMENT"}
    )
    first = articles[0]
    first["text"] = f"LONDON (Reuters) - {first['text']}\nADVERTISEMENT"
    (tmp_path / "pages.jsonl").write_text("".join(f"{json.dumps(article)}\n" for article in articles))
    return {article["id"]: article for article in articles}


def furniture(article):
    """The lines of a page that stand around its four lines of story."""
    lines = article["text"].removeprefix("LONDON (Reuters) - ").removesuffix("\nADVERTISEMENT").split("\n")
    return {line.removesuffix(".") for line in (*lines[:3], *lines[7:])}


def test_list_gives_the_lines_of_each_publisher_and_how_many_articles_have_them(newsdedup, corpus):
    done = newsdedup("boilerplate", "list", "pages.jsonl", "--json")
    assert (done.code, done.err) == (0, "")
    found = json.loads(done.out)["publishers"]
    assert [(learned["publisher"], learned["articles"]) for learned in found] == [(COURIER, 14), (MAIL, 13)]
    for learned in found:
        assert {line["text"] for line in learned["lines"]} == furniture(corpus[f"{learned['publisher']}-0"])
        assert {line["articles"] for line in learned["lines"]} <= {13, 14}


def test_list_is_a_block_for_each_publisher(newsdedup, corpus):
    blocks = newsdedup("boilerplate", "list", "pages.jsonl").out.split("\n\n")
    assert [block.split("\n")[0] for block in blocks] == [f"{COURIER}, 14 articles", f"{MAIL}, 13 articles"]
    assert {line.strip().split("  ")[1] for line in blocks[1].strip().split("\n")[1:]} == furniture(corpus[f"{MAIL}-0"])


def test_list_says_that_nothing_was_learned(newsdedup, corpus, seeds):
    told = newsdedup("boilerplate", "list", seeds)
    assert (told.code, told.out) == (
        0,
        "No lines that stories repeat were found (0 publishers with enough articles).\n",
    )
    off = newsdedup("boilerplate", "list", "pages.jsonl", "--set", "furniture.learn=false", "--json")
    assert json.loads(off.out) == {"publishers": []}


def test_explain_shows_what_of_an_article_counts_for_little_and_why(newsdedup, corpus):
    own = f"{COURIER}-0"
    found = json.loads(newsdedup("boilerplate", "explain", "pages.jsonl", "--article", own, "--json").out)
    text = corpus[own]["text"]
    assert (found["article"], found["publisher"], found["learned_from"]) == (own, COURIER, 14)
    assert all(text[slice(*part["span"])] == part["text"] for part in found["parts"])
    assert found["parts"] == sorted(found["parts"], key=lambda part: part["span"])
    learned = [part for part in found["parts"] if part["why"] == "learned"]
    assert {part["text"] for part in learned} == furniture(corpus[own])
    assert {part["articles"] for part in learned} <= {13, 14}
    others = {part["why"]: part for part in found["parts"] if part["why"] != "learned"}
    assert others["credit"]["text"] == "LONDON (Reuters) -"
    assert others["pattern"]["text"] == "ADVERTISEMENT"
    assert found["words"] - found["compared_words"] == sum(len(part["text"].split()) for part in learned)


def test_explain_tells_people_the_same(newsdedup, corpus):
    told = newsdedup("boilerplate", "explain", "pages.jsonl", "--article", f"{COURIER}-0").out.splitlines()
    assert told[0].startswith(f"{COURIER}-0: compared by ")
    assert "a credit: LONDON (Reuters) -" in told
    assert "a known phrase: ADVERTISEMENT" in told
    assert sum(line.split(": ")[0].endswith(f" of 14 articles of {COURIER}") for line in told) == 6


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ("unnamed", "Nothing was learned of its publisher: it has no name, or too few articles."),
        ("bare", "Hardly any words would be left without what was learned, so it is compared by all."),
    ],
)
def test_explain_says_why_an_article_is_compared_by_all_its_words(newsdedup, corpus, own, message):
    assert message in newsdedup("boilerplate", "explain", "pages.jsonl", "--article", own).out.splitlines()
    found = json.loads(newsdedup("boilerplate", "explain", "pages.jsonl", "--article", own, "--json").out)
    assert found["words"] == found["compared_words"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("list", "none"), "no such file or folder: none"),
        (("explain", "pages.jsonl", "--article", "nobody"), 'no article in pages.jsonl has the id "nobody"'),
        (("explain", "pages.jsonl"), "Missing option '--article'"),
    ],
)
def test_what_is_not_there_is_2_and_says_so(newsdedup, corpus, args, message):
    done = newsdedup("boilerplate", *args)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
