"""Bars that each begin where the one before ended, in characters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise


def running_bars(base: float, steps: Sequence[float], width: int) -> list[tuple[str, str, str]]:
    """What stands before, in and behind the bar of each step, together `width` characters.

    The scale holds 0, `base` and every sum of the steps so far; 0 is marked with a line where no bar covers it. A step
    up is drawn `█`, a step down `░`; one too small to see has no bar.
    """
    sums = list(accumulate(steps, initial=base))
    low, high = min(0.0, *sums), max(0.0, *sums)
    scale = (width - 1) / ((high - low) or 1.0)

    def place(value: float) -> int:
        return round((value - low) * scale)

    blank = [" "] * width
    blank[place(0.0)] = "│"
    rows = []
    for before, after in pairwise(sums):
        start, stop = sorted((place(before), place(after)))
        fill = ("█" if after > before else "░") * (stop - start)
        rows.append(("".join(blank[:start]), fill, "".join(blank[stop:])))
    return rows
