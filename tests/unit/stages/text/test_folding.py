import sys
import unicodedata

import pytest

from newsdedup.stages.text import codepoints
from newsdedup.stages.text.folding import CharClass, fold
from newsdedup.stages.text.tokens import TokenFlag, tokenize


def words(text):
    return [token.folded for token in tokenize(text)]


def test_the_table_is_what_folding_says():
    """Only for characters that this Python's Unicode knows as the table's does (14.0)."""
    table, expansions = codepoints.load()
    for code in range(codepoints.SIZE):
        char = chr(code)
        if unicodedata.category(char) == "Cn" or (unicodedata.unidata_version != "14.0.0" and code > 0x2FF):
            continue
        entry = int(table[code])
        if entry & codepoints.EXPANDS:
            first, length = entry & 0xFFFFFF, entry >> codepoints.LENGTH_SHIFT & 0x7F
            run = [int(e) for e in expansions[first : first + length]]
        else:
            run = [entry]
        seen = [(chr(e & 0x1FFFFF), CharClass(e >> codepoints.CLASS_SHIFT)) for e in run]
        assert [s for s in seen if s[1] is not CharClass.IGNORED] == list(fold(char)), hex(code)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café", "CAFE\u0301"),
        ("naïve ﬁnance", "naive finance"),
        ("ＡＢＣ１２３", "abc123"),
        ("“It’s”", '"it\'s"'),
        ("don’t", "dont"),
        ("مُحَمَّد", "محمد"),
        ("الـــرياض", "الرياض"),
        ("أحمد إلى آخر", "احمد الى اخر"),
        ("مدرسة", "مدرسه"),
        ("على", "علي"),
        ("١٢٣٫٥", "123.5"),
        ("ﾊﾟﾘ", "パリ"),
        ("ёлка", "елка"),
        ("co\u00adoperate", "cooperate"),
        ("1,234.5", "1.234,5"),
        ("Straße", "STRASSE"),
        ("a—b…c", "a - b ... c"),
    ],
)
def test_spellings_that_a_reader_takes_for_the_same_match(one, other):
    assert words(one) == words(other)


@pytest.mark.parametrize(("one", "other"), [("1.5", "15"), ("re-form", "reform"), ("5½", "51 2"), ("中国", "中 囯")])
def test_what_differs_stays_different(one, other):
    assert words(one) != words(other)


def test_scripts_without_spaces_give_a_token_for_each_character():
    assert words("新华社ABC です") == ["新", "华", "社", "abc", "て", "す"]
    assert all(token.flags & TokenFlag.SINGLE for token in tokenize("ไทย"))


def test_flags_tell_figures_capitals_and_beginnings():
    flags = {token.folded: token.flags for token in tokenize("The Bank of Oslo cut 3,000 jobs. Today")}
    assert flags["the"] == TokenFlag.CAPITAL | TokenFlag.START
    assert flags["oslo"] == TokenFlag.CAPITAL
    assert flags["3000"] == TokenFlag.FIGURE
    assert flags["today"] == TokenFlag.CAPITAL | TokenFlag.START
    assert flags["of"] == TokenFlag(0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3,000 jobs", "3000 jobs"),
        ("1.234.567", "1,234,567"),
        ("1.234.567", "1234567"),
        ("12.5", "12,5"),
        ("1,234.50", "1234.50"),
        ("3.125", "3125"),
        ("٣٬٠٠٠", "3,000"),
    ],
)
def test_a_figure_is_the_same_with_and_without_marks_of_thousands_and_whatever_they_are(one, other):
    assert words(one) == words(other)


@pytest.mark.parametrize(("one", "other"), [("3.1", "31"), ("3.12", "312"), ("3.1255", "31255"), ("1.50", "150")])
def test_a_mark_before_other_than_three_digits_is_one_of_decimals(one, other):
    assert words(one) != words(other)


@pytest.mark.parametrize(
    ("text", "figure"),
    [("7", True), ("B52", True), ("G7", True), ("3.5", True), ("1st", False), ("5aid", False), ("c0st", False)],
)
def test_a_word_is_a_figure_if_at_least_half_of_it_is_digits(text, figure):
    (token,) = tokenize(text)
    assert (TokenFlag.FIGURE in token.flags) == figure


def test_spans_stand_in_the_text_as_it_came():
    text = "L’été ﬁnit."
    assert [text[t.start : t.end] for t in tokenize(text)] == ["L’été", "ﬁnit"]


def test_the_table_is_the_same_on_every_python():
    assert sys.version_info >= (3, 11)
    table, expansions = codepoints.load()
    assert (len(table), len(expansions), int(table.astype("u8").sum())) == (0x110000, 35675, TABLE_SUM)


TABLE_SUM = 30691386171893
