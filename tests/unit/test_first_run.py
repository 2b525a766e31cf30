"""Kernels are interpreted where the input is small and nothing was compiled before."""

import os
import subprocess
import sys
from importlib.metadata import version

import pytest

from newsdedup import first_run
from newsdedup.first_run import SMALL_BYTES, decide, fitting, kept
from newsdedup.stages.kernels.compiled import interpret, interpreted, sources
from newsdedup.stages.kernels.machine_code import target

SCRIPT = """
import sys
from newsdedup.first_run import decide
from newsdedup.stages.kernels.compiled import interpreted
decide({size})
from newsdedup.stages.kernels.align import count_bits
print(interpreted(), "numba" in sys.modules, hasattr(count_bits, "py_func"))
"""


@pytest.mark.parametrize(
    ("size", "told"), [(0, "True False False"), (SMALL_BYTES, "True False False"), (SMALL_BYTES + 1, "False True True")]
)
def test_a_small_input_is_worked_without_numba(tmp_path, size, told):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(size=size)],
        env=os.environ | {"NUMBA_CACHE_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == told


def test_a_process_with_kernels_goes_on_as_it_is(monkeypatch, tmp_path):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    decide(0)
    assert not interpreted()
    with pytest.raises(RuntimeError, match="before they are imported"):
        interpret()


def test_a_process_that_interprets_has_only_such_workers_as_are_forked(monkeypatch):
    assert fitting(3) == 3
    monkeypatch.setattr(first_run, "interpreted", lambda: True)
    monkeypatch.setattr(first_run, "FORKED", True)
    assert fitting(3) == 3
    monkeypatch.setattr(first_run, "FORKED", False)
    assert fitting(3) == fitting(None) == 1


@pytest.fixture
def code(tmp_path, monkeypatch):
    """A file of machine code, as far as it is looked at, where numba would look for it."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    folder = next(first_run._folders())
    folder.mkdir()
    code = folder / f"compare.compare_pairs-7.py{sys.version_info[0]}{sys.version_info[1]}.0123456789abcdef.nbc"
    code.write_bytes("\n".join([version("numba"), sources(), *target()]).encode())
    return code


def test_what_was_compiled_is_found(code):
    assert kept()
    assert not kept("sketch.sketch_texts")


@pytest.mark.parametrize("part", [version("numba"), sources(), *target()], ids=["numba", "sources", *"abc"])
def test_what_was_compiled_of_something_else_or_for_something_else_does_not_count(code, part):
    code.write_bytes(code.read_bytes().replace(part.encode(), b"?"))
    assert not kept()


def test_what_another_python_compiled_does_not_count(code):
    code.rename(code.with_name("compare.compare_pairs-7.py27.0123456789abcdef.nbc"))
    assert not kept()


@pytest.mark.parametrize("given", [True, False])
def test_it_is_looked_for_where_numba_keeps_it(tmp_path, given):
    environment = {key: value for key, value in os.environ.items() if key != "NUMBA_CACHE_DIR"}
    if given:
        environment["NUMBA_CACHE_DIR"] = str(tmp_path)
    script = (
        "from newsdedup import first_run\n"
        "from newsdedup.stages.kernels.compare import compare_pairs\n"
        "from newsdedup.stages.kernels.machine_code import kept_in\n"
        "print(str(next(first_run._folders())) == kept_in(compare_pairs), kept_in(compare_pairs))"
    )
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    same, folder = done.stdout.split(maxsplit=1)
    assert same == "True"
    assert folder.startswith(str(tmp_path)) == given


def test_the_folder_of_the_kernels_is_named_if_it_can_be_written_to_or_the_users(monkeypatch, tmp_path):
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    assert str(next(first_run._folders())).endswith("__pycache__")
    monkeypatch.setattr(first_run.os, "access", lambda path, mode: "stages" not in str(path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if sys.platform == "linux":
        assert next(first_run._folders()).parent == tmp_path / "numba"
