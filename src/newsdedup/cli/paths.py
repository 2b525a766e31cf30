"""The inputs of a run, from arguments and from a list."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from newsdedup.errors import InputError

STDIN = "-"


def input_paths(paths: Sequence[str], files_from: str | None, *, none_listed: bool = False) -> list[str]:
    """The paths given, then those that a list names; with `none_listed` the list may be empty.

    Raises InputError if there are none, if the list cannot be read, or if standard input is wanted twice.
    """
    wanted = [*paths, *(listed(files_from, "--files-from") if files_from else ())]
    if not wanted and not (none_listed and files_from):
        raise InputError("nothing to read: give a PATH, or --files-from with a list that names one")
    if [*wanted, files_from].count(STDIN) > 1:
        raise InputError("standard input (-) can be read only once")
    return wanted


def listed(files_from: str, option: str) -> list[str]:
    """The lines of a file, or of standard input.

    Raises InputError, which names the option, if it cannot be read.
    """
    try:
        if files_from == STDIN:
            data = sys.stdin.buffer.read()
        else:
            with open(files_from, "rb") as stream:  # noqa: PTH123  # the name may be any bytes
                data = stream.read()
    except OSError as error:
        raise InputError(f"{option} {files_from}: {error.strerror}") from error
    return [os.fsdecode(line) for line in data.splitlines() if line.strip()]
