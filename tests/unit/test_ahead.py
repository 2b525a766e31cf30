"""What the first run on a machine compiles beside reading."""

import os
import subprocess
import sys
from textwrap import dedent

import pytest

from newsdedup.ahead import Ahead
from newsdedup.plan import Plan

SCRIPT = dedent("""
    from newsdedup.ahead import Ahead
    from newsdedup.first_run import kept
    from newsdedup.plan import Plan
    from newsdedup.stages.kernels.compare import compare_pairs

    assert not kept()
    ahead = Ahead(Plan(), {workers})
    ahead.wait()
    print(kept(), len(compare_pairs.signatures))
""")


@pytest.mark.parametrize(("workers", "found"), [(1, "False 0"), (2, "True 0")])
def test_the_kernel_that_measures_is_compiled_by_another_process_if_there_may_be_one(tmp_path, workers, found):
    told = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(workers=workers)],
        env=os.environ | {"NUMBA_CACHE_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split("\n")[0] == found


def test_what_is_on_disk_is_not_compiled_again(monkeypatch):
    monkeypatch.setattr("newsdedup.ahead.kept", lambda: True)
    monkeypatch.setattr("newsdedup.ahead.PROCESSES", None)
    Ahead(Plan(), 2).wait()


def test_nothing_is_compiled_in_a_process_that_interprets(monkeypatch):
    monkeypatch.setattr("newsdedup.ahead.interpreted", lambda: True)
    monkeypatch.setattr("newsdedup.ahead.PROCESSES", None)
    Ahead(Plan(), 2).wait()
