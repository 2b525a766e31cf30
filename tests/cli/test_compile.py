"""What `newsdedup compile` leaves, and what is not compiled where the input is small."""

import json
import re
from pathlib import Path

import pytest

import newsdedup as package

KERNELS = Path(package.__path__[0], "stages", "kernels")


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """Where the machine code is kept that a test here has asked for."""
    return tmp_path_factory.mktemp("kernels")


def kept(folder):
    """Files of machine code; one for each kernel and kind of arguments."""
    return {file.name: file.stat().st_mtime_ns for file in folder.rglob("*.nb?")}


def all_kernels():
    for source in KERNELS.glob("*.py"):
        for name in re.findall(r"^@kernel\ndef (\w+)", source.read_text("utf-8"), re.MULTILINE):
            yield f"{source.stem}.{name}"


def test_every_kernel_is_compiled_as_later_runs_need_it(by_itself, compiled, seeds, tmp_path):
    done = by_itself("--json", "compile", NUMBA_CACHE_DIR=str(compiled))
    assert done.code == 0, done.err
    told = json.loads(done.out)
    assert told["folder"].startswith(str(compiled))
    assert told["elapsed_s"] > 0
    before = kept(compiled)
    assert {name.split("-")[0] for name in before} == set(all_kernels())

    wire = seeds.parent / "wire"
    for command in (
        ("run", seeds, "--out", tmp_path / "seeds"),
        ("run", wire, "--out", tmp_path / "wire", "--workers", "2"),
        ("index", "add", tmp_path / "texts.index", wire / "copies"),
        ("index", "add", "--no-text", tmp_path / "tokens.index", wire),
        ("check", seeds, "--against", tmp_path / "texts.index", "--diff"),
        ("check", wire / "revisions", "--against", tmp_path / "tokens.index"),
        ("boilerplate", "list", wire),
        ("explain", seeds / "000_f8132226b954f208.txt", seeds / "001_fe9412587d9097ce.txt"),
    ):
        done = by_itself(*command, NUMBA_CACHE_DIR=str(compiled))
        assert done.code in (0, 1), done.err
        assert kept(compiled) == before, command


def test_it_says_where_and_how_long(by_itself, compiled):
    done = by_itself("compile", NUMBA_CACHE_DIR=str(compiled))
    assert re.fullmatch(rf"Compiled to {re.escape(str(compiled))}/\S+ in \d+\.\d s\n", done.out)


@pytest.mark.parametrize(
    "command",
    [
        "run {seeds} --out report",
        "evaluate {seeds} --truth {truth}",
        "boilerplate list {seeds}",
        "boilerplate explain --article 003_e3a41cf5b72c2e8c.txt {seeds}",
        "explain 003_e3a41cf5b72c2e8c.txt 004_9dd7691b9cd834ef.txt --in {wire} --in {seeds}",
        "diff {seeds}/003_e3a41cf5b72c2e8c.txt {seeds}/004_9dd7691b9cd834ef.txt",
        "index add new.index {seeds}",
        "check {wire}/copies/ferry-fares.txt --against {seeds}",
        "check {seeds}/003_e3a41cf5b72c2e8c.txt --against known.index",
    ],
)
def test_nothing_is_compiled_for_a_few_articles(by_itself, shell, seeds, tmp_path, command):
    places = {"seeds": seeds, "wire": seeds.parent / "wire", "truth": seeds.parent / "truth.jsonl"}
    environment = {"NUMBA_CACHE_DIR": str(tmp_path / "kernels")}
    if "known.index" in command:
        assert by_itself("index", "add", "known.index", seeds, **environment).code == 0
    done = by_itself(*command.format(**places).split(), **environment)
    assert done.code in (0, 1), done.err
    assert kept(tmp_path / "kernels") == {}
