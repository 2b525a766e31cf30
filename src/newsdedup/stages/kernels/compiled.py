"""How kernels are worked: compiled to machine code, or, where a process was told so, as the plain Python that they are.

To compile takes a quarter of a minute, once on a machine; few articles are done with in plain Python before that. Both
give the same bits: a kernel says of which type a number is wherever numba and NumPy would take it for different ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib.resources import files
from typing import ParamSpec, TypeVar

import numpy as np

P = ParamSpec("P")
R = TypeVar("R")


class _Mode:
    """How this process works: kernels are compiled unless it was told otherwise before there were any."""

    interpreted = False
    begun = False


def interpret() -> None:
    """Have all kernels of this process be plain Python; only before the first of them is imported."""
    if _Mode.begun:
        raise RuntimeError("kernels are made already: whether they are compiled must be said before they are imported")
    _Mode.interpreted = True
    let_wrap()


def interpreted() -> bool:
    """Whether the kernels of this process are plain Python."""
    return _Mode.interpreted


def begun() -> bool:
    """Whether there are kernels already, so that nothing more can be said of how they work."""
    return _Mode.begun


def let_wrap() -> None:
    """In a process that interprets, have whole numbers wrap round silently, as hashes mean them to; in this thread."""
    if _Mode.interpreted:
        np.seterr(over="ignore")


def sources() -> str:
    """A hash of the sources of all kernels: machine code that was made of others is of no use."""
    digest = hashlib.sha256()
    for source in sorted(files(__package__).iterdir(), key=lambda file: file.name):
        if source.name.endswith(".py"):
            digest.update(source.read_bytes())
    return digest.hexdigest()


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile on first call, keep the machine code for later runs, and release the interpreter's lock while running.

    In a process that interprets it is the function itself.
    """
    _Mode.begun = True
    if _Mode.interpreted:
        return function
    from newsdedup.stages.kernels.machine_code import compiled  # noqa: PLC0415  # brings numba

    return compiled(function)
