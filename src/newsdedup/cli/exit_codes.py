"""What an exit code means."""

from __future__ import annotations

import enum


class ExitCode(enum.IntEnum):
    """How a command ended."""

    DONE = 0
    DUPLICATES = 1
    """A check found more duplicates than its policy allows."""
    USER = 2
    """Something the user can mend: a path, a setting, a full disk."""
    BUG = 3
    """Something that should never happen."""
    INTERRUPTED = 130
    """Ctrl-C, as a shell reports it (128 + SIGINT), or SIGTERM."""
