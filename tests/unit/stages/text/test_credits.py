import pytest

from newsdedup.plan import TextParams
from newsdedup.stages.text.credits import find_credits
from newsdedup.stages.text.tokens import tokenize
from newsdedup.stages.text.view import matching_text


def recognised(text):
    return [text[start:end].strip() for start, end in find_credits(text)]


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("LONDON (Reuters) - Shares fell.", "LONDON (Reuters) -"),
        ("NEW YORK, March 3 (AP) _ Shares fell.", "NEW YORK, March 3 (AP) _"),
        ("MOSCOW, May 3. /TASS/ Shares fell.", "MOSCOW, May 3. /TASS/"),
        ("SALVADOR, Feb 26 - Showers continued.", "SALVADOR, Feb 26 -"),
        ("Berlin (dpa/tmn) - Die Kurse fielen.", "Berlin (dpa/tmn) -"),
        ("新华社北京3月18日电 股市下跌。", "新华社北京3月18日电"),
        ("【東京＝共同】株価は下落した。", "【東京＝共同】"),
        ("واس - الرياض:\nهبطت الأسهم.", "واس - الرياض:"),
        ("Shares fall\n\nPTI\nPublished 18.03.24, 08:43 PM\n\nShares fell.", "PTI"),
        ("By Jane Doe and John Roe\nShares fell.", "By Jane Doe and John Roe"),
        (" date 2024-03-19 Shares fell.", "date 2024-03-19"),
        (
            "Shares fell.\n(Reporting by Jane Doe; Editing by John Roe)",
            "(Reporting by Jane Doe; Editing by John Roe)",
        ),
        ("Shares fell.\nReuter", "Reuter"),
    ],
)
def test_credits_of_many_houses_are_recognised(text, credit):
    assert credit in recognised(text)


def test_a_syndication_notice_is_recognised_and_the_story_around_it_is_not():
    text = (
        "Shares fell on Monday.\n\nThis story has not been edited by the staff and is published from a syndicated feed."
    )
    assert recognised(text) == [text.rsplit("\n", maxsplit=1)[-1]]


def test_a_bracket_in_the_middle_of_a_story_is_no_credit():
    text = "Shares fell. " * 60 + "\nThe agency (Reuters) - which he owned - fell.\n" + "Shares rose. " * 90
    assert recognised(text) == []


def test_two_printings_under_other_credits_have_one_matching_view():
    a = "LONDON (Reuters) - Shares fell 3 percent on Monday.\n(Reporting by Jane Doe)"
    b = "By John Roe\nNEW YORK, May 3 (AP) _ Shares fell 3 percent on Monday."
    views = [[t.folded for t in tokenize(matching_text(text, TextParams()))] for text in (a, b)]
    assert views[0] == views[1] == ["shares", "fell", "3", "percent", "on", "monday"]


def test_credits_stay_where_the_config_says_so():
    assert matching_text("LONDON (Reuters) - x", TextParams(credits=False)) == "LONDON (Reuters) - x"


def test_mojibake_is_repaired_for_matching():
    assert matching_text("The cafÃ© owner said itâ€™s over.", TextParams()) == "The café owner said it’s over."


def test_blanking_keeps_every_other_character_in_place():
    text = "LONDON (Reuters) - Shares fell.\nReuter"
    view = matching_text(text, TextParams())
    assert len(view) == len(text)
    assert view.index("Shares") == text.index("Shares")
