"""Articles put away on disk, to be taken out again one by one."""

from __future__ import annotations

import os
import pickle
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, NamedTuple

from newsdedup.model.article import Article


class Packed(NamedTuple):
    """An article in bytes, which can be sent on to another process as they are."""

    site: str
    content: bytes

    def unpacked(self) -> Article:
        """The article."""
        article: Article = pickle.loads(self.content)  # noqa: S301  # written by `put_away`
        return article


class Shelf:
    """Articles by id. Holds only where each stands in a temporary file, which goes with the shelf."""

    def __init__(self, articles: Iterable[Article] = ()) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # open as long as the shelf is
        self._places = put_away(articles, self._file)

    def take(self, path: str, places: Mapping[str, int]) -> None:
        """Add articles that were put away in a file, which is removed."""
        end = self._file.seek(0, os.SEEK_END)
        with Path(path).open("rb") as file:
            shutil.copyfileobj(file, self._file)
        Path(path).unlink()
        self._places |= {article_id: end + place for article_id, place in places.items()}

    def __getitem__(self, article_id: str) -> Packed:
        self._file.seek(self._places[article_id])
        return Packed(*pickle.load(self._file))  # noqa: S301  # written by `put_away`


def put_away(articles: Iterable[Article], file: IO[bytes]) -> dict[str, int]:
    """Write articles to a file; returns where each stands in it, by its id."""
    places = {}
    for article in articles:
        places[article.id] = file.tell()
        content = pickle.dumps(article, pickle.HIGHEST_PROTOCOL)
        pickle.dump((article.site, content), file, pickle.HIGHEST_PROTOCOL)
    return places
