"""Articles put away on disk, to be taken out again one by one."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable
from typing import IO

from newsdedup.model.article import Article


class Shelf:
    """Articles by id. Holds only where each stands in a temporary file, which goes with the shelf."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # open as long as the shelf is
        self._places: dict[str, int] = {}
        for article in articles:
            self._places[article.id] = self._file.tell()
            pickle.dump(article, self._file, pickle.HIGHEST_PROTOCOL)

    def __getitem__(self, article_id: str) -> Article:
        self._file.seek(self._places[article_id])
        article: Article = pickle.load(self._file)  # noqa: S301  # written by this very object
        return article
