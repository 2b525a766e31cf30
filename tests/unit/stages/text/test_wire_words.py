"""Version words of the agencies: where they stand they are seen, and nowhere else."""

import timeit

import pytest

from newsdedup.model.filing import Filing
from newsdedup.stages.text.wire import item_version, plain_headline, plain_slug, wire_words
from newsdedup.stages.text.wire_words import WORDS

SAID = [
    ("UPDATE 1-Two hurt as fire spreads", Filing.UPDATE, 1, "Two hurt as fire spreads"),
    ("WRAPUP 2-Smelter burns", Filing.UPDATE, 2, "Smelter burns"),
    ("RPT-Smelter burns", Filing.REPEAT, None, "Smelter burns"),
    ("RPT-UPDATE 3-Smelter burns", Filing.REPEAT, 3, "Smelter burns"),
    ("RPT-CORRECTED-UPDATE 3-Smelter burns", Filing.CORRECTION, 3, "Smelter burns"),
    ("CORRECTED (OFFICIAL)-Smelter burns", Filing.CORRECTION, None, "Smelter burns"),
    ("CORRECTION: Smelter burns", Filing.CORRECTION, None, "Smelter burns"),
    ("Clarification: Smelter burns", Filing.CORRECTION, None, "Smelter burns"),
    ("REFILE-Smelter burns", Filing.CORRECTION, None, "Smelter burns"),
    ("BRIEF-Corvane says smelter burns", Filing.FORM, None, "Corvane says smelter burns"),
    ("FACTBOX: Fires in smelters", Filing.FORM, None, "Fires in smelters"),
    ("URGENT", Filing.ALERT, None, ""),
    ("***URGENT*** Smelter burns", Filing.ALERT, None, "Smelter burns"),
    ("EMBARGOED-Budget speech", Filing.EMBARGO, None, "Budget speech"),
    ("ADV 24-Budget speech", Filing.ADVANCE, 24, "Budget speech"),
    ("KILL-Drivers to pay 51 crowns", Filing.KILL, None, "Drivers to pay 51 crowns"),
    ("STORY WITHDRAWN - Drivers to pay", Filing.KILL, None, "Drivers to pay"),
    ("Corvane shares fall -- 2nd Update", Filing.UPDATE, 2, "Corvane shares fall"),
    ("Smelter burns (Update 2)", Filing.UPDATE, 2, "Smelter burns"),
    ("Smelter burns (1st Lead)", Filing.UPDATE, 1, "Smelter burns"),
    ("KORREKTUR/ROUNDUP 2: Brand in Brannock", Filing.CORRECTION, 2, "Brand in Brannock"),
    ("(Berichtigung: Zahl) Brand in Brannock", Filing.CORRECTION, None, "Brand in Brannock"),
    ("Brand in Brannock (Zusammenfassung 1500)", Filing.UPDATE, None, "Brand in Brannock"),
    ("Brand in Brannock (neu: Zitat)", Filing.UPDATE, None, "Brand in Brannock"),
    ("++ EIL ++ Brand in Brannock", Filing.ALERT, None, "Brand in Brannock"),
    ("RECTIF - Incendie à Brannock", Filing.CORRECTION, None, "Incendie à Brannock"),
    ("Incendie à Brannock (actualisé)", Filing.UPDATE, None, "Incendie à Brannock"),
    ("Fuego en Brannock (AMPL)", Filing.UPDATE, None, "Fuego en Brannock"),
    ("(Corrección) Fuego en Brannock", Filing.CORRECTION, None, "Fuego en Brannock"),
    ("RETTIFICA: Incendio a Brannock", Filing.CORRECTION, None, "Incendio a Brannock"),
    ("CORREÇÃO-ATUALIZA 1-Incêndio em Brannock", Filing.CORRECTION, 1, "Incêndio em Brannock"),
    ("Пожар в Браннокe (повтор)", Filing.REPEAT, None, "Пожар в Браннокe"),
    ("ИСПРАВЛЕНИЕ-Пожар в Браннокe", Filing.CORRECTION, None, "Пожар в Браннокe"),
    ("تحديث 1-حريق في برانوك", Filing.UPDATE, 1, "حريق في برانوك"),
    ("عاجل: حريق في برانوك", Filing.ALERT, None, "حريق في برانوك"),
    ("更正：冶炼厂火灾", Filing.CORRECTION, None, "冶炼厂火灾"),
    ("冶炼厂火灾（更新2）", Filing.UPDATE, 2, "冶炼厂火灾"),
    ("撤稿：冶炼厂火灾", Filing.KILL, None, "冶炼厂火灾"),
    ("【訂正】製錬所で火災", Filing.CORRECTION, None, "製錬所で火災"),
    ("再送-UPDATE 1-製錬所で火災", Filing.REPEAT, 1, "製錬所で火災"),
    ("제련소 화재(종합2보)", Filing.UPDATE, 2, "제련소 화재"),
    ("[2보] 제련소 화재", Filing.UPDATE, 2, "제련소 화재"),
    ("<고침> 제련소 화재", Filing.CORRECTION, None, "제련소 화재"),
]

NOTHING = [
    "Kill Bill returns to cinemas",
    "Kill: a film about bees",
    "10 killed in crash at Brannock",
    "Urgent appeal for blood",
    "Update on the flood",
    "Update-Panne legt Bahn lahm",
    "LEAD-ACID BATTERY MAKERS MERGE",
    "Lead: the silent killer",
    "Embargo: the long road to free trade",
    "Acts of God: a life",
    "Offer made, withdrawn",
    "CHARGES FILED, WITHDRAWN",
    "Concert de Lille (annulé)",
    "MOODY'S DOWNGRADES REPUBLICBANK <RPT>",
    "Harbour board votes seven to two (again)",
    "Corrected vision without glasses",
    "GLOBAL MARKETS-Stocks rise",
    "2024",
    "",
]


@pytest.mark.parametrize(("headline", "filing", "number", "plain"), SAID)
def test_version_words_are_seen_and_taken_off(headline, filing, number, plain):
    told = wire_words(headline)
    assert (told.filing, told.number, told.plain) == (filing, number, plain)
    assert plain_headline(headline) == plain


@pytest.mark.parametrize("headline", NOTHING)
def test_words_that_are_news_are_left_alone(headline):
    told = wire_words(headline)
    assert (told.filing, told.number, told.plain) == (Filing.FIRST, None, headline)


@pytest.mark.parametrize(("filing", "word"), [(filing, word) for filing, words in WORDS.items() for word in words])
def test_every_word_of_the_list_is_seen_at_the_head(filing, word):
    assert wire_words(f"{word}: Ferry fares rise").filing is filing
    assert plain_headline(f"({word}) Ferry fares rise") == "Ferry fares rise"


def test_no_word_of_the_list_stands_for_two_filings():
    words = [word for words in WORDS.values() for word in words]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    "slug",
    [
        "BC-US--Storm",
        "BC-US--Storm, 1st Ld-Writethru",
        "AM-US--Storm,10th Ld-Writethru,0450",
        "US--Storm, 3rd Ld",
        "BC-US--Storm, URGENT",
        "BC-US--STORM, KILL",
        "bc-us--storm, Adv28",
        "US--Storm (CORRECTED)",
    ],
)
def test_every_lead_of_a_story_has_one_slug(slug):
    assert plain_slug(slug) == "us--storm"


@pytest.mark.parametrize(
    ("guid", "version", "item", "number"),
    [
        ("urn:newsml:northwire.example:20240101:FIRE:2", "", "urn:newsml:northwire.example:20240101:FIRE", 2),
        ("urn:newsml:northwire.example:20240101T101500Z:FIRE:12U", "", "urn:newsml:northwire.example:20240101T101500Z:FIRE", 12),
        ("tag:northwire.example,2024:newsml_KBN0FL0NM:1234", "", "tag:northwire.example,2024:newsml_KBN0FL0NM", 1234),
        ("nw-fire-v3", "", "nw-fire", 3),
        ("https://northwire.example/fire?version=4", "", "https://northwire.example/fire", 4),
        ("fire:3", "3", "fire", 3),
        ("fire", "3", "fire", 3),
        ("nw-2024-04-02-0031", "", "nw-2024-04-02-0031", None),
        ("nw-2024-04-02-2", "2", "nw-2024-04-02-2", 2),
        ("urn:newsml:localhost:2018-11-11T07:16:29.908105:d326a058", "", "urn:newsml:localhost:2018-11-11T07:16:29.908105:d326a058", None),
        ("", "", "", None),
        ("", "x", "", None),
    ],
)  # fmt: skip
def test_the_version_is_told_apart_from_the_item(guid, version, item, number):
    found = item_version(guid, version)
    assert (found.item, found.version) == (item, number)


def test_a_headline_without_version_words_costs_little():
    headline = "Putin wins presidential poll with record share of the vote"
    best = min(timeit.repeat(lambda: plain_headline(headline), number=20_000, repeat=5)) / 20_000
    assert best < 4e-6  # half a microsecond where nothing else runs
