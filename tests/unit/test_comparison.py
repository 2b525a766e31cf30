from datetime import UTC, datetime

import pytest

from newsdedup.comparison import compare
from newsdedup.model.article import Article, Origin
from newsdedup.model.match import Relation, Test
from newsdedup.plan import Plan

PLAN = Plan()
PIER = (
    "The harbour board voted seven to two on Tuesday to close the old ferry pier by the end of June, after an "
    "inspection found that twelve of its forty piles had rotted. Passengers will use the new quay from then on."
)
FURNACE = (
    "Shares in the smelter climbed after its owner sold two ageing furnaces to a competitor abroad, which plans to "
    "take them apart and ship them in pieces before winter, according to people who have seen the contract."
)


def article(text, own="a", title="", **fields):
    return Article(own, text, Origin(f"{own}.txt"), title, **fields)


def both(a, b):
    return compare(article(a), article(b, "b"), PLAN)


def test_texts_that_differ_in_nothing_one_reads_are_exact():
    found = both(PIER, PIER.upper().replace(",", " -"))
    assert (found.match.relation, found.probability, found.match.tests) == (Relation.EXACT, 1.0, Test.FINGERPRINT)


def test_a_corrected_figure_leaves_one_story():
    found = both(PIER, PIER.replace("twelve", "thirteen"))
    assert found.match.relation.joins
    assert found.match.probability == found.probability
    assert found.match.evidence == found.evidence


def test_texts_on_different_things_are_no_match_and_still_told_apart_word_by_word():
    found = both(PIER, FURNACE)
    assert found.match is None
    assert found.probability < 0.5
    assert found.passages == ()
    assert found.edits


def test_edits_lead_from_the_first_to_the_second():
    (edit,) = both(PIER, PIER.replace("Tuesday", "Monday")).edits
    assert (PIER[slice(*edit.canonical_span)], edit.text) == ("Tuesday", "Monday")


def test_it_does_not_matter_which_is_named_first():
    other = PIER.replace("twelve", "thirteen").replace("Passengers", "All passengers")
    there, back = both(PIER, other), both(other, PIER)
    assert (there.match.relation, there.probability) == (back.match.relation, back.probability)
    assert there.evidence.containment_a == back.evidence.containment_b


def test_two_articles_of_one_id_are_told_apart():
    found = compare(article(PIER), article(PIER), PLAN)
    assert (found.match.a, found.match.b) == (found.a.id, found.b.id) == ("a", "a~2")


def test_dates_and_headlines_count():
    then = datetime(2024, 3, 18, tzinfo=UTC)
    found = compare(
        article(PIER, title="Pier to close", published=then),
        article(PIER, "b", title="Pier to close", published=then.replace(day=20)),
        PLAN,
    )
    assert (found.evidence.days_apart, found.evidence.headline) == (2.0, 1.0)


@pytest.mark.parametrize(
    ("first", "second", "one_story"),
    [
        (("See page 3.", "Rain in Oslo"), ("SEE PAGE 3", "Rain in Oslo"), True),
        (("See page 3.", "Rain in Oslo"), ("See page 3.", "Snow in Bergen"), False),
        (("See page 3.", "Rain in Oslo"), ("See page 4.", "Rain in Oslo"), False),
        (("", "Rain in Oslo"), ("", "Rain in Oslo"), False),
        (("", ""), (PIER, ""), False),
    ],
)
def test_short_texts_match_only_when_equal_headline_included_as_in_a_run(first, second, one_story):
    found = compare(article(first[0], "a", first[1]), article(second[0], "b", second[1]), PLAN)
    assert (found.match is not None, found.probability) == (one_story, float(one_story))
