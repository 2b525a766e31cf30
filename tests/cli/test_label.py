import json

import pytest

BASE = "The council met on Monday and agreed to mend the old bridge over the river by June, said the mayor, {}. "
ENDS = (
    "who thanked the builders for their patience and the drivers for their good temper",
    "who would not say what the work will cost or which firm is going to be asked to do it",
    "who called the bridge the pride of the town and promised to walk over it first herself",
)


@pytest.fixture(autouse=True)
def corpus(tmp_path):
    with (tmp_path / "wire.jsonl").open("w") as wire:
        for number, end in enumerate(ENDS):
            text = (BASE.format(end) + f"The bank lent {number + 3} million dollars. ") * 2
            wire.write(json.dumps({"id": f"story-{number}", "title": f"Bridge {number}", "text": text}) + "\n")


def label(newsdedup, answers, *args):
    return newsdedup("label", "wire.jsonl", "--out", "labels.jsonl", *args, stdin=answers.encode())


def labels(tmp_path):
    return [json.loads(line) for line in (tmp_path / "labels.jsonl").read_text().splitlines()]


def test_answers_are_kept_as_labels_and_counted(newsdedup, tmp_path):
    done = label(newsdedup, "r\nT\ns\n")
    assert done.code == 0
    assert done.out == "answered: 1 revision, 1 template, 1 skipped\nlabels:   labels.jsonl\n"
    assert [(pair["label"], pair["sure"]) for pair in labels(tmp_path)] == [("revision", False), ("template", True)]
    assert all(pair["a"] < pair["b"] for pair in labels(tmp_path))


def test_pairs_that_are_labelled_are_not_shown_again(newsdedup, tmp_path):
    label(newsdedup, "C\n", "--n", 1)
    label(newsdedup, "C\nC\nC\n")
    assert len({(pair["a"], pair["b"]) for pair in labels(tmp_path)}) == len(labels(tmp_path)) == 3
    done = label(newsdedup, "C\n")
    assert (done.code, done.err) == (2, "newsdedup: error: no pair in wire.jsonl is left to label\n")


def test_what_was_answered_is_kept_when_the_answers_end_or_one_quits(newsdedup, tmp_path):
    assert label(newsdedup, "d\n").code == 0
    assert label(newsdedup, "e\nq\nc\n").code == 0
    assert [pair["label"] for pair in labels(tmp_path)] == ["different", "excerpt"]


def test_an_answer_that_is_none_is_asked_again(newsdedup, tmp_path):
    done = label(newsdedup, "z\n\nc\nq\n")
    assert done.err.count("[c]opy") == 4
    assert [pair["label"] for pair in labels(tmp_path)] == ["copy"]


def test_a_pair_can_be_seen_word_by_word_and_side_by_side(newsdedup, tmp_path):
    done = label(newsdedup, "v\nq\n", "--n", 1)
    assert "[-" in done.err
    assert "Bridge 0" in done.err
    assert not (tmp_path / "labels.jsonl").exists()


def test_what_the_program_thinks_of_a_pair_is_not_shown(newsdedup):
    assert "%" not in label(newsdedup, "v\nq\n").err


def test_the_result_for_programs_is_one_object(newsdedup):
    data = json.loads(label(newsdedup, "C\ns\nq\n", "--json").out)
    assert data == {"file": "labels.jsonl", "shown": 3, "answered": {"copy": 1, "skipped": 1}}


def test_labels_are_truth_for_evaluate(newsdedup):
    label(newsdedup, "R\nR\nR\n")
    assert (
        json.loads(newsdedup("evaluate", "wire.jsonl", "--truth", "labels.jsonl", "--json").out)["pairs"]["judged"] == 3
    )
