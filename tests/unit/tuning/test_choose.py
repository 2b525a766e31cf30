import numpy as np

from newsdedup.model.match import COLUMN, RELATIONS, MatchTable, Relation
from newsdedup.tuning.choose import choose


def table(*rows):
    """Matches of articles called by letters: `("ab", Relation.COPY, 0.9)`."""
    ids = tuple("abcdefghijklmnop")
    return MatchTable(
        ids,
        np.array([ids.index(pair[0]) for pair, _, _ in rows], np.int32),
        np.array([ids.index(pair[1]) for pair, _, _ in rows], np.int32),
        np.array([RELATIONS.index(relation) for _, relation, _ in rows], np.uint8),
        np.array([chance for _, _, chance in rows], np.float32),
        np.zeros((len(rows), len(COLUMN)), np.float32),
        np.zeros(len(rows), np.uint8),
    )


def test_the_most_doubtful_pairs_come_first():
    matches = table(("ab", Relation.REVISION, 0.99), ("cd", Relation.REVISION, 0.6), ("ef", Relation.REVISION, 0.8))
    assert choose(matches, {}, set(), 2) == [1, 2]


def test_relations_take_turns_so_that_none_is_left_out():
    matches = table(
        ("ab", Relation.REVISION, 0.51),
        ("cd", Relation.REVISION, 0.52),
        ("ef", Relation.REVISION, 0.53),
        ("gh", Relation.TEMPLATE, 0.1),
        ("ij", Relation.EXCERPT, 0.2),
    )
    assert choose(matches, {}, set(), 3) == [0, 4, 3]
    assert choose(matches, {}, set(), 4) == [0, 1, 4, 3]


def test_a_story_comes_once_while_there_are_others():
    matches = table(
        ("ab", Relation.REVISION, 0.5),
        ("bc", Relation.REVISION, 0.51),
        ("de", Relation.REVISION, 0.9),
        ("fg", Relation.REVISION, 0.95),
    )
    assert choose(matches, {}, set(), 2) == [0, 2]
    assert choose(matches, {"d": "s", "e": "s", "f": "s", "g": "s"}, set(), 3) == [0, 1, 2]
    assert choose(matches, {}, set(), 9) == [0, 1, 2, 3]


def test_pairs_that_are_labelled_are_left_out_in_whichever_order_they_were_named():
    matches = table(("ab", Relation.REVISION, 0.5), ("cd", Relation.REVISION, 0.6))
    assert choose(matches, {}, {frozenset("ba")}, 9) == [1]


def test_equal_texts_teach_nothing():
    assert choose(table(("ab", Relation.EXACT, 1.0)), {}, set(), 9) == []
