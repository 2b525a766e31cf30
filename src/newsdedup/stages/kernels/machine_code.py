"""Machine code of kernels: made by numba, and kept on disk for later runs."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from typing import Any, Final, ParamSpec, TypeVar

import numba
from numba.core.caching import FunctionCache

from newsdedup.stages.kernels.compiled import sources

P = ParamSpec("P")
R = TypeVar("R")

SOURCES: Final = sources()


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


def kept_in(function: Callable[..., object]) -> str:
    """The folder in which machine code of a kernel is kept."""
    dispatcher: Any = function
    return str(dispatcher._cache.cache_path)  # noqa: SLF001  # see above


def target() -> tuple[str, ...]:
    """What machine code is made for: the platform, the processor, and what it can do."""
    from numba.core.registry import cpu_target  # noqa: PLC0415  # takes a while to set up

    made_for: tuple[str, ...] = cpu_target.target_context.codegen().magic_tuple()
    return made_for


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """See `compiled.kernel`."""
    dispatcher: Any = numba.njit(nogil=True, error_model="numpy")(function)
    dispatcher._cache = _KernelCache(function)  # noqa: SLF001  # so does `njit(cache=True)`
    made: Callable[P, R] = dispatcher
    return made
