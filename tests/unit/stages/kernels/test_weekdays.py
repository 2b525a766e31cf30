"""Days of the week that texts name at their beginning."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdedup.model.sketch import SketchParams
from newsdedup.stages.kernels.weekdays import SLOTS, days_between, named_days
from newsdedup.stages.sketch import sketch
from newsdedup.stages.text.weekdays import weekdays

WEEK = "MTWtFSs"


def days_of(text, words=40):
    tokens = sketch([text], SketchParams())[1]
    named = named_days(tokens.hashes, tokens.flags, words, weekdays())
    return "".join(letter for day, letter in enumerate(WEEK) if named >> day & 1)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The board said on Tuesday it would meet again on FRIDAY.", "TF"),
        ("Der Stadtrat hat am Donnerstag beschlossen, am Sonnabend zu öffnen.", "tS"),
        ("El presidente dijo este miércoles que el sábado viajará.", "WS"),
        ("O ministro disse na segunda-feira que a medida vale.", "M"),
        ("Władze podały w środę, że w niedzielę otworzą drogę.", "Ws"),
        ("Об этом в пятницу сообщили в министерстве.", "F"),
        ("أعلنت الوزارة يوم الأربعاء عن خطة جديدة", "W"),
        ("中国央行周三表示，将削减存款准备金率。", "W"),
        ("记者星期六从大会获悉，", "S"),
        ("市は月曜日、計画を発表した。", "M"),
        ("정부는 목요일 대책을 발표했다", "t"),
        ("A sunny day in March, said Mr Weds.", ""),
        ("", ""),
    ],
)
def test_a_day_is_known_by_its_name_in_many_languages(text, days):
    assert days_of(text) == days


def test_only_the_beginning_of_a_text_is_looked_at():
    assert days_of("word " * 39 + "Monday Tuesday") == "M"
    assert days_of("字" * 78 + "周三周四") == "W"


def sets_of_days():
    return st.integers(0, 127)


@given(sets_of_days(), sets_of_days())
def test_days_are_counted_the_shorter_way_round_the_week(a, b):
    held = [[day for day in range(7) if days >> day & 1] for days in (a, b)]
    gaps = [min(abs(x - y), 7 - abs(x - y)) for x, y in itertools.product(*held)]
    assert days_between(np.int64(a), np.int64(b)) == min(gaps, default=-1)


def test_no_name_means_two_days_and_the_table_is_far_from_full():
    table = weekdays()
    taken = table[table[:, 1] > 0]
    assert len(set(taken[:, 0].tolist())) == len(taken)
    assert 200 < len(taken) < SLOTS // 4
    assert set(taken[:, 1].tolist()) == set(range(1, 8))
