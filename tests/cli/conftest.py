import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[2] / "corpus" / "seeds"


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


@pytest.fixture
def newsdedup(tmp_path):
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


@pytest.fixture
def shell(tmp_path):
    """Run a line in a real shell, in a folder that holds a copy of the wire corpus."""
    shutil.copytree(SEEDS.parent / "wire", tmp_path / "wire")
    bin_folder = Path(sys.executable).parent

    def run(line, **env):
        return subprocess.run(
            ["bash", "-o", "pipefail", "-c", line],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            env=os.environ | {"PATH": f"{bin_folder}:{os.environ['PATH']}"} | env,
            timeout=300,
            check=False,
        )

    return run
