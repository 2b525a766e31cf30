import json
import math
import os
import pty
import re
import subprocess
import sys
import threading

import pytest

from newsdedup.model.match import Relation
from newsdedup.writers.wording import name_of_relation, percent

OLD = "The council met on Monday. It agreed to mend the old bridge for 3 million dollars by June, the mayor said.\n"
NEW = "The council met on Monday. It agreed to mend the old bridge for 4 million dollars by June, the mayor said.\n"
OTHER = "Heavy snow fell in the hills last night, and schools in nine villages stayed closed for the whole day today.\n"


@pytest.fixture(autouse=True)
def files(tmp_path):
    for name, text in (("old.txt", OLD), ("new.txt", NEW), ("other.txt", OTHER)):
        (tmp_path / name).write_text(text)
    with (tmp_path / "wire.jsonl").open("w") as wire:
        for own, text in (("old", OLD), ("twice", OTHER), ("twice", NEW)):
            wire.write(json.dumps({"id": own, "text": text}) + "\n")


def test_diff_shows_the_words_that_differ(newsdedup):
    done = newsdedup("diff", "old.txt", "new.txt")
    assert (done.code, done.err) == (0, "")
    assert "[-3-]{+4+}" in done.out
    assert "\x1b" not in done.out


def test_diff_as_json_gives_the_edits_between_the_texts(newsdedup):
    found = json.loads(newsdedup("diff", "old.txt", "new.txt", "--json").out)
    assert (found["a"], found["b"]) == ("old.txt", "new.txt")
    (edit,) = found["edits"]
    start, stop = edit["canonical"]
    assert OLD[:start] + edit["text"] + OLD[stop:] == NEW


def test_diff_takes_two_articles_that_are_no_match_too(newsdedup):
    done = newsdedup("diff", "old.txt", "other.txt")
    assert done.code == 0
    assert "[-The council met" in done.out
    assert "+ Heavy snow fell" in done.out


def test_explain_gives_the_relation_and_the_evidence(newsdedup):
    told = newsdedup("explain", "old.txt", "new.txt")
    assert told.code == 0
    found = json.loads(newsdedup("explain", "old.txt", "new.txt", "--json").out)
    assert told.out.startswith(name_of_relation(Relation(found["relation"])))
    assert (found["facts"]["figures_only_a"], found["facts"]["figures_only_b"]) == (["3 million"], ["4 million"])
    assert "a has 3 million; only b has 4 million" in told.out
    assert found["alignment"] > 0.9


def test_explain_says_what_was_measured_where_there_is_no_match(newsdedup):
    told = newsdedup("explain", "old.txt", "other.txt")
    assert told.code == 0
    assert told.out.startswith("Not matched")
    found = json.loads(newsdedup("explain", "old.txt", "other.txt", "--json").out)
    assert found["relation"] is None
    assert found["probability"] < 0.5
    assert found["longest_run"] < 4


def test_explain_draws_what_spoke_for_and_against_which_adds_up_to_the_verdict(newsdedup):
    found = json.loads(newsdedup("explain", "old.txt", "new.txt", "--json").out)
    parts = found["contributions"]
    log_odds = found["base"] + sum(part["contribution"] for part in parts)
    assert 1 / (1 + math.exp(-log_odds)) == pytest.approx(found["probability"], abs=0.01)
    drawn = newsdedup("explain", "old.txt", "new.txt").out.partition("For and against one story")[2].splitlines()
    assert "a typical pair" in drawn[1]
    assert [line.rpartition("(")[2].split()[0] for line in drawn[2:-1]] == [part["feature"] for part in parts]
    assert all(("█" in line) <= (line.split()[0][0] == "+") for line in drawn[2:-1])
    assert f"this pair: {percent(found['probability'])}" in drawn[-1]


def test_explain_says_which_tests_propose_the_pair_and_how_often_lsh_misses_such(newsdedup):
    found = json.loads(newsdedup("explain", "old.txt", "new.txt", "--json").out)
    assert "bands" in found["tests"]
    assert found["lsh_miss_chance"] == pytest.approx((1 - found["jaccard"] ** 3) ** 37, abs=1e-3)
    assert "Compared because of: alike as a whole" in newsdedup("explain", "old.txt", "new.txt").out
    unlike = newsdedup("explain", "old.txt", "other.txt").out
    assert "No candidate test proposes the two" in unlike
    assert "of such pairs LSH alone misses 100%" in unlike


def test_explain_draws_nothing_where_a_rule_decides(newsdedup, tmp_path):
    (tmp_path / "same.txt").write_text(OLD)
    told = newsdedup("explain", "old.txt", "same.txt").out
    assert told.startswith("Same text (100%")
    assert "For and against" not in told


def test_explain_finds_articles_by_their_ids_in_a_corpus_also_where_two_are_equal(newsdedup):
    found = json.loads(newsdedup("explain", "old", "twice~2", "--in", "wire.jsonl", "--json").out)
    assert (found["a"], found["b"]) == ("old", "twice~2")
    assert found["relation"] is not None
    assert json.loads(newsdedup("explain", "old", "twice", "--in", "wire.jsonl", "--json").out)["relation"] is None


def test_explain_takes_a_file_beside_an_id(newsdedup):
    found = json.loads(newsdedup("explain", "old", "new.txt", "--in", "wire.jsonl", "--json").out)
    assert found["b"] == "new.txt"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("diff", "old.txt", "none.txt"), "no such file or folder: none.txt"),
        (("diff", "old.txt", "wire.jsonl"), "wire.jsonl: holds more than one article"),
        (("explain", "old", "nobody", "--in", "wire.jsonl"), 'no article in wire.jsonl has the id "nobody"'),
        (("explain", "old.txt", "empty.txt"), "empty.txt: holds no article that can be read"),
    ],
)
def test_an_article_that_is_not_there_is_an_error_that_says_so(newsdedup, tmp_path, args, message):
    (tmp_path / "empty.txt").touch()
    done = newsdedup(*args)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


@pytest.mark.parametrize(("env", "colours"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_diff_is_coloured_on_a_terminal_that_has_colours_unless_asked_not_to(tmp_path, env, colours):
    shown = on_terminal(tmp_path, ["diff", "old.txt", "new.txt"], env)
    assert bool(re.search(r"\x1b\[[\d;]*3[12]", shown)) is colours
    assert "bridge" in shown


def test_progress_is_shown_on_a_terminal_unless_quiet(tmp_path):
    assert "read" in on_terminal(tmp_path, ["-v", "run", "old.txt", "--out", "a", "--report", "json"], {}, "stderr")
    assert on_terminal(tmp_path, ["-q", "run", "old.txt", "--out", "b", "--report", "json"], {}, "stderr") == ""


def on_terminal(folder, args, env, stream="stdout"):
    """What a command writes to a stream that is a terminal."""
    ours, theirs = pty.openpty()
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | {stream: theirs}
    plain = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "FORCE_COLOR"}}
    environment = plain | {"TERM": "xterm-256color"} | env
    process = subprocess.Popen([sys.executable, "-m", "newsdedup", *args], cwd=folder, env=environment, **streams)
    os.close(theirs)
    shown = []

    def read():
        while True:
            try:
                block = os.read(ours, 4096)
            except OSError:  # how Linux says that the other end is closed
                break
            if not block:
                break
            shown.append(block)

    reader = threading.Thread(target=read)
    reader.start()
    assert process.wait(120) == 0
    reader.join()
    os.close(ours)
    return b"".join(shown).decode()
