"""Machine code is kept for as long as no kernel changes, and no longer; whoever else writes there."""

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


KERNEL = """
from newsdedup.stages.kernels.compiled import kernel

@kernel
def doubled(x):
    return {value}
"""

CALL = """
import os, sys, time
import numpy as np
from doubled import doubled
delays = iter(map(float, sys.argv[2:]))
replace = os.replace
def slowly(source, target):
    time.sleep(next(delays, 0))
    replace(source, target)
os.replace = slowly
print(doubled(np.dtype(sys.argv[1]).type(100.5)), sum(doubled.stats.cache_hits.values()))
"""
"""Calls a kernel, on a disk that takes so many seconds for each file it puts in place."""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "doubled.py").write_text(KERNEL.format(value="x + x"))
    return tmp_path


def call(folder, *arguments, before=""):
    """A process on its way to say what the kernel gives, and how often its machine code was loaded."""
    environment = os.environ | {"NUMBA_CACHE_DIR": str(folder / "kept"), "PYTHONPATH": str(folder)}
    return subprocess.Popen(
        [sys.executable, "-c", before + CALL, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def said(process):
    out, err = process.communicate()
    assert process.returncode == 0, err
    return out.strip()


def kept(folder):
    return sorted((folder / "kept").rglob("*.nbc"))


def test_machine_code_is_loaded_by_the_next_process(folder):
    assert said(call(folder, "i8")) == "200 0"
    assert said(call(folder, "i8")) == "200 1"
    assert len(kept(folder)) == 1


def test_processes_that_compile_for_different_types_at_a_time_are_not_led_to_each_others_code(folder):
    first, second = (call(folder, "i8", "1", "4"), call(folder, "f8", "2", "1"))
    assert (said(first), said(second)) == ("200 0", "201.0 0")
    assert said(call(folder, "i8")) == "200 1"
    assert said(call(folder, "f8")) == "201.0 1"


def test_code_of_older_sources_is_not_loaded_and_is_replaced(folder):
    assert said(call(folder, "i8")) == "200 0"
    (folder / "doubled.py").write_text(KERNEL.format(value="2 * x + 1"))
    newer = "from newsdedup.stages.kernels import compiled\ncompiled.sources = lambda: 'newer'\n"
    assert said(call(folder, "i8", before=newer)) == "201 0"
    assert said(call(folder, "i8", before=newer)) == "201 1"
    assert len(kept(folder)) == 1


@pytest.mark.parametrize("left", [0, 1, 100, -1])
def test_a_damaged_file_is_compiled_again(folder, left):
    assert said(call(folder, "i8")) == "200 0"
    (file,) = kept(folder)
    file.write_bytes(file.read_bytes()[:left])
    assert said(call(folder, "i8")) == "200 0"
    assert said(call(folder, "i8")) == "200 1"


def test_a_run_goes_on_where_machine_code_cannot_be_kept(folder):
    full = "import os\ndef full(*_):\n    raise OSError(28, 'No space left on device')\nos.replace = full\n"
    assert said(call(folder, "i8", before=full)) == "200 0"
    assert kept(folder) == []
