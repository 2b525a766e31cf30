"""What the tests of readers share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from newsdedup.plan import ReaderParams
from newsdedup.readers.corpus import FileCorpus, read_unit
from newsdedup.readers.interface import Record

ReadAll = Callable[..., list[Record]]


@pytest.fixture
def read_all() -> ReadAll:
    """Everything below some paths, what the walk skipped first."""

    def read(*paths: Path, params: ReaderParams | None = None) -> list[Record]:
        params = params or ReaderParams()
        with FileCorpus.open([str(path) for path in paths], params) as corpus:
            return [*corpus.found, *(record for unit in corpus.units() for record in read_unit(unit, params))]

    return read
