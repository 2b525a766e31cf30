"""A check as a script sees it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from interrupts import hear_interrupts


def test_0_is_a_delivery_without_duplicates(shell, index):
    done = shell("newsdedup check wire/unrelated wire/templates --against news.index")
    assert done.returncode == 0
    assert "Passed: no duplicate" in done.stdout
    assert "template" in done.stdout


def test_1_is_a_duplicate_by_the_policy(shell, index):
    done = shell("newsdedup check wire/copies/islands-utf16.txt --against news.index")
    assert done.returncode == 1
    assert done.stdout.startswith("FAIL  islands-utf16.txt: same text as copies/") or "FAIL" in done.stdout
    assert done.stderr == ""


def test_exit_zero_tells_and_passes(shell, index):
    done = shell("newsdedup check wire/copies --against news.index --exit-zero")
    assert (done.returncode, "Failed: 17 duplicates" in done.stdout) == (0, True)


def test_2_is_what_the_user_can_mend(newsdedup, index):
    for line, message in (
        ("check wire --against none.index", "none.index: there is no index; `newsdedup index add none.index PATH...`"),
        ("check wire --against wire/copies/ferry-fares.txt", "is not an index"),
        ("check none --against news.index", "no such file or folder: none"),
        ("check --against news.index", "nothing to read"),
        ("check wire --against news.index --fail-on copie", 'there is no relation "copie", did you mean "copy"?'),
        ("check wire --against news.index --format sariff", 'no format is called "sariff", did you mean "sarif"?'),
        ("check wire --against news.index --also sarif", '"sarif" is not NAME=FILE'),
        ("check wire --against news.index --since soon", '"soon" is no date'),
        ("check wire --against news.index --window 14", '"14" is no span of time'),
        ("check wire --against news.index --set sketch.num_perm=256", "was built with sketch.num_perm = 128"),
        ("check wire --against news.index --baseline none.jsonl", "none.jsonl: No such file or directory"),
        ("check wire --against news.index --update-baseline", "--update-baseline needs --baseline FILE"),
        ("check wire/copies --against wire --add-if-clean", "--add-if-clean needs an index to add to"),
        ("check wire/copies --against redis://127.0.0.1:1/0", "the Redis server cannot be used"),
        ("index add wire wire/copies", "wire: is a folder; an index is one file, such as wire/news.index"),
        ("index add /proc/news.index wire/copies", "cannot be opened or created here"),
        ("index add no/such/news.index wire/copies", "no such folder"),
        ("index remove news.index nobody", "has no article called nobody; nothing was removed"),
        ("index prune news.index --status dead", '"dead" is none of usable'),
        ("index merge news.index none.index", "none.index: there is no index"),
        ("index info none.index", "none.index: there is no index"),
        (
            "index add news.index wire/copies --no-text",
            "the index keeps texts; --no-text must be given when it is made",
        ),
    ):
        done = newsdedup(*line.split())
        assert (done.code, done.out) == (2, ""), line
        assert message in done.err, f"{line}\n{done.err}"
        assert "Traceback" not in done.err
        assert not Path("none.index").exists()


def test_2_is_a_record_that_cannot_be_read_if_asked_for(shell, index):
    lax = shell("newsdedup check wire/broken/empty.txt wire/unrelated --against news.index")
    strict = shell("newsdedup check wire/broken/empty.txt wire/unrelated --against news.index --strict")
    assert (lax.returncode, strict.returncode) == (0, 2)
    for done in (lax, strict):
        assert "skip  wire/broken/empty.txt:0: empty" in done.stdout
    assert "1 of the delivery could not be read (--strict)" in strict.stderr


def test_3_is_a_bug(shell, index, tmp_path):
    plugin = tmp_path / "plugin"
    (plugin / "broken-1.dist-info").mkdir(parents=True)
    (plugin / "broken-1.dist-info" / "METADATA").write_text("Name: broken\nVersion: 1\n")
    (plugin / "broken-1.dist-info" / "entry_points.txt").write_text("[newsdedup.formats]\nbroken = broken:render\n")
    (plugin / "broken.py").write_text("def render(report, root): return 1 / 0\n")
    done = shell("newsdedup check wire/unrelated --against news.index --format broken", PYTHONPATH=str(plugin))
    assert done.returncode == 3
    assert "newsdedup: bug: ZeroDivisionError" in done.stderr


@pytest.mark.parametrize("command", ["check - --against news.index", "index add news.index -"])
def test_130_is_an_interrupt_and_the_index_is_as_it_was(shell, index, tmp_path, command):
    process = subprocess.Popen(
        [sys.executable, "-m", "newsdedup", *command.split()],
        cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        preexec_fn=hear_interrupts,  # noqa: PLW1509  # this process has one thread
    )  # fmt: skip
    line = json.dumps({"text": "A story that goes on and on."}).encode() + b"\n"
    process.stdin.write(line * 10_000)
    process.stdin.flush()
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"newsdedup: interrupted\n")
    assert "17 articles" in shell("newsdedup index verify news.index").stdout


def test_a_broken_pipe_hides_no_duplicate(shell, index):
    done = shell("newsdedup check wire/copies --against news.index --format json | head -c 1; exit ${PIPESTATUS[0]}")
    assert (done.returncode, done.stderr) == (1, "")
    ours, theirs = os.pipe()
    os.close(ours)
    line = [sys.executable, "-m", "newsdedup", "check", "wire/copies", "--against", "news.index"]
    cwd = shell("pwd").stdout.strip()
    process = subprocess.Popen(line, cwd=cwd, stdout=theirs, stderr=subprocess.PIPE)
    os.close(theirs)
    assert process.communicate()[1] == b""
    assert process.returncode == 1


def test_a_full_disk_behind_the_output_is_no_pass(shell, index):
    done = shell("newsdedup check wire/unrelated --against news.index > /dev/full")
    assert (done.returncode, done.stderr) == (2, "newsdedup: error: standard output: No space left on device\n")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ("--fail-on exact", 0),
        ("--fail-on none", 0),
        ("--fail-on copy", 1),
        ("--fail-on exact,copy --max 3", 0),
        ("--fail-on exact,copy --max 2", 1),
        ("--fail-on exact,copy --max-percent 50", 0),
        ("--fail-on exact,copy --max-percent 40", 1),
        ("--fail-on exact,copy --max-percent 50 --max 2", 1),
        ("--fail-on template", 0),
        ("--fail-on excerpt", 0),
    ],
)
def test_the_policy_decides(shell, one_index, options, code):
    new = "wire/copies/ferry-fares.html wire/copies/ferry-fares.json wire/copies/ferry-fares-folded"
    line = f"newsdedup check {new} wire/unrelated/f* wire/unrelated/chess.html --against one.index {options}"
    done = shell(f"{line} --format json")
    counts = json.loads(done.stdout)["counts"]
    assert (counts["new"], counts["copy"]) == (4, 3)
    assert done.returncode == code, done.stdout


def test_a_delivery_is_checked_against_itself_too(shell):
    shell("newsdedup index add one.index wire/unrelated")
    done = shell("newsdedup check wire/copies --against one.index --format jsonl")
    verdicts = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert all(verdict["sibling"] for verdict in verdicts if verdict["relation"] != "new")
    stories = {verdict["story"] for verdict in verdicts if verdict["story"]}
    assert sum(verdict["relation"] == "new" for verdict in verdicts) >= len(stories)


def test_times_limit_what_counts(newsdedup, tmp_path):
    words = " ".join(f"word{i * i % 997}" for i in range(100))
    for name, day in (("old", "2024-01-01"), ("mid", "2024-03-01"), ("undated", None)):
        (tmp_path / f"{name}.json").write_text(json.dumps({"id": name, "text": words, "date": day}))
    (tmp_path / "new.json").write_text(json.dumps({"id": "new", "text": words, "date": "2024-03-10"}))
    for index, file in (("a", "old"), ("b", "mid"), ("c", "undated")):
        assert newsdedup("index", "add", f"{index}.index", f"{file}.json").code == 0
    for index, options, code in (
        ("a", "--since 2024-02-01", 0),
        ("a", "--since 2023-12-31", 1),
        ("a", "--window 30d", 0),
        ("a", "--window 20w", 1),
        ("b", "--window 14d", 1),
        ("b", "--window 9d --since 2024-01-15", 1),
        ("b", "--window 200h", 0),
        ("c", "--window 1h --since 2024-03-09", 1),
    ):
        done = newsdedup("check", "new.json", "--against", f"{index}.index", *options.split())
        assert done.code == code, (index, options, done.out, done.err)


def test_a_folder_or_a_report_may_stand_for_an_index(shell):
    assert shell("newsdedup run wire/copies --out report --report json").returncode == 0
    for against in ("wire/copies", "report/report.json"):
        done = shell(f"newsdedup check wire/revisions wire/unrelated --against {against}")
        assert done.returncode == 1, done.stderr
        assert f"against {against} (17)" in done.stdout
    moved = shell(
        "mkdir else && cp report/report.json else && cd else && newsdedup check ../wire/copies --against report.json"
    )
    assert moved.returncode == 2
    assert "report.json: was made from wire/copies, which is not here" in moved.stderr


def test_a_delivery_within_the_folder_is_not_a_duplicate_of_itself(shell):
    done = shell("newsdedup check wire/unrelated --against wire")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_difference_is_shown_on_request(shell, one_index):
    done = shell("newsdedup check wire/copies/evening.zip --against wire/copies/ferry-fares.txt --diff")
    assert done.returncode == 2
    done = shell("newsdedup check wire/copies/evening.zip --against one.index --diff")
    assert "--- ferry-fares.txt\n" in done.stdout
    shell("newsdedup index add dumb.index wire/copies/ferry-fares.txt --no-text")
    dumb = shell("newsdedup check wire/copies/evening.zip --against dumb.index --diff")
    assert dumb.returncode == done.returncode == 1
    assert "---" not in dumb.stdout


def test_what_is_clean_is_added_and_what_is_not_is_not(shell, index):
    line = "newsdedup check wire/unrelated --against news.index --add-if-clean"
    assert shell(line).returncode == 0
    assert "23 articles" in shell("newsdedup index verify news.index").stdout
    again = shell(line)
    assert (again.returncode, "Failed: 6 duplicates" in again.stdout) == (1, True)
    assert "23 articles" in shell("newsdedup index verify news.index").stdout


def test_an_empty_delivery_and_an_empty_index_are_told(shell, tmp_path):
    (tmp_path / "nothing").mkdir()
    done = shell("newsdedup index add empty.index nothing")
    assert (done.returncode, done.stdout) == (0, "Added 0 articles to empty.index; 0 were known, 0 skipped.\n")
    done = shell("newsdedup check nothing --against empty.index")
    assert done.returncode == 0
    assert "the delivery holds no article" in done.stderr
    assert "empty.index holds no article: nothing is known yet" in done.stderr
    for command in ("check --against empty.index", "index add empty.index"):
        done = shell(f"newsdedup {command} --files-from /dev/null")  # as of a change that adds no article
        assert done.returncode == 0, done.stderr
    done = shell("newsdedup check wire/copies/ferry-fares.txt --against empty.index")
    assert (done.returncode, "1 new" in done.stdout) == (0, True)


def test_another_format_can_be_written_as_well(shell, index, tmp_path):
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    done = shell(
        "newsdedup check wire/copies --against news.index --format github --also sarif=out.sarif"
        " --also json=out.json --also markdown=summary.md",
        GITHUB_STEP_SUMMARY="summary.md",
    )
    assert done.returncode == 1
    assert done.stdout.startswith("::error ")
    assert json.loads((tmp_path / "out.sarif").read_text())["version"] == "2.1.0"
    assert len(json.loads((tmp_path / "out.json").read_text())["verdicts"]) == 17
    assert summary.read_text().startswith("before\n### newsdedup: Failed: 17 duplicates")


def test_the_same_check_gives_the_same_bytes(shell, index):
    line = "newsdedup check wire --against news.index --format json --workers"
    one, two = shell(f"{line} 1", PYTHONHASHSEED="1"), shell(f"{line} 2", PYTHONHASHSEED="2")
    assert one.stdout == two.stdout


def test_an_index_that_is_being_written_is_waited_for_and_then_told(shell, index, tmp_path):
    code = (
        "import sys, time; from pathlib import Path; from newsdedup.stores.sqlite import SqliteStore;"
        "s = SqliteStore(Path('news.index'))\n"
        "with s.writing(): print('on', flush=True); time.sleep(float(sys.argv[1]))"
    )

    def writer(seconds):
        process = subprocess.Popen([sys.executable, "-c", code, str(seconds)], cwd=tmp_path, stdout=subprocess.PIPE)
        process.stdout.readline()
        return process

    holder = writer(1)
    assert shell("newsdedup index add news.index wire/unrelated").returncode == 0
    assert shell("newsdedup check wire/copies --against news.index").returncode == 1
    holder.communicate()
    holder = writer(60)
    since = time.monotonic()
    done = shell("newsdedup index add news.index wire/excerpts")
    assert (done.returncode, time.monotonic() - since < 30) == (2, True)
    assert "another process is writing to this index; try again when it is done" in done.stderr
    assert shell("newsdedup check wire/copies --against news.index").returncode == 1  # reading goes on
    holder.kill()
    holder.communicate()
    assert shell("newsdedup index add news.index wire/excerpts").returncode == 0
