"""Which pairs are compared next."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.compiled import kernel


@kernel
def strongest_of_each(
    order: NDArray[np.int64],
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    quota: int,
    taken: NDArray[np.int32],
    chosen: NDArray[np.bool_],
) -> None:
    """Choose, going through the pairs in `order`, each of which one article has not had `quota` pairs yet.

    `taken` int32 (articles,) counts how many each has had; it starts as zeros.
    """
    for row in order:
        a, b = left[row], right[row]
        if taken[a] < quota or taken[b] < quota:
            taken[a] += 1
            taken[b] += 1
            chosen[row] = True
