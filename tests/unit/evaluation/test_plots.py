from xml.etree import ElementTree as ET

import pytest

from newsdedup.evaluation.calibration import calibration
from newsdedup.evaluation.plots import precision_recall_plot, reliability_plot
from newsdedup.evaluation.report import PairFigures
from newsdedup.evaluation.scores import JudgedPair, score_pairs
from newsdedup.evaluation.truth import LabelledPair

SVG = "{http://www.w3.org/2000/svg}"


def figures(*said, sure=True):
    pairs = [
        JudgedPair(LabelledPair(f"x{n}", f"y{n}", label, sure), relation, chance, proposed=True, together=False)
        for n, (label, relation, chance) in enumerate(said)
    ]
    return PairFigures(score_pairs(pairs), calibration(pairs))


SURE = figures(("copy", "copy", 0.95), ("revision", "revision", 0.7), ("template", "template", 0.04))
ALL = figures(
    ("copy", "copy", 0.95), ("revision", "revision", 0.7), ("template", "template", 0.04), ("copy", "excerpt", 0.3)
)
NO_STORY = figures(("template", "different", 0.04))


@pytest.mark.parametrize("draw", [reliability_plot, precision_recall_plot])
@pytest.mark.parametrize("shown", [{"sure": SURE, "all": ALL}, {"all": ALL}, {"sure": NO_STORY, "all": NO_STORY}])
def test_a_plot_is_an_image_that_needs_nothing_else(draw, shown):
    text = draw(shown)
    root = ET.fromstring(text)
    assert root.tag == f"{SVG}svg"
    assert "nan" not in text
    assert "href" not in text
    assert "<script" not in text


def test_the_reliability_plot_has_a_dot_for_each_bin_that_says_how_many():
    root = ET.fromstring(reliability_plot({"sure": SURE, "all": ALL}))
    said = [title.text for title in root.iter(f"{SVG}title")]
    assert said == [
        "0 of 1 are one story, at a mean probability of 0.04",
        "1 of 1 are one story, at a mean probability of 0.70",
        "1 of 1 are one story, at a mean probability of 0.95",
    ]


def test_the_precision_recall_plot_shows_sure_and_all_pairs_where_they_differ():
    both = precision_recall_plot({"sure": SURE, "all": ALL})
    assert "3 sure pairs" in both
    assert "all 4 pairs" in both
    assert "all 3 pairs" not in precision_recall_plot({"sure": SURE, "all": SURE})
