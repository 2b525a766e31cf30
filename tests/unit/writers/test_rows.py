"""Rows of a diff: nothing is lost, and paragraphs stay together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from sample_report import seed, word_edits

from newsdedup.model.report import Edit, EditKind
from newsdedup.writers.rows import hunks_of, pieces_of, rows_of

TEXTS = st.text(st.sampled_from("ab .\n”。1"), max_size=60)


@given(TEXTS, TEXTS, st.integers(1, 40))
def test_rows_make_up_both_texts(canonical, variant, width):
    rows = rows_of(canonical, word_edits(canonical, variant), width)
    assert "".join(row.old for row in rows) == canonical
    assert "".join(row.new for row in rows) == variant
    assert all(row.pieces for row in rows)


@given(TEXTS, TEXTS)
def test_lines_are_numbered_as_they_stand_in_the_texts(canonical, variant):
    old = new = ""
    for row in rows_of(canonical, word_edits(canonical, variant), 20):
        assert (row.old_line, row.new_line) == (old.count("\n") + 1, new.count("\n") + 1)
        old, new = old + row.old, new + row.new


@given(TEXTS, TEXTS, st.integers(0, 3))
def test_hunks_hold_every_changed_row_and_count_the_others(canonical, variant, context):
    rows = rows_of(canonical, word_edits(canonical, variant), 20)
    hunks = list(hunks_of(rows, context))
    shown = [row for hunk in hunks for row in hunk.rows]
    assert [row for row in shown if row.changed] == [row for row in rows if row.changed]
    assert sum(hunk.unchanged + len(hunk.rows) for hunk in hunks) == len(rows)


def test_real_texts_are_cut_at_paragraphs():
    canonical, variant = seed(2).text, seed(1).text
    rows = rows_of(canonical, word_edits(canonical, variant), 600)
    assert len(rows) >= 30
    assert max(len(row.old) for row in rows) < 1500


def test_a_long_paragraph_is_cut_into_sentences():
    text = "One sentence stands here. " * 40
    assert len(rows_of(text, (), 100)) == 10


def test_a_paragraph_put_in_is_a_row_of_its_own_wherever_the_edit_begins():
    canonical = "First.\n\nLast.\n"
    edit = Edit(EditKind.ADDED, (6, 6), (6, 15), "\n\nMiddle.")
    rows = rows_of(canonical, (edit,), 80)
    assert [(row.old, row.new) for row in rows] == [
        ("First.\n\n", "First.\n\n"),
        ("", "Middle.\n\n"),
        ("Last.\n", "Last.\n"),
    ]


def test_pieces_follow_the_edits():
    edit = Edit(EditKind.FIGURE, (4, 5), (4, 6), "12")
    pieces = list(pieces_of("has 3 left", (edit,)))
    assert [(p.old, p.new, p.kind) for p in pieces] == [
        ("has ", "has ", None),
        ("3", "12", EditKind.FIGURE),
        (" left", " left", None),
    ]
