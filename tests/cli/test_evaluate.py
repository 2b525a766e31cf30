import json

import pytest

TEXTS = {
    "bridge": "The council met on Monday and agreed to mend the old bridge over the river for 3 million dollars by the "
    "end of June, the mayor said. Nobody spoke against the plan, which two companies had drawn up together.",
    "snow": "Heavy snow fell in the hills last night and schools in nine villages stayed closed for the whole day. "
    "Ploughs cleared the main roads by noon, but forecasters expect more wind and drifting until Thursday.",
}
PAIRS = [
    {"a": "bridge", "b": "again", "label": "exact"},
    {"a": "snow", "b": "bridge", "label": "different", "sure": False},
    {"a": "snow", "b": "lost", "label": "copy"},
]


@pytest.fixture(autouse=True)
def files(tmp_path):
    articles = TEXTS | {"again": TEXTS["bridge"]}
    lines = [json.dumps({"id": own, "text": text}) for own, text in articles.items()]
    (tmp_path / "wire.jsonl").write_text("\n".join(lines))
    (tmp_path / "pairs.jsonl").write_text("\n".join(map(json.dumps, PAIRS)))
    (tmp_path / "clusters.csv").write_text("id,cluster\nbridge,1\nagain,1\nsnow,2\nlost,2\n")


def test_pairs_are_scored_and_those_that_are_not_there_are_named(newsdedup):
    done = newsdedup("evaluate", "wire.jsonl", "--truth", "pairs.jsonl")
    assert (done.code, done.err) == (0, "")
    assert "3 articles" in done.out
    assert "left out, not in the corpus: 1 pairs (snow | lost)" in done.out
    assert "1 sure pairs" in done.out
    assert "2 pairs, all" in done.out


def test_figures_come_as_json_too(newsdedup):
    found = json.loads(newsdedup("evaluate", "wire.jsonl", "--truth", "pairs.jsonl", "--json").out)
    assert found["truth"] == ["pairs.jsonl"]
    assert found["settings"]["verify"]["min_probability"] == 0.5
    assert found["pairs"]["missing"] == [["snow", "lost"]]
    assert found["pairs"]["all"]["one_story"]["clustered"]["f1"]["value"] == 1
    assert found["pairs"]["all"]["candidate_recall"]["value"] == 1
    assert found["pairs"]["all"]["look_alikes_joined"]["hits"] == 0
    assert found["clusters"] is None


def test_clusters_are_scored_and_an_article_that_is_not_there_is_alone(newsdedup):
    found = json.loads(newsdedup("evaluate", "wire.jsonl", "--truth", "clusters.csv", "--json").out)["clusters"]
    assert (found["precision"], found["recall"]) == (1, 0.5)
    assert found["missing"] == ["lost"]


def test_pairs_and_clusters_may_come_from_several_files(newsdedup):
    done = newsdedup("evaluate", "wire.jsonl", "--truth", "pairs.jsonl", "--truth", "clusters.csv")
    assert "one story, as clustered" in done.out
    assert "B-cubed" in done.out
    assert "counted as alone, not in the corpus: 1 articles (lost)" in done.out


def test_in_the_layout_of_news_copy_what_is_not_named_is_alone(newsdedup, tmp_path):
    (tmp_path / "edges.json").write_text('[["bridge", "again"]]')
    found = json.loads(newsdedup("evaluate", "wire.jsonl", "--truth", "edges.json", "--json").out)["clusters"]
    assert (found["articles"], found["f1"], found["found_clusters"]) == (3, 1, 1)


def test_out_gets_figures_judged_pairs_and_plots_and_may_be_used_again(newsdedup, tmp_path):
    for _ in range(2):
        assert newsdedup("evaluate", "wire.jsonl", "--truth", "pairs.jsonl", "--out", "scores").code == 0
    files = {path.name: path.read_text("utf-8") for path in (tmp_path / "scores").iterdir()}
    assert sorted(files) == ["evaluation.json", "pairs.jsonl", "precision-recall.svg", "reliability.svg"]
    printed = newsdedup("evaluate", "wire.jsonl", "--truth", "pairs.jsonl", "--json").out
    assert json.loads(files["evaluation.json"]) == json.loads(printed)
    first, second = map(json.loads, files["pairs.jsonl"].splitlines())
    assert (first["relation"], first["together"], second["together"]) == ("exact", True, False)


def test_settings_count(newsdedup):
    args = ("evaluate", "wire.jsonl", "--truth", "pairs.jsonl", "--json", "--set", "candidates.min_words=500")
    assert json.loads(newsdedup(*args).out)["settings"]["candidates"]["min_words"] == 500


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("wire.jsonl", "--truth", "none.jsonl"), "none.jsonl: No such file or directory"),
        (("none", "--truth", "pairs.jsonl"), "no such file or folder: none"),
        (("wire.jsonl", "--truth", "wire.jsonl"), "wire.jsonl:1: neither a pair"),
        (("wire.jsonl", "--truth", "pairs.jsonl", "--out", "wire.jsonl"), "wire.jsonl: is a file"),
        (("wire.jsonl",), "--truth"),
    ],
)
def test_what_is_wrong_is_told_before_anything_is_read(newsdedup, args, message):
    done = newsdedup("evaluate", *args)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
