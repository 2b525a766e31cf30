import json

import pytest

from newsdedup.errors import InputError
from newsdedup.evaluation.truth import LabelledPair, Truth, read_pairs, read_truth


def stories(truth):
    """The clusters of several articles, and the articles that are alone."""
    members = {}
    for own, name in truth.clusters.items():
        members.setdefault(name or (own,), set()).add(own)
    return sorted(map(sorted, members.values()))


PAIR = {"a": "x", "b": "y", "label": "copy", "sure": False}


@pytest.fixture
def truth(tmp_path):
    """Write a file of truth, and read it."""

    def read(content, name="truth"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else "\n".join(map(json.dumps, content)), "utf-8")
        return read_truth([path])

    return read


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(PAIR),
        json.dumps(PAIR) + "\n\n",
        json.dumps([PAIR], indent=2),
        "a,b,label,sure\nx,y,copy,false\n",
        "\ufeffa;b;label;sure\r\nx;y;Copy;no\r\n",
        "a\tb\tlabel\tsure\nx\ty\tcopy\t0\n",
    ],
)
def test_labelled_pairs_are_told_by_what_a_file_holds(truth, content):
    assert truth(content) == Truth(pairs=(LabelledPair("x", "y", "copy", sure=False),))


def test_a_pair_is_sure_unless_it_says_otherwise(truth):
    assert truth("a,b,label\nx,y,copy\n").pairs[0].sure


def test_partial_is_another_name_for_excerpt(truth):
    assert truth([PAIR | {"label": "partial"}]).pairs[0].label == "excerpt"


def test_numbers_are_ids_too(truth):
    assert truth([PAIR | {"a": 57}]).pairs[0].a == "57"


def test_the_last_label_of_a_pair_counts_whichever_way_round_it_stands(truth):
    pairs = truth([PAIR, {"a": "p", "b": "q", "label": "template"}, {"a": "y", "b": "x", "label": "revision"}]).pairs
    assert [(pair.a, pair.b, pair.label) for pair in pairs] == [("y", "x", "revision"), ("p", "q", "template")]


@pytest.mark.parametrize(
    "content",
    [
        [{"id": "x", "cluster": 1}, {"id": "y", "cluster": 1}, {"id": "z", "cluster": None}],
        "id,cluster\nx,1\ny,1\nz,\n",
        [{"id": "x", "story": "1"}, {"id": "y", "story": "1"}, {"id": "z", "story": None}],
    ],
)
def test_labelled_clusters_are_told_by_what_a_file_holds(truth, content):
    found = truth(content)
    assert not found.complete
    assert stories(found) == [["x", "y"], ["z"]]


def test_a_file_may_hold_stories_and_pairs_and_what_is_no_article(truth):
    lines = [
        {"id": "x", "story": "fire", "relation": "canonical", "skip": None},
        {"id": "z", "story": None, "relation": "skipped", "skip": "binary"},
        {"id": "y", "story": None, "relation": "template", "skip": None},
        {"pair": ["x", "y"], "relation": "template"},
    ]
    assert truth(lines).pairs == (LabelledPair("x", "y", "template"),)
    assert stories(truth(lines)) == [["x"], ["y"]]


@pytest.mark.parametrize("content", ['[["x", "y"], ["z", "y"], ["p", "q"]]', '{"0": ["x", "y", "z"], "1": ["p", "q"]}'])
def test_lists_of_ids_as_news_copy_has_them_are_stories_and_all_else_is_alone(truth, content):
    found = truth(content)
    assert found.complete
    assert stories(found) == [["p", "q"], ["x", "y", "z"]]


def test_articles_with_their_clusters_as_news_copy_has_them_are_clusters(truth):
    articles = {"x": {"article": "Text.", "cluster": 7}, "y": {"article": "Text.", "cluster": 7, "id": "y"}}
    for content in (json.dumps(articles), json.dumps(articles, indent=2)):
        assert stories(truth(content)) == [["x", "y"]]


def test_files_are_taken_together_and_their_clusters_kept_apart(tmp_path):
    (tmp_path / "one").write_text("id,cluster\nx,1\ny,1\n")
    (tmp_path / "two").write_text("id,cluster\nz,1\n")
    (tmp_path / "three").write_text("a,b,label\nx,z,different\n")
    found = read_truth([tmp_path / "one", tmp_path / "two", tmp_path / "three"])
    assert stories(found) == [["x", "y"], ["z"]]
    assert len(found.pairs) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "truth: is empty"),
        ("id,text\n1,hello\n", "truth:2: neither a pair (a, b, label) nor an article of a cluster (id, cluster)"),
        ('{"a": "x", "b": "y", "label": "copy"}\n{"a": ', "truth:2: not JSON"),
        ('[\n["x", "y"],\n["z"', "truth:3: not JSON"),
        ('[["x", "y"], ["z"]]', "truth: group 2 is not a list of two or more ids"),
        ([PAIR, PAIR | {"label": "same"}], 'truth:2: no label is called "same"; there are exact, copy, revision'),
        ([PAIR | {"sure": "maybe"}], 'truth:1: sure must be true or false, not "maybe"'),
        ([PAIR | {"b": "x"}], 'truth:1: "x" is paired with itself'),
        ([{"id": "x", "cluster": [1]}], "truth:1: neither a pair"),
        ("id,cluster\nx,1\nx,2\n", 'truth:3: "x" is there twice'),
    ],
)
def test_a_mistake_is_told_with_its_place(truth, content, message):
    with pytest.raises(InputError) as raised:
        truth(content)
    assert message in str(raised.value)


def test_an_article_cannot_be_in_clusters_of_two_files(tmp_path):
    (tmp_path / "one").write_text("id,cluster\nx,1\n")
    with pytest.raises(InputError, match='"x" is in a cluster of another file'):
        read_truth([tmp_path / "one", tmp_path / "one"])


def test_a_file_that_is_not_there_or_not_text_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        read_truth([tmp_path / "none"])
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not UTF-8"):
        read_truth([tmp_path / "binary"])


def test_read_pairs_wants_pairs(tmp_path):
    (tmp_path / "clusters").write_text("id,cluster\nx,1\n")
    with pytest.raises(InputError, match="holds no labelled pairs"):
        read_pairs(tmp_path / "clusters")


def test_the_truth_of_the_corpus_can_be_read(corpus_dir):
    found = read_truth([corpus_dir / "truth.jsonl"])
    assert {pair.label for pair in found.pairs} >= {"exact", "copy", "revision", "excerpt", "template"}
    assert len(found.clusters) > len(set(found.clusters.values()))
