"""Articles put away on disk, to be taken out again one by one."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable
from typing import IO, NamedTuple

from newsdedup.model.article import Article


class Packed(NamedTuple):
    """An article in bytes, which can be sent on to another process as they are."""

    site: str
    content: bytes

    def unpacked(self) -> Article:
        """The article."""
        article: Article = pickle.loads(self.content)  # noqa: S301  # written by `Shelf`
        return article


class Shelf:
    """Articles by id. Holds only where each stands in a temporary file, which goes with the shelf."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # open as long as the shelf is
        self._places: dict[str, int] = {}
        for article in articles:
            self._places[article.id] = self._file.tell()
            content = pickle.dumps(article, pickle.HIGHEST_PROTOCOL)
            pickle.dump((article.site, content), self._file, pickle.HIGHEST_PROTOCOL)

    def __getitem__(self, article_id: str) -> Packed:
        self._file.seek(self._places[article_id])
        return Packed(*pickle.load(self._file))  # noqa: S301  # written by this very object
