"""The permutations of MinHash, which are datasketch's.

Those of the default parameters are kept in `permutations.npy`, since importing datasketch takes as long as all else
that happens before the first article is read; `python -m newsdedup.stages.kernels.permutations > permutations.npy`.
"""

from __future__ import annotations

import functools
import sys
from importlib import resources

import numpy as np

from newsdedup.model.sketch import SketchParams, UInt32Array

DEFAULT = SketchParams()
KEPT = "permutations.npy"


@functools.cache
def permutations(num_perm: int, seed: int) -> UInt32Array:
    """Multipliers and increments of datasketch's scheme "affine32", uint32 (2, num_perm)."""
    if (num_perm, seed) == (DEFAULT.num_perm, DEFAULT.seed):
        with resources.files(__package__).joinpath(KEPT).open("rb") as file:
            return np.load(file, allow_pickle=False)  # type: ignore[no-any-return]  # the file says of what type it is
    return drawn(num_perm, seed)


def drawn(num_perm: int, seed: int) -> UInt32Array:
    """What datasketch draws, shaped as above."""
    from datasketch import MinHash  # noqa: PLC0415  # brings scipy

    return np.ascontiguousarray(MinHash(num_perm=num_perm, seed=seed, scheme="affine32").permutations, np.uint32)


if __name__ == "__main__":
    np.save(sys.stdout.buffer, drawn(DEFAULT.num_perm, DEFAULT.seed))
