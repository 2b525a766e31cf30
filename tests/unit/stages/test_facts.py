"""Figures and names, and which of them two articles share."""

import pytest

from newsdedup.stages.facts import MAX_ENTRIES, facts
from newsdedup.stages.text.figures import figures, same_figure
from newsdedup.stages.text.names import names


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1200", 1200),
        ("1,200", 1200),
        ("1,234,567.5", 1234567.5),
        ("1.234.567,5", 1234567.5),
        ("12,34,567", 1234567),
        ("1’200’000", 1200000),
        ("1\u00a0200", 1200),
        ("3.5", 3.5),
        ("3,5", 3.5),
        ("0.125", 0.125),
        ("١٬٢٣٤٫٥", 1234.5),
        ("１２", 12),
        ("11.9 mln", 11.9e6),
        ("11.9-million", 11.9e6),
        ("2bn", 2e9),
        ("$5m", 5e6),
        ("$5 m", 5),
        ("3 crore", 3e7),
        ("1.2 lakh crore", 1.2e12),
        ("3,5 Mio.", 3.5e6),
        ("2 Mrd.", 2e9),
        ("7 млн", 7e6),
        ("2,5 млрд", 2.5e9),
        ("5 مليون", 5e6),
        ("4 ملايين", 4e6),
        ("3万", 3e4),
        ("10万亿", 1e13),
        ("2 억", 2e8),
        ("-4.5", -4.5),
    ],
)
def test_a_figure_is_worth_what_it_says(text, value):
    (figure,) = figures(f"Es {text}.")
    assert figure.value == pytest.approx(value)


@pytest.mark.parametrize("text", ["4.5%", "4.5 pct", "4.5 per cent", "4,5 Prozent", "4,5 процента", "4.5٪"])
def test_a_percentage_is_known_as_one(text):
    (figure,) = figures(text)
    assert (figure.value, figure.percent, figure.spelled) == (4.5, True, text)


def test_figures_are_spelled_as_in_the_text():
    text = "Sales rose to 1,200 units, worth $11.9 mln, in 1986."
    assert [figure.spelled for figure in figures(text)] == ["1,200", "11.9 mln", "1986"]


def test_a_lone_point_before_three_digits_parts_thousands_where_decimals_are_written_with_a_comma():
    assert [figure.value for figure in figures("1.200 Stück zu 3,5 Euro")] == [1200, 3.5]
    assert [figure.value for figure in figures("1.200 litres at 3.5 euros")] == [1.2, 3.5]


def test_digits_of_a_name_are_no_figure_and_a_range_is_not_negative():
    assert figures("the G20 and MH370") == ()
    assert [figure.value for figure in figures("10-12 people")] == [10, 12]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1,200", "1200", True),
        ("11.9 mln", "11,908,000", True),
        ("11.9 mln", "11,960,000", False),
        ("2 billion", "1.98 billion", True),
        ("5", "5.4", False),
        ("54", "54.3", True),
        ("54", "55", False),
        ("5 pct", "5", False),
        ("5 pct", "5%", True),
    ],
)
def test_figures_are_the_same_if_equal_or_rounded(one, other, same):
    (a,), (b,) = figures(one), figures(other)
    assert same_figure(a, b) is same_figure(b, a) is same


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yesterday the minister met Vladimir Putin in Moscow.", ["Vladimir Putin", "Moscow"]),
        ("They said so. Nobody heard.", []),
        ("Xi spoke, and they heard Xi.", ["Xi"]),
        ("Wu Fei spoke.", ["Wu Fei"]),
        ("The Bank of the West and the rest.", ["Bank", "West"]),
        ("He saw Mr. Smith and George W. Bush.", ["Mr. Smith", "George W. Bush"]),
        ("He left the U.S. on Monday.", ["U.S."]),
        ("They saw China's president.", ["China"]),
        ("Shares of AAPL.O and IBM rose. IBM led.", ["AAPL.O", "IBM"]),
        ("Вчера министр встретил Владимира Путина.", ["Владимира Путина"]),
        ("A Headline In Which All Words Are Big", []),
        ("قال الوزير أمس", []),
        ("习近平周一", []),
    ],
)
def test_names_are_capitalised_words_that_do_not_just_begin_a_sentence(text, expected):
    assert names(text) == expected


def test_facts_are_sorted_into_shared_and_not():
    a = "On Monday 1,200 workers of Acme Corp left; it lost 11.9 mln dlrs, said Jane Doe."
    b = "On Sunday 1200 workers of Acme Corp left; it lost 11,908,000 dlrs in 7 days, said John Roe."
    found = facts(a, b)
    assert found.figures_shared == ("1,200", "11.9 mln")
    assert found.figures_only_a == ()
    assert found.figures_only_b == ("7",)
    assert found.names_shared == ("Acme Corp",)
    assert found.names_only_a == ("Jane Doe",)
    assert found.names_only_b == ("John Roe",)


def test_a_name_is_shared_if_the_other_text_has_all_or_more_of_it():
    assert facts("They met Vladimir Putin.", "They met Putin.").names_shared == ("Vladimir Putin",)
    assert facts("They saw New York.", "They saw New Delhi.").names_shared == ()


def test_no_fact_is_listed_twice_and_no_list_is_endless():
    assert facts("It was 5 and 5 and 5.0.", "").figures_only_a == ("5",)
    assert len(facts(" ".join(map(str, range(500))), "").figures_only_a) == MAX_ENTRIES
