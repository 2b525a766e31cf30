"""What a diff shows, on texts short enough to read."""

from pathlib import Path

import pytest

from newsdedup.model.article import Article, Origin
from newsdedup.model.report import Edit, EditKind
from newsdedup.stages.diff.edits import apply_edits, diff

SEEDS = sorted((Path(__file__).parents[3] / "corpus" / "seeds").glob("*.txt"))

Change = tuple[str, str, str]


def article(text: str, title: str = "") -> Article:
    return Article(id="x", text=text, origin=Origin("x.txt"), title=title)


def edits_of(canonical: str, variant: str) -> tuple[Edit, ...]:
    edits = diff(article(canonical), article(variant))
    assert apply_edits(canonical, edits) == variant
    return edits


def changes(canonical: str, variant: str) -> list[Change]:
    return [
        (edit.kind.value, canonical[slice(*edit.canonical_span)], edit.text) for edit in edits_of(canonical, variant)
    ]


def test_equal_texts_have_no_edits():
    assert edits_of("The bank said on Monday.", "The bank said on Monday.") == ()


def test_a_changed_word_is_one_edit_of_that_word():
    assert changes("The bank said it will merge.", "The bank said it may merge.") == [("reworded", "will", "may")]


def test_spans_lead_to_both_texts():
    canonical, variant = "The bank said it will merge.", "On Monday the bank said it may merge."
    for edit in edits_of(canonical, variant):
        assert variant[slice(*edit.variant_span)] == edit.text


def test_words_put_in_take_nothing_out():
    assert changes("The bank will merge.", "The bank and its rival will merge.") == [("added", "", "and its rival ")]


def test_words_put_in_before_a_full_stop_come_with_the_space_before_them():
    assert changes("The bank will merge.", "The bank will merge on Monday.") == [("added", "", " on Monday")]


def test_words_cut_leave_nothing():
    assert changes("The bank and its rival will merge.", "The bank will merge.") == [("cut", "and its rival ", "")]


def test_an_added_sentence_begins_where_the_sentence_begins():
    canonical = "The dog barked loudly. The cat ran away."
    variant = "The dog barked loudly. The cow slept well. The cat ran away."
    assert changes(canonical, variant) == [("added", "", "The cow slept well. ")]


def test_an_added_quotation_comes_with_its_marks():
    canonical = 'It rained all day. "We are wet," she said.'
    variant = 'It rained all day. "Bring an umbrella," he said. "We are wet," she said.'
    assert changes(canonical, variant) == [("added", "", '"Bring an umbrella," he said. ')]


def test_a_common_word_between_changed_ones_is_part_of_the_change():
    canonical = "Shares rose as investors welcomed the unexpected announcement of profits in Tokyo."
    variant = "Shares rose as buyers cheered the surprisingly generous dividend in Tokyo."
    assert changes(canonical, variant) == [
        ("reworded", "investors welcomed the unexpected announcement of profits", "buyers cheered the surprisingly generous dividend")
    ]  # fmt: skip


def test_a_replaced_paragraph_is_a_cut_and_an_addition():
    canonical = "The bank will merge soon.\nOil fell sharply in early London trading hours.\nNo one was hurt there."
    variant = "The bank will merge soon.\nParliament votes about new school buildings tonight.\nNo one was hurt there."
    assert [kind for kind, _, _ in changes(canonical, variant)] == ["cut", "added"]


def test_a_reworded_sentence_keeps_to_itself_when_the_next_one_changes_too():
    canonical = "Ministers will discuss the new budget plan today. Unions have called for a strike on Friday."
    variant = "Ministers are to discuss the new budget today. Unions called for a general strike on Friday."
    assert all(". " not in old for _, old, _ in changes(canonical, variant))


def test_a_figure_that_differs_is_a_figure():
    assert changes("It lost 11.9 mln dlrs in 1986.", "It lost 12,100,000 dlrs in 1986.") == [
        ("figure", "11.9 mln", "12,100,000")
    ]


def test_a_name_that_differs_is_a_name():
    assert changes("He met President Putin today.", "He met President Biden today.") == [("name", "Putin", "Biden")]


def test_a_day_that_differs_is_no_name():
    assert changes("He came on Monday.", "He came on Sunday.") == [("reworded", "Monday", "Sunday")]


@pytest.mark.parametrize(
    ("opening", "closing"), [('"', '"'), ("“", "”"), ("«", "»"), ("„", "“"), ("「", "」"), ("『", "』")]
)
def test_a_change_within_quotation_marks_is_a_quote(opening, closing):
    text = "The minister said {}we must act at once{} and left the room."
    canonical = text.format(opening, closing)
    assert changes(canonical, canonical.replace("at once", "right now")) == [("quote", "at once", "right now")]


def test_a_change_between_two_quotations_is_no_quote():
    canonical = '"We must act," said the minister. "At once."'
    assert changes(canonical, canonical.replace("minister", "chairman"))[0][0] == "reworded"


def test_a_credit_that_differs_is_a_credit():
    body = "Stocks rose on Monday after the central bank cut its main rate.\n"
    assert changes("LONDON (Reuters) - " + body, "LONDON (AP) _ " + body)[0][0] == "credit"
    assert changes(body, "LONDON (Reuters) - " + body) == [("credit", "", "LONDON (Reuters) - ")]


BODY = (
    "Stocks rose on Monday after the central bank cut its main rate.\n"
    "Traders had expected a smaller step, and some now hope for more.\n"
    "The next meeting of the bank is due in early December.\n"
)


def test_another_first_line_that_is_no_sentence_is_a_headline():
    assert changes("Bank cuts rate\n" + BODY, "Rate cut cheers markets\n" + BODY)[0][0] == "headline"
    assert changes(BODY, "Bank cuts rate\n" + BODY) == [("headline", "", "Bank cuts rate\n")]


def test_the_title_at_the_beginning_of_a_text_is_a_headline_even_if_it_is_a_sentence():
    title = "The bank cuts its rate."
    edits = diff(article(title + "\n" + BODY, title), article(BODY))
    assert [edit.kind for edit in edits] == [EditKind.HEADLINE]


def test_page_furniture_is_furniture():
    middle = BODY.replace("Traders", "ADVERTISEMENT\nTraders")
    assert changes(middle, BODY) == [("furniture", "ADVERTISEMENT\n", "")]
    assert changes(BODY + "Follow us on:\n", BODY) == [("furniture", "Follow us on:\n", "")]


def test_furniture_and_story_that_went_together_are_two_edits():
    canonical = BODY.replace("Traders", "ADVERTISEMENT\nThe bank gave no reason for its haste.\nTraders")
    assert [kind for kind, _, _ in changes(canonical, BODY)] == ["furniture", "cut"]


def test_other_quotation_marks_and_dashes_are_typography():
    assert changes('"No," he said - twice.', "“No,” he said – twice.") == [
        ("typography", '"', "“"),
        ("typography", '"', "”"),
        ("typography", "-", "–"),
    ]


def test_a_line_in_capitals_is_one_edit_of_typography():
    assert changes("BANK CUTS RATE", "Bank cuts rate") == [("typography", "BANK CUTS RATE", "Bank cuts rate")]


def test_arabic_spelling_variants_are_typography():
    assert changes("أعلنت الوزارة إلى", "اعلنت الوزارة الى") == [
        ("typography", "أعلنت", "اعلنت"),
        ("typography", "إلى", "الى"),
    ]


def test_texts_without_words_differ_in_typography():
    assert changes(" \n", "\n\n\n") == [("typography", " ", "\n\n")]


def test_a_sentence_that_stands_elsewhere_has_moved():
    one = "The central bank cut its main rate by a quarter point. "
    two = "Oil prices fell sharply in early trading. "
    three = "No one was hurt when the old bridge collapsed, police said. "
    edits = edits_of(one + two + three, two + three + one)
    assert [(edit.kind, edit.move) for edit in edits] == [(EditKind.MOVED, 1), (EditKind.MOVED, 1)]
    out, back = edits
    assert out.text == ""
    assert back.text == one


def test_a_sentence_that_moved_may_differ_in_a_word():
    sentences = [
        "Seoul shares closed two percent higher on hopes for exports. ",
        "The won gained against the dollar for a third day. ",
        "Foreign investors bought shares worth 200 million dollars on Tuesday. ",
        "Analysts expect the rally to last until the end of the year. ",
    ]
    moved = sentences[2].replace("200", "300")
    edits = edits_of("".join(sentences), "".join([moved, sentences[0], sentences[1], sentences[3]]))
    assert [edit.kind for edit in edits] == [EditKind.MOVED, EditKind.MOVED]


def test_sentences_that_moved_together_are_one_move():
    moved = "Foreign investors bought shares on Tuesday. They sold bonds for a third day. "
    stays = "".join(f"This is sentence number {word} of the story. " for word in ("one", "two", "three", "four"))
    assert [edit.move for edit in edits_of(moved + stays, stays + moved)] == [1, 1]


def test_a_short_sentence_does_not_move():
    edits = edits_of("Yes. The bank will merge with its rival.", "The bank will merge with its rival. Yes.")
    assert {edit.kind for edit in edits} == {EditKind.CUT, EditKind.ADDED}


@pytest.mark.parametrize(
    ("canonical", "variant", "expected"),
    [
        ("中国国家主席习近平周一祝贺普京当选。", "中国国家主席习近平周二祝贺普京当选。", ("一", "二")),
        ("Президент сказал это вчера.", "Президент сказал это сегодня.", ("вчера", "сегодня")),
        ("قال الرئيس ذلك أمس.", "قال الرئيس ذلك اليوم.", ("أمس", "اليوم")),
        ("Price: ½ dollar", "Price: ¾ dollar", ("½", "¾")),
    ],
)
def test_scripts_and_signs_of_all_kinds_are_compared_by_word(canonical, variant, expected):
    ((_, old, new),) = changes(canonical, variant)
    assert (old, new) == expected


def test_the_printed_and_the_reworded_seed_differ_in_few_furnishings_and_many_words():
    edits = edits_of(SEEDS[2].read_text("utf-8"), SEEDS[1].read_text("utf-8"))
    kinds = [edit.kind for edit in edits if edit.kind is not EditKind.TYPOGRAPHY]
    assert kinds[:4] == [EditKind.FURNITURE, EditKind.HEADLINE, EditKind.FURNITURE, EditKind.CREDIT]
    assert kinds[-2:] == [EditKind.CREDIT, EditKind.FURNITURE]
    assert len(kinds) < 110
