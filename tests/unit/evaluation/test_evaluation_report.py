import json

from newsdedup.evaluation.calibration import calibration
from newsdedup.evaluation.clustering import score_clusters
from newsdedup.evaluation.report import Evaluation, PairFigures, as_data, as_text
from newsdedup.evaluation.scores import JudgedPair, score_pairs
from newsdedup.evaluation.truth import LabelledPair

PAIRS = (
    JudgedPair(LabelledPair("a", "b", "copy"), "copy", 0.95, proposed=True, together=True),
    JudgedPair(LabelledPair("c", "d", "template"), "different", 0.05, proposed=False, together=False),
    JudgedPair(LabelledPair("e", "f", "revision", sure=False), "excerpt", 0.4, proposed=True, together=False),
)


def evaluation(*pairs, missing=(), clusters=None):
    chosen = {"sure": [pair for pair in pairs if pair.truth.sure], "all": pairs}
    return Evaluation(
        version="1",
        inputs=("wire",),
        truth=("labels.jsonl",),
        settings={},
        articles=1234,
        pairs=pairs,
        figures={name: PairFigures(score_pairs(some), calibration(some)) for name, some in chosen.items() if some},
        missing_pairs=tuple(missing),
        clusters=clusters,
        missing_articles=(),
    )


def test_the_table_shows_sure_pairs_and_all_pairs():
    lines = as_text(evaluation(*PAIRS)).splitlines()
    assert lines[0] == "1,234 articles"
    assert [line.split("  ")[0] for line in lines if "precision" in line] == ["2 sure pairs", "3 pairs, all"]
    assert "proposed" in "\n".join(lines)


def test_the_table_says_once_what_is_the_same_for_all_pairs():
    assert "pairs, all" not in as_text(evaluation(*PAIRS[:2]))


def test_the_table_names_some_missing_pairs_and_the_data_all():
    missing = [(f"x{n}", f"y{n}") for n in range(7)]
    found = evaluation(*PAIRS, missing=missing)
    assert "left out, not in the corpus: 7 pairs (x0 | y0, x1 | y1, x2 | y2, x3 | y3, x4 | y4, ...)" in as_text(found)
    assert as_data(found)["pairs"]["missing"] == [list(pair) for pair in missing]


def test_the_data_is_json_without_numbers_that_are_none():
    text = json.dumps(as_data(evaluation(PAIRS[1])), allow_nan=False)
    found = json.loads(text)["pairs"]["sure"]["one_story"]["own_verdict"]
    assert found["recall"] == {"value": None, "low": None, "high": None, "hits": 0, "total": 0}
    assert found["f1"]["value"] is None


def test_clusters_are_in_the_table_and_in_the_data():
    scores = score_clusters({"a": "1", "b": "1", "c": None}, {"a": "p", "b": "p"})
    found = evaluation(clusters=scores)
    assert "adjusted Rand index" in as_text(found)
    assert as_data(found)["clusters"]["f1"] == 1
    assert as_data(found)["pairs"] == {"judged": 0, "missing": []}
