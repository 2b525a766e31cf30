"""Duplicates accepted once."""

import json
import re
import shutil

import pytest

ACCEPT = "newsdedup check wire/copies --against one.index --baseline known.jsonl"


def test_what_is_there_is_accepted_on_request(shell, one_index):
    assert shell("newsdedup check wire/copies --against one.index").returncode == 1
    done = shell(f"{ACCEPT} --update-baseline")
    assert done.returncode == 0
    assert re.search(r"known.jsonl accepts 1\d duplicates", done.stderr)


def test_what_is_accepted_does_not_fail(shell, accepted):
    done = shell(ACCEPT)
    assert done.returncode == 0
    assert re.search(r"1\d duplicates accepted by the baseline", done.stdout)


def test_a_baseline_is_the_same_bytes_each_time(shell, accepted):
    before = accepted.read_bytes()
    assert shell(f"{ACCEPT} --update-baseline").returncode == 0
    assert accepted.read_bytes() == before


def test_a_further_copy_in_a_new_file_is_new(shell, accepted, tmp_path):
    (tmp_path / "wire" / "copies" / "again").mkdir()
    shutil.copy(tmp_path / "wire" / "copies" / "ferry-fares.html", tmp_path / "wire" / "copies" / "again")
    done = shell(f"{ACCEPT} --format json")
    assert done.returncode == 1
    failed = [verdict["article"]["source"] for verdict in json.loads(done.stdout)["verdicts"] if verdict["failed"]]
    assert failed == ["wire/copies/again/ferry-fares.html"]


def test_what_was_accepted_stays_so_while_the_index_grows(shell, accepted):
    shell("newsdedup index add one.index wire/revisions wire/unrelated")
    assert shell(ACCEPT).returncode == 0


def test_what_is_no_duplicate_any_more_is_told_and_forgotten(shell, accepted, tmp_path):
    (tmp_path / "wire" / "copies" / "ferry-fares.html").unlink()
    done = shell(ACCEPT)
    assert done.returncode == 0
    assert "stale ferry-fares.html: the baseline accepts it" in done.stdout
    assert shell(f"{ACCEPT} --update-baseline").returncode == 0
    assert "stale" not in shell(ACCEPT).stdout


def test_a_baseline_of_another_corpus_is_suspected(shell, accepted):
    done = shell("newsdedup check wire/unrelated --against one.index --baseline known.jsonl")
    assert done.returncode == 0
    assert "known.jsonl: nothing that it accepts is a duplicate here; is it of another corpus?" in done.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "known.jsonl: is not a baseline; --update-baseline writes one"),
        ('{"id": "a", "text": "b"}\n', "known.jsonl: is not a baseline"),
        ('{"newsdedup_baseline": 1}\n{"story": "a"\n', "known.jsonl:2: is not a line of a baseline"),
        (
            '{"newsdedup_baseline": 1}\n\n{"story": "a", "member": 5}\n',
            "known.jsonl:3: is not a line of a baseline: it needs story",
        ),
        ('{"newsdedup_baseline": 1}\n[]\n', "known.jsonl:2: is not a line of a baseline: it is no JSON object"),
    ],
)
def test_a_broken_baseline_is_told_with_its_line_before_anything_is_read(shell, accepted, text, message):
    accepted.write_text(text)
    done = shell(ACCEPT)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
