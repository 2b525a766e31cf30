"""Machine code is kept for as long as no kernel changes, and no longer."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import newsdedup
from newsdedup.stages.kernels import machine_code

SCRIPT = """
import numpy as np
from newsdedup.stages.kernels import machine_code, align
near = align.is_near(np.uint32(0b11), np.uint8(5 << 4), np.uint32(0b11), np.uint8(5 << 4))
hits = sum(align.is_near.stats.cache_hits.values())
print(machine_code.SOURCES, near, hits)
"""


@pytest.fixture
def package(tmp_path):
    """The package copied elsewhere, with a cache of its own."""
    folder = tmp_path / "newsdedup"
    shutil.copytree(Path(newsdedup.__file__).parent, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def told(package):
    """What a new process tells: the hash of the sources, what a kernel says, and whether its code was on disk."""
    environment = {**os.environ, "PYTHONPATH": str(package.parent), "NUMBA_CACHE_DIR": str(package.parent / "cache")}
    done = subprocess.run(
        [sys.executable, "-B", "-c", SCRIPT], env=environment, check=True, capture_output=True, text=True
    )
    sources, near, hits = done.stdout.split()
    return sources, near == "True", int(hits)


def edit(path, old, new):
    """Change a source but not its size or date, which are all that numba looks at."""
    before = path.stat()
    text = path.read_text("utf-8")
    assert old in text
    assert len(old) == len(new)
    path.write_text(text.replace(old, new), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_code_is_compiled_once_and_again_when_a_kernel_changes_though_date_and_size_do_not(package):
    first = told(package)
    assert first == (machine_code.SOURCES, True, 0)
    assert told(package) == (machine_code.SOURCES, True, 1)
    edit(package / "stages/kernels/align.py", "MIN_NEAR = 4", "MIN_NEAR = 9")
    sources, near, hits = told(package)
    assert (near, hits) == (False, 0)
    assert sources != machine_code.SOURCES


def test_a_change_of_one_kernel_lets_no_other_live_on_which_may_call_it(package):
    told(package)
    with (package / "stages/kernels/choose.py").open("a") as source:
        source.write("# changed\n")
    sources, _, hits = told(package)
    assert hits == 0
    assert sources != machine_code.SOURCES


def test_files_that_are_no_sources_do_not_count(package):
    (package / "stages/kernels/notes.txt").write_text("Rain fell.")
    assert told(package)[0] == machine_code.SOURCES
