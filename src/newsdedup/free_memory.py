"""Memory that was let go, given back to the system."""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Give back what the C library keeps of memory that was freed: after a stage that can be as much as the rest.

    Does nothing where the C library is not glibc, which alone has a call for it.
    """
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)
