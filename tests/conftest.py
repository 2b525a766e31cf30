"""What many tests need."""

from pathlib import Path

import pytest
from hypothesis import settings

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


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--set-floors", action="store_true", help="write what is measured as the floors of quality")


@pytest.fixture(scope="session")
def set_floors(request: pytest.FixtureRequest) -> bool:
    """Whether floors are to be set, not held."""
    return bool(request.config.getoption("--set-floors"))
