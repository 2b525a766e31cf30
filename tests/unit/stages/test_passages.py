"""Passages that two articles share."""

from itertools import pairwise
from pathlib import Path

from newsdedup.stages.passages import shared_passages

SEEDS = [path.read_text("utf-8") for path in sorted((Path(__file__).parents[3] / "corpus" / "seeds").glob("*.txt"))]

FALL = "Prices in the capital fell by two percent in the third quarter of the year."
UNION = "The union of dock workers will vote on the offer before the end of the week."
FILLER_A = "Something quite different happened over there, and nobody could say why it had. "
FILLER_B = "Here we read of other matters entirely: gardens, weather and the price of bread. "


def texts(a: str, b: str, **options: int) -> list[tuple[str, str]]:
    return [(a[slice(*p.a_span)], b[slice(*p.b_span)]) for p in shared_passages(a, b, **options)]


def test_a_shared_sentence_is_a_passage():
    assert texts(FILLER_A + FALL, FALL + " " + FILLER_B) == [(FALL, FALL)]


def test_the_text_of_a_passage_is_as_it_stands_in_a():
    (passage,) = shared_passages(FILLER_A + FALL, FALL.upper() + " " + FILLER_B)
    assert passage.text == FALL


def test_passages_in_another_order_are_all_found_in_the_order_of_a():
    a = FALL + " " + FILLER_A + UNION
    b = UNION + " " + FILLER_B + FALL
    assert texts(a, b) == [(FALL, FALL), (UNION, UNION)]


def test_a_passage_goes_over_a_few_words_that_differ():
    other = FALL.replace("two percent", "almost three pct")
    assert texts(FILLER_A + FALL, FILLER_B + other) == [(FALL, other)]


def test_a_passage_is_widened_to_the_sentence_of_which_it_has_most():
    other = "Rents and " + FALL[0].lower() + FALL[1:]
    assert texts(FILLER_A + FALL, FILLER_B + other) == [(FALL, other)]


def test_fewer_words_than_asked_for_are_no_passage():
    assert texts(FILLER_A + "in the third quarter of the year", FILLER_B + "in the third quarter of the year") == []
    assert texts(FILLER_A + FALL, FILLER_B + FALL, min_words=40) == []


def test_only_the_longest_are_kept():
    longer = UNION + " It has not done so for thirty years, and few expect it to refuse."
    a, b = FALL + " " + FILLER_A + longer, FALL + " " + FILLER_B + longer
    assert texts(a, b, limit=1) == [(longer, longer)]


def test_a_character_of_a_script_without_spaces_is_half_a_word():
    shared = "中国国家主席习近平周一祝贺普京当选总统"
    a = "昨天下午在首都举行的会议上发言人对记者表示：" + shared + "并希望继续推动两国之间的贸易发展。"
    b = "据多家地方媒体报道称，" + shared + "，但是没有提到任何其他细节内容或下一步安排。"
    assert texts(a, b, min_words=9) == [(shared, shared)]
    assert texts(a, b, min_words=10) == []


def test_credits_and_furniture_are_no_passages():
    notice = (
        "Except for the headline, this story has not been edited by our staff and is published from a syndicated feed."
    )
    assert texts(FILLER_A + "\n" + notice, FILLER_B + "\n" + notice) == []
    keywords = "Follow us on Facebook and Twitter and get all our best stories every day"
    assert texts(FILLER_A + "\n" + keywords, FILLER_B + "\n" + keywords) == []


def test_texts_without_words_share_nothing():
    assert shared_passages("", "") == ()
    assert shared_passages("...", FALL) == ()


def test_no_part_of_either_text_is_in_two_passages():
    for other in SEEDS[1:]:
        passages = shared_passages(SEEDS[0], other)
        for spans in ([p.a_span for p in passages], sorted(p.b_span for p in passages)):
            assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_the_follow_up_among_the_seeds_shares_passages_with_the_first_story_only():
    assert len(shared_passages(SEEDS[0], SEEDS[1])) >= 6
    assert shared_passages(SEEDS[0], SEEDS[3]) == ()
    assert shared_passages(SEEDS[3], SEEDS[4]) == ()
