import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsdedup.cli.main import newsdedup as command

SEEDS = Path(__file__).parents[2] / "corpus" / "seeds"


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


@pytest.fixture
def newsdedup(tmp_path, monkeypatch):
    """Run the command in an empty folder, in this process: starting one for each call would take most of the tests' time.

    Where a process of its own matters, a test takes `by_itself` or `shell`.
    """
    monkeypatch.chdir(tmp_path)

    def run(*args, stdin=None, **env) -> Done:
        result = CliRunner().invoke(command, [*map(str, args)], input=stdin, env=env, prog_name="newsdedup")
        return Done(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def by_itself(tmp_path):
    """Run the command in its own process, in an empty folder."""

    def run(*args, stdin=None, **env) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "newsdedup", *map(str, args)],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env=os.environ | env,
            timeout=300,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def seeds() -> Path:
    return SEEDS


def in_folder(folder):
    """What runs a line in a real shell, in this folder, which gets a copy of the wire corpus."""
    shutil.copytree(SEEDS.parent / "wire", folder / "wire")
    bin_folder = Path(sys.executable).parent

    def run(line, **env):
        return subprocess.run(
            ["bash", "-o", "pipefail", "-c", line],
            cwd=folder,
            capture_output=True,
            text=True,
            env=os.environ | {"PATH": f"{bin_folder}:{os.environ['PATH']}"} | env,
            timeout=300,
            check=False,
        )

    return run


@pytest.fixture
def shell(tmp_path):
    return in_folder(tmp_path)


@pytest.fixture(scope="session")
def begun(tmp_path_factory):
    """What many tests begin with: an index of all copies, one of one story, and a baseline of the copies of it."""
    folder = tmp_path_factory.mktemp("begun")
    run = in_folder(folder)
    for line in (
        "index add news.index wire/copies",
        "index add one.index wire/copies/ferry-fares.txt",
        "check wire/copies --against one.index --baseline known.jsonl --update-baseline",
    ):
        done = run(f"newsdedup {line}")
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def index(shell, begun, tmp_path):
    """An index of all copies."""
    return shutil.copy(begun / "news.index", tmp_path)


@pytest.fixture
def one_index(shell, begun, tmp_path):
    """An index of one article."""
    return shutil.copy(begun / "one.index", tmp_path)


@pytest.fixture
def accepted(one_index, begun, tmp_path):
    """A baseline that accepts all copies of that article."""
    return Path(shutil.copy(begun / "known.jsonl", tmp_path))
