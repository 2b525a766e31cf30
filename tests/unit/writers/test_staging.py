"""What a killed run leaves of a report is removed by the next, and nothing else is."""

import subprocess
import sys

import pytest

from newsdedup.writers.staging import OLD, staging

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no locks there to tell who still writes")

WRITING = """
import sys, time
from pathlib import Path
from newsdedup.writers.staging import OLD, staging
with staging(Path(sys.argv[1])) as folder:
    (folder / "new").mkdir()
    (folder / "new" / "report.json").write_text("{")
    if sys.argv[2] == "placing":
        (folder / OLD).mkdir()
    print(folder, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def writing(tmp_path):
    """Begin to write a report in another process."""
    begun = []

    def begin(how="writing"):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITING, str(tmp_path), how], stdout=subprocess.PIPE, text=True
        )
        begun.append(process)
        process.folder = tmp_path / process.stdout.readline().strip()
        return process

    yield begin
    for process in begun:
        kill(process)
        process.stdout.close()


def kill(process):
    process.kill()
    process.wait()
    return process.folder


def test_it_is_gone_when_all_is_written(tmp_path):
    with staging(tmp_path) as folder:
        assert folder.parent == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_what_killed_runs_left_is_removed(tmp_path, writing):
    left = [kill(writing()), kill(writing())]
    assert not left[0].exists()  # the second run found it
    assert left[1].exists()
    with staging(tmp_path) as folder:
        assert list(tmp_path.iterdir()) == [folder]


def test_what_another_run_still_writes_is_left_alone(tmp_path, writing):
    other = writing()
    with staging(tmp_path):
        assert (other.folder / "new" / "report.json").exists()
    assert other.folder.exists()


def test_what_stood_there_before_is_left_where_it_lies(tmp_path, writing):
    left = kill(writing("placing"))
    with staging(tmp_path):
        pass
    assert (left / OLD).exists()


def test_what_has_no_lock_is_left_alone(tmp_path):
    theirs = tmp_path / ".newsdedup-writing-them"
    theirs.mkdir()
    with staging(tmp_path):
        pass
    assert theirs.exists()
