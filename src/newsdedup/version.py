"""The version of this package, for all that has to name it."""

from __future__ import annotations

from importlib.metadata import version

__version__ = version("newsdedup")
