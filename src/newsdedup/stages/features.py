"""What the model looks at: each feature one small function of the evidence on a pair.

All are symmetric, and mean the same in every script and language. A sign says which way common sense fixes the weight:
+1 speaks for one story, -1 against it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from newsdedup.model.match import COLUMN
from newsdedup.model.sketch import Float32Array, Float64Array


class Columns:
    """The evidence on n pairs by name, float64 (n,) each."""

    def __init__(self, evidence: Float32Array) -> None:
        self._evidence = evidence

    def __getitem__(self, name: str) -> Float64Array:
        values: Float64Array = self._evidence[:, COLUMN[name]].astype(np.float64)
        return values

    def known(self, name: str, unknown: float) -> Float64Array:
        """The column with `unknown` where nothing is known (-1.0)."""
        values = self[name]
        return np.where(values < 0, unknown, values)


@dataclass(frozen=True, slots=True)
class Feature:
    """One input of the model."""

    sign: int
    measure: Callable[[Columns], Float64Array]
    meaning: str
    """What it says of a pair, to follow "because of"."""


def _days(c: Columns) -> Float64Array:
    """Where a date is unknown: half a day if both name the same day of the week, two more than lies between if others.

    One and a half if they name none. Labelled pairs with their dates hidden are judged best so (log-loss).
    """
    week = c["weekdays_apart"]
    unknown = np.select([week < 0, week == 0], [1.5, 0.5], week + 2)
    return np.log1p(np.where(c["days_apart"] < 0, unknown, c["days_apart"]))


def _inside(c: Columns) -> Float64Array:
    """High where the shorter stands inside a much longer one that begins otherwise, under another headline."""
    unlike = 1 - c.known("headline", unknown=0.5)
    return (1 - c["lead_longer"]) * (1 - c["length_ratio"]) * c["coverage"] * unlike


def _figures_replaced(c: Columns) -> Float64Array:
    """High where two are of a length and other figures stand in the places of the figures."""
    return c["figures_replaced"] / (c["figures_kept"] + c["figures_replaced"] + 1) * c["length_ratio"]


def _names(c: Columns) -> Float64Array:
    """The share of the names kept, the nearer to it the more names there are; even where a script has no capitals."""
    kept, names = c["names_shared"], c["names_shared"] + c["names_differing"]
    return np.where(names > 0, kept / (names + 2), 0.5)


def _headline(c: Columns) -> Float64Array:
    """How alike the headlines are; where they are not known, the beginnings of the texts and the texts themselves."""
    beginnings = np.minimum(c["lead"], c["lead_longer"])
    return np.where(c["headline"] < 0, (beginnings + c["coverage"]) / 2, c["headline"])


def _other_headlines(c: Columns) -> Float64Array:
    """High where two texts are much the same but each headline names what the other article never does."""
    return np.minimum(c["headline_news"] / 0.2, 1) * c["coverage_longer"]


FEATURES: dict[str, Feature] = {
    "alignment": Feature(+1, lambda c: c["alignment"], "words of the shorter that stand in the longer, in order"),
    "matched": Feature(+1, lambda c: np.log1p(c["alignment"] * c["words"]), "how many words that is"),
    "words": Feature(+1, lambda c: np.log1p(c["words"]), "how long the shorter is"),
    "headline": Feature(+1, _headline, "how alike the headlines are"),
    "headline_news": Feature(-1, _other_headlines, "headlines that each name what the other article does not"),
    "names": Feature(+1, _names, "names of the shorter that the longer has too"),
    "names_kept": Feature(+1, lambda c: np.log1p(c["names_shared"]), "how many names that is"),
    "figures_missing": Feature(-1, lambda c: np.log1p(c["figures_differing"]), "figures that the longer lacks"),
    "figures_replaced": Feature(-1, _figures_replaced, "other figures in the same places"),
    "news": Feature(-1, lambda c: c["news"], "what the shorter says that the longer does not"),
    "replaced": Feature(-1, lambda c: c["replaced"] * c["coverage_longer"], "other words in the same places"),
    "recurring": Feature(-1, lambda c: c.known("recurring", unknown=0.4), "sharing what comes up day after day"),
    "days": Feature(-1, _days, "the time between them"),
    "days_of_a_length": Feature(-1, lambda c: _days(c) * c["length_ratio"], "time between two of a length"),
    "inside": Feature(-1, _inside, "the shorter standing inside another story"),
}


def features_of(evidence: Float32Array, names: Iterable[str]) -> Float64Array:
    """The named features of each pair, float64 (pairs, names).

    Raises KeyError if a name is not in FEATURES.
    """
    columns = Columns(evidence)
    return np.stack([FEATURES[name].measure(columns) for name in names], axis=1)
