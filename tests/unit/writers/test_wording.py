"""Evidence in plain words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sample_report import evidence

from newsdedup.model.filing import Filing
from newsdedup.model.match import Match, Relation, Test
from newsdedup.model.report import Edit, EditKind, Facts, Tie, Version
from newsdedup.writers import wording
from newsdedup.writers.wording import (
    count,
    count_edits,
    match_in_words,
    meaning_of_relation,
    name_of_edit,
    name_of_relation,
    percent,
    visible,
    when,
)

NONE = Facts()


def words(facts: Facts = NONE, relation: Relation = Relation.REVISION, **measured: float) -> list[str]:
    return match_in_words(Match("a", "b", relation, 0.9, evidence(**measured), Test.BANDS), facts)


@pytest.mark.parametrize(
    ("share", "told"),
    [(0, "0%"), (0.004, "under 1%"), (0.5, "50%"), (0.996, "99%"), (0.99999, "99%"), (1.0, "100%")],
)
def test_only_all_is_a_hundred_percent(share, told):
    assert percent(share) == told


def test_figures_that_differ_are_named_with_who_has_them():
    facts = Facts(("7", "8"), ("1,200",), ("1,500",))
    assert "2 figures agree; only the first has 1,200; only the second has 1,500." in words(facts)


def test_facts_that_all_agree_are_only_counted():
    assert "1 figure agrees, none differs." in words(Facts(("7",)))


def test_nothing_is_said_of_facts_that_are_not_there():
    assert not any("figure" in sentence or "name" in sentence for sentence in words(weekdays_apart=-1.0))


def test_a_long_list_is_cut_and_says_so():
    assert any("and 12 more" in s for s in words(Facts((), tuple(str(n) for n in range(20)))))


def test_a_fact_with_control_characters_is_harmless():
    assert "Only the first has ␛]0;x." in words(Facts((), ("\x1b]0;x",)))


def test_equal_texts_need_no_further_measures():
    assert words(relation=Relation.EXACT)[0] == "Every word is the same, in the same order."


def test_the_time_between_is_told_where_it_is_known():
    assert "Published 2 days apart." in words(days_apart=2.7)
    assert "Published within a day of each other." in words(days_apart=0.0)
    assert not any("Published" in s for s in words(days_apart=-1.0))
    assert "Their leads name the same day of the week." in words(days_apart=-1.0, weekdays_apart=0.0)
    assert "Their leads name different days of the week." in words(days_apart=-1.0, weekdays_apart=2.0)
    assert not any("day of the week" in s for s in words(days_apart=-1.0, weekdays_apart=-1.0))
    assert not any("day of the week" in s for s in words(days_apart=0.0, weekdays_apart=2.0))


def test_every_relation_and_every_kind_of_edit_has_words():
    assert len({name_of_relation(r) for r in Relation}) == len(Relation)
    assert all(meaning_of_relation(r).endswith(".") for r in Relation)
    assert len({name_of_edit(k) for k in EditKind}) == len(EditKind)
    assert all(name_of_edit(k, 2) for k in EditKind)


def test_a_move_counts_once():
    edits = (Edit(EditKind.MOVED, (0, 0), (0, 3), "abc", 1), Edit(EditKind.MOVED, (9, 12), (12, 12), "", 1))
    assert count_edits(edits) == [(EditKind.MOVED, 1)]


def test_small_things_read_well():
    assert count(1, "story", "stories") == "1 story"
    assert count(1200, "story", "stories") == "1,200 stories"
    assert when(datetime(2024, 3, 18, 20, 43, tzinfo=UTC)) == "18 March 2024, 20:43 UTC"
    assert when(datetime(2024, 3, 8, tzinfo=UTC)) == "8 March 2024"
    assert visible("a\x00b\x1bc\x7fd\x85e\r\nf\tg") == "a␀b␛c␡d\ufffde\nf\tg"


def test_every_filing_and_every_tie_has_words():
    assert len({wording.name_of_filing(filing) for filing in Filing}) == len(Filing)
    assert len({wording.reason_live(tie) for tie in Tie}) == len(Tie)


def test_a_chain_is_told_on_one_line_with_each_day_once():
    def version(filing, number, day, hour):
        return Version("x", filing, number, datetime(2024, 3, day, hour, 5, tzinfo=UTC))

    chain = [
        version(Filing.FIRST, None, 13, 18),
        version(Filing.UPDATE, 1, 13, 22),
        version(Filing.CORRECTION, 1, 14, 7),
        Version("x", Filing.KILL, None, None),
    ]
    assert wording.chain_in_words(chain) == (
        "first 13 Mar 18:05 → update 1 22:05 → correction of update 1 14 Mar 07:05 → withdrawn"
    )
