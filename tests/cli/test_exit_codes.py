import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from interrupts import hear_interrupts
from newsdedup.cli.exit_codes import ExitCode

DOCS = Path(__file__).parents[2] / "docs" / "commands.md"


def start(folder, *args, **how):
    return subprocess.Popen(
        [sys.executable, "-m", "newsdedup", *map(str, args)],
        cwd=folder,
        preexec_fn=hear_interrupts,  # noqa: PLW1509  # this process has one thread
        start_new_session=True,  # a process group of its own, as a shell gives each command
        stderr=subprocess.PIPE,
        **{"stdout": subprocess.PIPE, **how},
    )


def test_the_documentation_lists_every_exit_code_and_no_other():
    assert [int(code) for code in re.findall(r"^\| `(\d+)` \|", DOCS.read_text("utf-8"), re.MULTILINE)] == [*ExitCode]


def test_0_is_done(by_itself):
    assert by_itself("--version").code == 0


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((), "Usage: newsdedup"),
        (("rnu",), 'no command is called "rnu", did you mean "run"?'),
        (("run", "in"), "Missing option '--out'"),
        (("run", "--out", "report"), "nothing to read"),
        (("run", "-", "--files-from", "-", "--out", "report"), "can be read only once"),
        (("run", "--files-from", "none", "--out", "report"), "--files-from none: No such file or directory"),
        (("run", "none", "--out", "report"), "no such file or folder: none"),
        (("run", "in", "--out", "file"), "file: is a file; --out must be a folder"),
        (("run", "in", "--out", "report", "--report", "jsn"), '--report: run.report: there is no "jsn"'),
        (("run", "in", "--out", "report", "--workers", "0"), "--workers: run.workers must be from 1 to 1024, not 0"),
        (("run", "in", "--out", "report", "--config", "none.yaml"), "none.yaml: No such file or directory"),
        (("run", "in", "--out", "report", "--set", "sketch.bands=99"), "--set sketch.bands=99: sketch: bands * rows"),
        (("render", "file", "--out", "report"), "file"),
        (("render", "none", "--out", "report"), "none"),
        (("render", "file", "--out", "report", "--report", "jsn"), 'no report is called "jsn", did you mean "json"?'),
        (("config", "init", "no/such/folder.yaml"), "no/such/folder.yaml: No such file or directory"),
    ],
)
def test_2_is_what_the_user_can_mend_told_without_a_traceback(by_itself, tmp_path, args, message):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("A story of a few words.")
    (tmp_path / "file").write_text("{}")
    done = by_itself(*args, stdin=b"")
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert "Traceback" not in done.err
    assert not (tmp_path / "report").exists()


def test_2_is_a_source_date_epoch_that_is_no_number(by_itself, seeds, tmp_path):
    done = by_itself("run", seeds, "--out", "report", SOURCE_DATE_EPOCH="soon")
    assert done.err == 'newsdedup: error: SOURCE_DATE_EPOCH must be whole seconds since 1970, not "soon"\n'
    assert (done.code, (tmp_path / "report").exists()) == (2, False)


def test_2_is_a_full_disk_behind_standard_output(tmp_path):
    with Path("/dev/full").open("wb") as full:
        process = start(tmp_path, "config", "show", stdout=full)
    assert process.communicate()[1] == b"newsdedup: error: standard output: No space left on device\n"
    assert process.returncode == 2


def test_debug_shows_the_traceback_before_the_message(by_itself):
    for args in (("--debug", "run", "none", "--out", "r"), ("run", "none", "--out", "r", "--debug")):
        done = by_itself(*args)
        assert done.code == 2
        assert done.err.startswith("Traceback")
        assert done.err.splitlines()[-1] == "newsdedup: error: no such file or folder: none"


def broken_writer(folder, *lines):
    """A folder with a package that brings the writer `broken`, which does this when it is made."""
    plugin = folder / "plugin"
    (plugin / "broken-1.dist-info").mkdir(parents=True)
    (plugin / "broken-1.dist-info" / "METADATA").write_text("Name: broken\nVersion: 1\n")
    (plugin / "broken-1.dist-info" / "entry_points.txt").write_text("[newsdedup.writers]\nbroken = broken:Broken\n")
    body = "\n".join(f"        {line}" for line in lines)
    (plugin / "broken.py").write_text(f"class Broken:\n    def __init__(self):\n{body}\n")
    return plugin


def test_3_is_a_bug_told_in_one_line_with_what_to_do(by_itself, seeds, tmp_path):
    plugin = broken_writer(tmp_path, "self.a = 1 / 0")
    args = ("run", seeds, "--out", "report", "--report", "broken")
    told = by_itself(*args, PYTHONPATH=str(plugin))
    assert (told.code, told.out) == (3, "")
    assert told.err == (
        "newsdedup: bug: ZeroDivisionError: division by zero - please report it on the project's issue tracker"
        " with what --debug prints\n"
    )
    assert not (tmp_path / "report").exists()
    assert 'File "' in by_itself(*args, "--debug", PYTHONPATH=str(plugin)).err


def test_130_is_an_interrupt_of_which_compiled_code_made_another_error(by_itself, seeds, tmp_path):
    made = "raise SystemError('an exception set') from KeyboardInterrupt()"
    plugin = broken_writer(
        tmp_path, f"try: {made}", "except SystemError as error: raise SystemError('an exception set') from error"
    )
    told = by_itself("run", seeds, "--out", "report", "--report", "broken", PYTHONPATH=str(plugin))
    assert (told.code, told.out, told.err) == (130, "", "newsdedup: interrupted\n")


def test_130_is_an_interrupt_while_standard_input_is_read(tmp_path):
    process = start(tmp_path, "run", "-", "--out", "report", stdin=subprocess.PIPE)
    line = json.dumps({"text": "A story that goes on and on."}).encode() + b"\n"
    process.stdin.write(line * 10_000)  # more than a pipe holds: once it is written, it is being read
    process.stdin.flush()
    os.killpg(process.pid, signal.SIGINT)
    ends(process, 130, b"newsdedup: interrupted\n")
    assert sorted(tmp_path.iterdir()) == []


@pytest.fixture
def busy(tmp_path, monkeypatch):
    """A command that has two workers reading, with the process ids of these; nothing may be left of it."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with (tmp_path / "many.jsonl").open("w") as corpus:
        for i in range(100_000):
            words = " ".join(f"word{(i * 7919 + j * j) % 5003}" for j in range(60))
            corpus.write(json.dumps({"id": str(i), "text": words}) + "\n")
    process = start(tmp_path, "run", "many.jsonl", "--out", "report", "--workers", 2)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    deadline = time.monotonic() + 60
    while len(workers := children.read_text().split()) < 2:
        assert process.poll() is None, process.stderr.read().decode()
        assert time.monotonic() < deadline
        time.sleep(0.01)
    time.sleep(0.2)  # so that they have begun to read
    yield process, [int(worker) for worker in workers]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["many.jsonl"]


def test_130_is_an_interrupt_while_workers_read(busy):
    process, _ = busy
    os.killpg(process.pid, signal.SIGINT)
    ends(process, 130, b"newsdedup: interrupted\n")


def test_130_is_a_request_to_end_that_only_the_main_process_hears(busy):
    process, _ = busy
    process.terminate()
    ends(process, 130, b"newsdedup: interrupted\n")


@pytest.fixture(scope="module")
def reworded(tmp_path_factory):
    """A corpus of stories of which each was printed twice, in much the same long text: slow to compare."""
    corpus = tmp_path_factory.mktemp("reworded") / "reworded.jsonl"
    with corpus.open("w") as lines:
        for story in range(400):
            words = [f"word{(story * 7919 + j * j) % 50021}" for j in range(1000)]
            other = [f"new{j}" if j % 10 == 0 else word for j, word in enumerate(words)]
            lines.write(json.dumps({"id": f"a{story}", "text": " ".join(words)}) + "\n")
            lines.write(json.dumps({"id": f"b{story}", "text": " ".join(other)}) + "\n")
    return corpus


def files_below(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def replacing(by_itself, seeds, reworded, tmp_path, monkeypatch, request):
    """A command that has found its candidates and is to replace a report; nothing may be left of it."""
    assert by_itself("run", seeds, "--out", "report").code == 0
    before = files_below(tmp_path / "report")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    process = start(tmp_path, "run", reworded, "--out", "report", "--force", "-v", "--workers", request.param)
    while not (line := process.stderr.readline()).startswith(b"candidates:"):
        assert line, "the run ended before its time"
    yield process
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.splitlines()[-1]) == (130, b"", b"newsdedup: interrupted")
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    assert files_below(tmp_path / "report") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report", "temporary"]
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize("replacing", [1, 2], indirect=True)
def test_130_is_an_interrupt_while_pairs_are_compared(replacing):
    os.killpg(replacing.pid, signal.SIGINT)


@pytest.mark.parametrize("replacing", [1, 2], indirect=True)
@pytest.mark.parametrize("ask", [lambda pid: os.killpg(pid, signal.SIGINT), lambda pid: os.kill(pid, signal.SIGTERM)])
def test_130_is_an_interrupt_while_a_report_is_replaced(replacing, tmp_path, ask):
    while not list((tmp_path / "report").glob(".newsdedup-writing-*/*/diffs/*")):
        assert replacing.poll() is None
        time.sleep(0.01)
    ask(replacing.pid)


def test_2_is_a_worker_that_was_killed(busy):
    process, workers = busy
    os.kill(workers[0], signal.SIGKILL)
    ends(
        process,
        2,
        b"newsdedup: error: out of memory, or a worker process was killed, most likely for want of it;"
        b" try fewer --workers or a larger sketch.sample_rate\n",
    )


def ends(process, code, message):
    """The command ends with one message, and all of its process group with it."""
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (code, b"", message)
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_a_reader_that_has_seen_enough_ends_the_command_quietly(tmp_path):
    ours, theirs = os.pipe()
    os.close(ours)
    process = start(tmp_path, "config", "show", stdout=theirs)
    os.close(theirs)
    assert process.communicate()[1] == b""
    assert process.returncode == 0


def test_names_that_the_terminal_cannot_show_do_no_harm(by_itself, tmp_path):
    done = by_itself("config", "init", "بيان.yaml", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.code, done.out) == (0, "Wrote \\u0628\\u064a\\u0627\\u0646.yaml\n")
