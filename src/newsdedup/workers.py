"""Work spread over processes, with results in the order of the tasks."""

from __future__ import annotations

import collections
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 2
"""Tasks given out beyond those being worked on: keeps all busy and memory bounded."""

PROCESSES = multiprocessing.get_context("fork") if sys.platform == "linux" else multiprocessing.get_context("spawn")
"""Forked workers share what is imported and compiled already; elsewhere than on Linux forking is not safe."""


FORKED = PROCESSES.get_start_method() == "fork"
"""Whether workers go on as this process is, not as a new one."""


def usable_cores() -> int:
    """Cores that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers:
    """`count` worker processes, started when there is more than one task; if `count` is 1 this process does it all."""

    def __init__(self, count: int | None = None) -> None:
        self.count = count or usable_cores()
        self._pool: ProcessPoolExecutor | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    @property
    def folder(self) -> str | None:
        """Where tasks may leave what is too large to send, until the workers have ended; None if there are none."""
        if self.count == 1:
            return None
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="newsdedup-")
        return self._folder.name

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            if kind is not None:
                for process in list((self._pool._processes or {}).values()):  # noqa: SLF001  # nothing public ends a running task
                    process.terminate()
                # what a worker had half sent is waited for until nobody is left who could send the rest: not even this
                self._pool._result_queue._writer.close()  # type: ignore[attr-defined]  # noqa: SLF001
                if sys.version_info < (3, 11, 5):
                    # a task is sent for as long as there is anybody left who could read it; later Pythons see to that
                    # themselves (cpython issue 94777), and it must not be done twice at a time
                    self._pool._call_queue._reader.close()  # type: ignore[attr-defined]  # noqa: SLF001
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def map(self, work: Callable[[T], R], tasks: Iterable[T], *, ahead: int = AHEAD) -> Iterator[R]:
        """`work` of each task, in order. Both must be picklable; an error of a task is raised when its turn comes.

        `ahead` tasks are given out beyond those being worked on: the more, the less a long one holds up.
        """
        pending = iter(tasks)
        first = list(_take(pending, 2))
        if self.count == 1 or len(first) < 2:
            for task in first:
                yield work(task)
            for task in pending:
                yield work(task)
            return
        pool = self._started()
        running: collections.deque[Future[R]] = collections.deque(pool.submit(work, task) for task in first)
        for task in pending:
            running.append(pool.submit(work, task))
            if len(running) >= self.count + ahead:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            folder = self._folder.name if self._folder else None
            self._pool = ProcessPoolExecutor(self.count, PROCESSES, initializer=serve, initargs=(folder,))
        return self._pool


def _take(items: Iterator[T], count: int) -> Iterator[T]:
    for _, item in zip(range(count), items, strict=False):
        yield item


def serve(folder: str | None = None) -> None:
    """Leave Ctrl-C to the main process, which then ends its workers; and end with it, if something kills it.

    Then `folder` is removed, which it would have done.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_main, args=(folder,), daemon=True).start()


def _end_with_main(folder: str | None) -> None:
    main = multiprocessing.parent_process()
    if main is not None:
        main.join()
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)  # whatever is being worked on is for nobody
