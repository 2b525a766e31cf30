"""diffs/: changes that a person can read."""

from __future__ import annotations

from sample_report import evidence

from newsdedup.model.article import Article, Origin
from newsdedup.model.match import Match, Relation, Test
from newsdedup.model.report import Edit, EditKind
from newsdedup.writers.diffs_folder import diff_text
from newsdedup.writers.folder import write_report


def diff(before: str, after: str, *edits: Edit) -> list[str]:
    canonical, other = Article("a.txt", before, Origin("a.txt")), Article("b.txt", after, Origin("b.txt"))
    match = Match("a.txt", "b.txt", Relation.REVISION, 0.9, evidence(), Test.BANDS)
    return diff_text(canonical, other, edits, match).splitlines()


def test_changed_words_are_marked_within_their_line():
    lines = diff("It has 3 legs.\n", "It has 12 legs.\n", Edit(EditKind.FIGURE, (7, 8), (7, 9), "12"))
    assert lines == [
        "--- a.txt",
        "+++ b.txt",
        "# revision, probability 0.90: 1 figure",
        "@@ -1,1 +1,1 @@",
        "~ It has [-3-]{+12+} legs.",
    ]


def test_whole_lines_cut_and_added_are_lines_of_their_own_with_context():
    before, after = "One.\nTwo.\nThree.\nFour.\n", "One.\nThree.\nFour.\nFive.\n"
    lines = diff(
        before, after, Edit(EditKind.CUT, (5, 10), (5, 5), ""), Edit(EditKind.ADDED, (23, 23), (18, 23), "Five.\n")
    )
    assert lines[2:] == [
        "# revision, probability 0.90: 1 added, 1 cut",
        "@@ -1,4 +1,4 @@",
        "  One.",
        "- Two.",
        "  Three.",
        "  Four.",
        "+ Five.",
    ]


def test_a_move_is_marked_at_both_ends_and_counted_once():
    before, after = "One.\nTwo.\n", "Two.\nOne.\n"
    lines = diff(
        before, after, Edit(EditKind.MOVED, (0, 0), (0, 5), "Two.\n", 1), Edit(EditKind.MOVED, (5, 10), (10, 10), "", 1)
    )
    assert lines[2:] == [
        "# revision, probability 0.90: 1 moved",
        "@@ -1,2 +1,2 @@",
        "+ {+moved 1: Two.+}",
        "  One.",
        "- [-moved 1: Two.-]",
    ]


def test_line_ends_that_change_are_shown():
    assert diff("One.\n\nTwo.", "One.\nTwo.", Edit(EditKind.TYPOGRAPHY, (4, 6), (4, 5), "\n"))[4:] == [
        "~ One.[-¶¶-]{+¶+}",
        "  Two.",
    ]


def test_hunks_far_apart_are_numbered_by_the_lines_of_the_texts():
    before = "".join(f"Line {n}.\n" for n in range(1, 10))
    after = before.replace("Line 1", "Line X").replace("Line 9", "Line Y")
    lines = diff(
        before, after, Edit(EditKind.REWORDED, (5, 6), (5, 6), "X"), Edit(EditKind.REWORDED, (69, 70), (69, 70), "Y")
    )
    assert [line for line in lines if line.startswith("@@")] == ["@@ -1,2 +1,2 @@", "@@ -8,2 +8,2 @@"]


def test_control_characters_cannot_reach_a_terminal():
    text = "\n".join(diff("a \x1b[31m\x00 b", "a \x1b[31m\x00 c", Edit(EditKind.REWORDED, (9, 10), (9, 10), "c")))
    assert "\x1b" not in text
    assert "\x00" not in text
    assert "␛[31m␀" in text


def test_every_variant_has_its_file(report, tmp_path):
    write_report(report, tmp_path, ["diffs"], force=False)
    assert {p.name for p in (tmp_path / "diffs").iterdir()} == {
        "001_fe9412587d9097ce.diff",
        "HYPERLINK_1.diff",
        "ar_same.diff",
        "ar_فيضان-2.diff",
    }
    assert "no edits" in (tmp_path / "diffs" / "ar_same.diff").read_text("utf-8")
