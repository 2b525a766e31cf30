"""What many tests need."""

import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import settings

import newsdedup.api  # noqa: F401  # kernels are compiled in this process, however small what a test begins with

# the first call of a kernel compiles it, and machines differ: no test is about time
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

PROJECT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def corpus_dir() -> Path:
    """The corpora that ship with the project."""
    return PROJECT / "corpus"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the project that holds corpora which may not ship with it; it may be absent."""
    return PROJECT.parent / "shared"


@pytest.fixture(scope="session")
def redis_address(tmp_path_factory):
    """A Redis server of this session's own, on the loopback interface, without any persistence."""
    server = shutil.which("redis-server")
    if server is None:
        pytest.skip("redis-server is not installed (Debian: apt-get install redis-server)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("redis")
    process = subprocess.Popen(
        [server, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no", "--dir", folder],
        stdout=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--set-floors", action="store_true", help="write what is measured as the floors of quality")


@pytest.fixture(scope="session")
def set_floors(request: pytest.FixtureRequest) -> bool:
    """Whether floors are to be set, not held."""
    return bool(request.config.getoption("--set-floors"))
