"""A polite request to end is heeded as Ctrl-C is: workers are ended, and nothing is left half written."""

from __future__ import annotations

import os
import signal
from types import FrameType

from newsdedup.cli.exit_codes import ExitCode


def heed_terminations() -> None:
    """Let SIGTERM interrupt this process; in a worker forked from it, it ends the worker at once."""
    main_process = os.getpid()

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        if os.getpid() != main_process:
            os._exit(ExitCode.INTERRUPTED)
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
