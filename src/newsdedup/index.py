"""An index for Python programs."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from newsdedup.checking import Words, sketch_articles, words_in
from newsdedup.gate import judge
from newsdedup.indexing import plan_for
from newsdedup.model.article import Article, Origin
from newsdedup.model.verdict import Verdict
from newsdedup.model.window import ALL_TIME, Window
from newsdedup.plan import Plan
from newsdedup.readers.fields import field_map
from newsdedup.stores import open_store
from newsdedup.stores.interface import Store


class Index:
    """Articles that are known, to check new ones against; may be used by several threads at once.

    What other processes add to the index is seen by the next check.
    """

    def __init__(self, store: Store, plan: Plan) -> None:
        self._store = store
        self._plan = plan
        self._lock = threading.Lock()
        self._words: tuple[int, Words] | None = None

    @classmethod
    def open(cls, name: str | Path, plan: Plan | None = None) -> Self:
        """Open the index in a file, or at `redis://HOST:PORT/DB?name=NAME`.

        `plan` says how to compare; how texts are read and sketched is for the index to say. Raises StoreError if
        there is no index or it cannot be used, MissingExtraError if Redis is not installed.
        """
        store = open_store(str(name))
        return cls(store, plan_for(store, plan))

    def __len__(self) -> int:
        with self._store.reading():
            return self._store.size()[0]

    def check(self, article: Article | Mapping[str, object] | str, window: Window = ALL_TIME) -> Verdict:
        """What an article is to those of the index; it is not added.

        A mapping has fields such as `id`, `title`, `text`, `published`; a str is a text. Raises StoreError if the
        index cannot be read any more, ValueError if the article has no text.
        """
        sketched = sketch_articles([self._article(article)], self._plan)
        with self._store.reading():
            return judge(sketched, self._store, self._current_words(), self._plan, window)[0]

    def close(self) -> None:
        """Let go of files and connections."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _article(self, item: Article | Mapping[str, object] | str) -> Article:
        if isinstance(item, Article):
            return item
        if isinstance(item, str):
            return Article("0", item, Origin("memory"))
        record = field_map(self._plan.reader.fields).article(item, "0", Origin("memory"))
        if not isinstance(record, Article):
            raise ValueError(f"the article cannot be read: {record.reason.value}, {record.detail}")  # noqa: TRY004  # a wrong value, not a wrong type
        return record

    def _current_words(self) -> Words:
        """What all indexed articles say of words, counted once for each change of the index."""
        with self._lock:
            generation = self._store.generation()
            if self._words is None or self._words[0] != generation:
                self._words = (generation, words_in(self._store, None))
            return self._words[1]
