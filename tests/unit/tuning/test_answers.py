import pytest

from newsdedup.errors import InputError
from newsdedup.evaluation.truth import LabelledPair
from newsdedup.tuning.answers import answers_in, keep_answer

ONE = LabelledPair("a", "b", "copy", sure=True)
TWO = LabelledPair("ج", "d\n", "template", sure=False)


def test_answers_are_read_as_they_were_kept(tmp_path):
    file = tmp_path / "labels.jsonl"
    assert answers_in(file) == ()
    keep_answer(file, ONE)
    keep_answer(file, TWO)
    assert answers_in(file) == (ONE, TWO)
    assert file.read_text("utf-8").count("\n") == 2


def test_an_empty_file_holds_no_answers(tmp_path):
    (tmp_path / "labels.jsonl").touch()
    assert answers_in(tmp_path / "labels.jsonl") == ()


def test_a_last_line_without_an_end_is_ended_first(tmp_path):
    file = tmp_path / "labels.jsonl"
    file.write_text('{"a": "x", "b": "y", "label": "revision"}')
    keep_answer(file, ONE)
    assert [pair.a for pair in answers_in(file)] == ["x", "a"]


def test_a_file_of_something_else_is_not_added_to(tmp_path):
    (tmp_path / "notes.txt").write_text("remember the milk")
    with pytest.raises(InputError):
        answers_in(tmp_path / "notes.txt")
