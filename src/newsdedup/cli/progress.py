"""Progress on standard error: bars on a terminal, a line for each stage elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, ProgressColumn, SpinnerColumn, Task, TextColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress
from rich.text import Text

from newsdedup.progress import Progress


@contextmanager
def bars(*, keep: bool) -> Iterator[Progress]:
    """A bar for the current stage, with count, rate and time left; `keep` leaves the bars on the screen."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        _Count(),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True),
    )
    with RichProgress(*columns, console=Console(stderr=True), transient=not keep) as display:
        yield _Bars(display, keep)


class _Bars:
    def __init__(self, display: RichProgress, keep: bool) -> None:
        self._display = display
        self._keep = keep
        self._task: Task | None = None

    def start(self, stage: str, total: int | None = None, unit: str = "articles") -> None:
        self.finish()
        number = self._display.add_task(stage, total=total, unit=unit)
        self._task = next(task for task in self._display.tasks if task.id == number)

    def advance(self, done: int = 1) -> None:
        if self._task:
            self._display.advance(self._task.id, done)

    def finish(self) -> None:
        if self._task:
            done = self._task.completed or self._task.total or 0  # a stage may end without having counted
            self._display.update(self._task.id, total=done, completed=done, visible=self._keep)
            self._task = None


class Lines:
    """A line for each stage as it ends: how many, and how long it took."""

    def __init__(self) -> None:
        self._stage, self._unit, self._total, self._done, self._since = "", "", 0, 0, 0.0

    def start(self, stage: str, total: int | None = None, unit: str = "articles") -> None:
        self._stage, self._unit, self._total, self._done, self._since = stage, unit, total or 0, 0, time.monotonic()

    def advance(self, done: int = 1) -> None:
        self._done += done

    def finish(self) -> None:
        done = self._done or self._total  # a stage may end without having counted
        amount = f"{_amount(done, self._unit)} in " if done else ""
        click.echo(f"{self._stage}: {amount}{time.monotonic() - self._since:.1f} s", err=True)


class _Count(ProgressColumn):
    """`1,234 articles of 5,000 articles, 410 articles/s`; bytes as kB, MB and so on."""

    def render(self, task: Task) -> Text:
        unit = task.fields["unit"]
        total = "" if task.total is None or task.finished else f" of {_amount(task.total, unit)}"
        speed = task.finished_speed or task.speed
        rate = f", {_amount(speed, unit)}/s" if speed else ""
        return Text(f"{_amount(task.completed, unit)}{total}{rate}")


def _amount(amount: float, unit: str) -> str:
    return decimal(int(amount)) if unit == "bytes" else f"{amount:,.0f} {unit}"
