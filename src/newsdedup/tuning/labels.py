"""Labelled pairs of several archives, measured, as a fit takes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from newsdedup.evaluation.joining import joined
from newsdedup.evaluation.truth import ONE_STORY, LabelledPair
from newsdedup.labelled import MeasuredPairs
from newsdedup.model.sketch import BoolArray, Float64Array, Int64Array
from newsdedup.stages.features import FEATURES, features_of


@dataclass(frozen=True, slots=True)
class Archive:
    """The labelled pairs of one archive beside what was measured of them."""

    name: str
    pairs: Sequence[LabelledPair]
    measured: MeasuredPairs


@dataclass(frozen=True, slots=True)
class Labels:
    """The n labelled pairs of all archives.

    float64 `features` (n, k), in the order of FEATURES; bool `one_story` and `sure` (n,); int64 `archive` (n,) indexes
    `names`; int64 `unit` (n,): pairs that share an article, also by way of other pairs, have the same.
    """

    names: tuple[str, ...]
    missing: tuple[int, ...]
    """How many pairs of each archive are left out, as an article of theirs is not in it."""
    archive: Int64Array
    features: Float64Array
    one_story: BoolArray
    sure: BoolArray
    unit: Int64Array

    def __len__(self) -> int:
        return len(self.archive)

    def take(self, rows: BoolArray) -> Labels:
        """The chosen pairs."""
        return replace(
            self,
            archive=self.archive[rows],
            features=self.features[rows],
            one_story=self.one_story[rows],
            sure=self.sure[rows],
            unit=self.unit[rows],
        )

    @property
    def importance(self) -> Float64Array:
        """How many pairs each counts for, float64 (n,): each archive weighs the same, a pair that is not sure half."""
        certain = np.where(self.sure, 1.0, 0.5)
        sums = np.bincount(self.archive, certain, len(self.names))
        share: Float64Array = certain / sums[self.archive] * certain.sum() / np.count_nonzero(sums)
        return share


def gather(archives: Iterable[Archive]) -> Labels:
    """All labelled pairs whose articles are in their archive.

    Raises ValueError if an archive has none.
    """
    parts = [_labels(place, archive) for place, archive in enumerate(archives)]
    units = np.cumsum([0, *(part.unit.max() + 1 for part in parts)])
    return Labels(
        names=tuple(name for part in parts for name in part.names),
        missing=tuple(count for part in parts for count in part.missing),
        archive=np.concatenate([part.archive for part in parts]),
        features=np.concatenate([part.features for part in parts]),
        one_story=np.concatenate([part.one_story for part in parts]),
        sure=np.concatenate([part.sure for part in parts]),
        unit=np.concatenate([part.unit + first for part, first in zip(parts, units[:-1], strict=True)]),
    )


def _labels(place: int, archive: Archive) -> Labels:
    found = [archive.pairs[row] for row in archive.measured.rows.tolist()]
    if not found:
        raise ValueError(f"{archive.name}: no labelled pair has both its articles in the archive")
    connected = joined((pair.a, pair.b) for pair in found)
    numbers = {name: number for number, name in enumerate(dict.fromkeys(connected.values()))}
    return Labels(
        names=(archive.name,),
        missing=(len(archive.measured.missing),),
        archive=np.full(len(found), place, np.int64),
        features=features_of(archive.measured.evidence, FEATURES),
        one_story=np.array([pair.label in ONE_STORY for pair in found], np.bool_),
        sure=np.array([pair.sure for pair in found], np.bool_),
        unit=np.array([numbers[connected[pair.a]] for pair in found], np.int64),
    )
