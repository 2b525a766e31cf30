"""A single file: written whole or not at all, and replaced only if asked to."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from newsdedup.errors import OutputError


def check_file(path: Path, *, force: bool) -> None:
    """See, before the long work, that a file can be written.

    Raises OutputError if it is there already (without `force`), or its folder is not, or is not to be written to.
    """
    if path.is_dir():
        raise OutputError(f"{path}: is a folder")
    if path.exists() and not force:
        raise OutputError(f"{path} exists; --force replaces it")
    if not path.parent.is_dir():
        raise OutputError(f"{path}: there is no folder {path.parent}")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise OutputError(f"{path}: no permission to write in {path.parent}")


def write_file(path: Path, text: str) -> None:
    """Write a text under a temporary name beside `path`, then move it there."""
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)  # noqa: PTH101  # a temporary file is for its owner alone
        os.replace(temporary, path)  # noqa: PTH105
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        raise
