"""Two texts side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsdedup.stages.diff.zones import Zone
from newsdedup.stages.text.words import Words


@dataclass(frozen=True, slots=True)
class Sides:
    """The two texts that are compared: words, the same words spelt for alignment, and the zone of each."""

    a: Words
    b: Words
    spelt_a: str
    spelt_b: str
    zones_a: Sequence[Zone]
    zones_b: Sequence[Zone]
