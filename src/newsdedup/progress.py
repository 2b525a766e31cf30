"""How a long run tells its caller where it stands."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told of stages in the order they run; never asked anything, so it cannot change a result."""

    def start(self, stage: str, total: int | None = None, unit: str = "articles") -> None:
        """A stage begins; `total` is how many units it has, if known."""

    def advance(self, done: int = 1) -> None:
        """That many more units of the current stage are done."""

    def finish(self) -> None:
        """The current stage has ended."""


class Silent:
    """A progress that shows nothing."""

    def start(self, stage: str, total: int | None = None, unit: str = "articles") -> None: ...

    def advance(self, done: int = 1) -> None: ...

    def finish(self) -> None: ...
