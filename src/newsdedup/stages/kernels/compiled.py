"""How kernels are compiled."""

from __future__ import annotations

import hashlib
import importlib
import sys
from collections.abc import Callable
from importlib.resources import files
from typing import Any, Final, ParamSpec, TypeVar

import numba
from numba.core.caching import FunctionCache

P = ParamSpec("P")
R = TypeVar("R")


def _sources() -> str:
    """A hash of the sources of all kernels."""
    digest = hashlib.sha256()
    for source in sorted(files(__package__).iterdir(), key=lambda file: file.name):
        if source.name.endswith(".py"):
            digest.update(source.read_bytes())
    return digest.hexdigest()


SOURCES: Final = _sources()


class _KernelCache(FunctionCache):
    """Machine code kept on disk for as long as no kernel changes.

    Numba alone compares the date and size of one file, so that a kernel would outlive a change of another that it
    calls, and an upgrade of the package that leaves both as they were.
    """

    def __init__(self, function: Callable[..., object]) -> None:
        super().__init__(function)  # type: ignore[no-untyped-call]  # numba's own is untyped
        self._cache_file._source_stamp = SOURCES  # noqa: SLF001  # what numba compares has no public name


def spare_scipy() -> None:
    """Have numba set itself up without SciPy, which it imports for matrix products in compiled code.

    No kernel has any, and the import takes a sixth of all that a small run takes. Only for a process of our own:
    functions that others compile in it later have no `np.dot`.
    """
    products = "scipy.linalg.cython_blas"
    if products in sys.modules or "numba.np.arraymath" in sys.modules:
        return
    sys.modules[products] = None  # type: ignore[assignment]  # what Python takes for a module that is not there
    try:
        importlib.import_module("numba.np.arraymath")
    finally:
        del sys.modules[products]


def on_disk(function: Callable[..., object]) -> bool:
    """Whether an earlier run has kept machine code of a kernel."""
    dispatcher: Any = function
    return bool(dispatcher._cache._cache_file._load_index())  # noqa: SLF001  # numba has no public name for it


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile on first call, keep the machine code for later runs, and release the interpreter's lock while running."""
    dispatcher: Any = numba.njit(nogil=True, error_model="numpy")(function)
    dispatcher._cache = _KernelCache(function)  # noqa: SLF001  # so does `njit(cache=True)`
    compiled: Callable[P, R] = dispatcher
    return compiled
