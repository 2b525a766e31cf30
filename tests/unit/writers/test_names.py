"""File names for articles: safe anywhere, and no two alike."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from newsdedup.writers.names import file_names


def only(article_id: str) -> str:
    return file_names([article_id], ".txt")[article_id]


def test_a_plain_id_keeps_its_name():
    assert only("001_fe94.txt") == "001_fe94.txt"


def test_folders_and_odd_characters_become_underscores():
    assert only("wire/2024/a b:c?.html#3") == "wire_2024_a_b_c_.html_3.txt"


def test_nothing_climbs_out_of_the_folder_or_hides():
    assert only("../../etc/passwd") == "etc_passwd.txt"
    assert only(".hidden") == "hidden.txt"
    assert only("..") == "_.txt"


def test_names_of_devices_are_avoided():
    assert only("CON") == "_CON.txt"
    assert only("aux.html") == "_aux.html.txt"


def test_ids_alike_but_for_case_accents_or_odd_characters_get_different_names():
    ids = ["A.txt", "a.txt", "a", "x/y", "x:y", "caf\u00e9", "cafe\u0301"]
    names = file_names(ids, ".txt")
    assert len({unicodedata.normalize("NFKC", n.casefold()) for n in names.values()}) == len(ids)


def test_a_name_does_not_depend_on_the_order_of_ids():
    ids = ["a", "A", "b/c", "b:c", "d"]
    assert file_names(ids, ".txt") == file_names(reversed(ids), ".txt")


@given(st.lists(st.text(st.characters(), min_size=1, max_size=300), unique=True, max_size=8))
def test_any_ids_give_names_that_any_file_system_takes_and_tells_apart(ids):
    names = file_names(ids, ".diff").values()
    assert len({unicodedata.normalize("NFKC", n.casefold()) for n in names}) == len(ids)
    for name in names:
        assert len(name.encode()) <= 255
        assert not set(name) & set('/\\:*?"<>|\0\n')
        assert not name.startswith((".", "-"))
