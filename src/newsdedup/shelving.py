"""Articles that are needed again: read once more in parallel, and put on a shelf."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newsdedup.model.article import Article, Origin
from newsdedup.plan import ReaderParams
from newsdedup.readers.interface import Corpus, Unit
from newsdedup.shelf import Shelf, put_away
from newsdedup.workers import Workers


@dataclass(frozen=True, slots=True)
class _Task:
    """A unit as given to a worker, which leaves its articles in a file in that folder."""

    read: Callable[[Any, ReaderParams], Iterator[Article]]
    unit: Unit
    params: ReaderParams
    folder: str


def shelve(corpus: Corpus, wanted: Mapping[Origin, str], params: ReaderParams, workers: Workers) -> Shelf:
    """The wanted articles of a corpus, each with the id it is mapped to.

    Raises InputChangedError if one is not there any more.
    """
    if workers.folder is None:
        return Shelf(corpus.select(wanted))
    shelf = Shelf()
    tasks = (_Task(corpus.read_again, unit, params, workers.folder) for unit in corpus.units_again(wanted))
    for path, places in workers.map(_put_away, tasks):
        shelf.take(path, places)
    return shelf


def _put_away(task: _Task) -> tuple[str, dict[str, int]]:
    handle, path = tempfile.mkstemp(dir=task.folder)
    with os.fdopen(handle, "wb") as file:
        return path, put_away(task.read(task.unit, task.params), file)
