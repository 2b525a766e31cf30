"""Machine code of kernels: made by numba, and kept on disk for later runs."""

from __future__ import annotations

import hashlib
import importlib
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, ParamSpec, TypeVar

import numba
from numba.core.caching import FunctionCache, IndexDataCacheFile

from newsdedup.stages.kernels.compiled import sources

P = ParamSpec("P")
R = TypeVar("R")

SOURCES: Final = sources()
_MADE: Final = (numba.__version__, SOURCES)
"""By what machine code is made, and of what."""


class _KeptCode(IndexDataCacheFile):
    """Machine code of one kernel: a file for each type of arguments and processor, which says what it was made of.

    Numba numbers the files, and an index leads to them, which it writes first. So of two processes that compile at a
    time, or after an upgrade, one may be led to the code of other types or of older sources, and later runs with it.
    Here nothing leads to a file but its name, and it is taken for what it says of itself.
    """

    def __init__(self, cache_path: str, filename_base: str) -> None:
        super().__init__(cache_path, filename_base, SOURCES)  # type: ignore[no-untyped-call]  # numba's own is untyped
        self._base = filename_base

    def load(self, key: tuple[object, ...]) -> Any:  # noqa: ANN401  # numba's own, and untyped
        """What was kept with that key; None if nothing was, or it was made of other sources, or is damaged."""
        with suppress(OSError, EOFError, pickle.UnpicklingError):
            made, kept_with, data = self._load_data(self._name_of(key))  # type: ignore[no-untyped-call]
            if (made, kept_with) == (_MADE, key):
                return data
        return None

    def save(self, key: tuple[object, ...], data: object) -> None:
        """Keep machine code for later; where there is no room for it, later runs compile it again."""
        with suppress(OSError):
            self._save_data(self._name_of(key), (_MADE, key, data))  # type: ignore[no-untyped-call]

    def _name_of(self, key: tuple[object, ...]) -> str:
        types, processor, *_ = key
        made_for = repr((numba.__version__, types, processor))
        return f"{self._base}.{hashlib.sha256(made_for.encode()).hexdigest()[:16]}.nbc"


class _KernelCache(FunctionCache):
    """Machine code kept on disk for as long as no kernel changes.

    Numba alone compares the date and size of one file, so that a kernel would outlive a change of another that it
    calls, and an upgrade of the package that leaves both as they were.
    """

    def __init__(self, function: Callable[..., object]) -> None:
        super().__init__(function)  # type: ignore[no-untyped-call]  # numba's own is untyped
        self._cache_file = _KeptCode(self._cache_path, self._impl.filename_base)


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
