"""How long one record may take."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_AGAIN_S = 1.0
"""A signal that arrives where Python must ignore what it raises is followed by another one."""


class TimeLimitError(Exception):
    """A record took longer than it may."""


class _TimeIsUp(BaseException):
    """Not an Exception, so that no library takes it for a failure of its own and goes on."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Stop what is done within after so many seconds of this process's own time, which other load does not count in.

    There is no limit off the main thread, where no signal can be caught; worker processes read on theirs.

    Raises TimeLimitError.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    previous = signal.signal(signal.SIGVTALRM, _stop)
    try:
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN_S)
            yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    except _TimeIsUp:
        raise TimeLimitError(f"took more than {seconds:g} s") from None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, previous)


def _stop(_: int, __: FrameType | None) -> None:
    raise _TimeIsUp
