import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdedup.model.match import COLUMN, RELATIONS, Evidence, MatchTable, Relation, Test, evidence_of, plain_evidence

COUNTS = {name for name, field in Evidence.__dataclass_fields__.items() if field.type == "int"}


@pytest.fixture
def table():
    n = len(RELATIONS)
    evidence = np.tile(np.arange(len(COLUMN), dtype=np.float32), (n, 1))
    return MatchTable(
        tuple("abcdef"),
        np.zeros(n, np.int32),
        np.arange(1, n + 1, dtype=np.int32),
        np.arange(n, dtype=np.uint8),
        np.linspace(1, 0, n, dtype=np.float32),
        evidence,
        np.full(n, Test.BANDS | Test.SAMPLE, np.uint8),
    )


@pytest.mark.parametrize("relation", Relation)
def test_only_excerpts_and_templates_leave_two_stories_apart(relation):
    assert relation.joins == (relation not in {Relation.EXCERPT, Relation.TEMPLATE})


def test_each_test_is_a_bit_of_its_own_that_a_byte_can_hold():
    assert sum(Test) == Test(sum(Test)) < 256
    assert all(test.bit_count() == 1 for test in Test)


def test_a_row_gives_the_match_with_all_that_was_measured(table):
    match = table[1]
    assert (match.a, match.b, match.relation, match.tests) == ("a", "c", RELATIONS[1], Test.BANDS | Test.SAMPLE)
    assert match.probability == 0.75
    assert {name: getattr(match.evidence, name) for name in COLUMN} == COLUMN


def test_counts_are_whole_numbers_and_ratios_are_not():
    evidence = evidence_of(np.full(len(COLUMN), 0.5, np.float32))
    assert {name for name in COLUMN if type(getattr(evidence, name)) is int} == COUNTS


@given(st.lists(st.floats(-1, 2**20, width=32), min_size=len(COLUMN), max_size=len(COLUMN)))
def test_ratios_are_rounded_to_four_digits_as_python_rounds(row):
    (plain,) = plain_evidence(np.array([row], np.float32))
    expected = [int(value) if name in COUNTS else round(value, 4) for name, value in zip(COLUMN, row, strict=True)]
    assert list(plain) == expected


def test_a_table_is_a_sequence(table):
    assert len(table) == len(list(table)) == len(RELATIONS)
    assert table[-1] == list(table)[-1]
    assert list(table[1:3]) == [table[1], table[2]]
    assert table[2] in table
    with pytest.raises(IndexError):
        table[len(RELATIONS)]


def test_rows_are_taken_in_the_order_given(table):
    assert [match.b for match in table.take(np.array([3, 0]))] == ["e", "b"]
    assert len(table.take(np.zeros(len(table), np.bool_))) == 0


def test_joining_matches_are_those_that_make_one_story(table):
    assert {match.relation for match in table.joining()} == {relation for relation in Relation if relation.joins}
