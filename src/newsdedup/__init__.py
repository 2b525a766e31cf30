"""Find the copies, revisions, excerpts and look-alikes in a news corpus, and show why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdedup.version import __version__

if TYPE_CHECKING:
    from newsdedup.api import deduplicate
    from newsdedup.index import Index

__all__ = ["Index", "__version__", "deduplicate"]


def __getattr__(name: str) -> object:
    """Import the interface only when it is asked for: it brings numpy and numba."""
    if name == "deduplicate":
        from newsdedup.api import deduplicate  # noqa: PLC0415

        return deduplicate
    if name == "Index":
        from newsdedup.index import Index  # noqa: PLC0415

        return Index
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
