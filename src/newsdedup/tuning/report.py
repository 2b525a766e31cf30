"""What a fit found, as a table for people and as plain values for programs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from newsdedup.evaluation.scores import Agreement
from newsdedup.stages.features import FEATURES
from newsdedup.tuning.tune import Tuned

_NAME = 30
_CELL = 11


def as_text(tuned: Tuned) -> str:
    """The tables: how the fit does on pairs it has not seen, and what the weights are."""
    return "\n".join(_lines(tuned))


def as_data(tuned: Tuned) -> dict[str, Any]:
    """Plain values, with None where there was nothing to count."""
    weights = tuned.weights
    return {
        "fitted_on": list(weights.fitted_on),
        "cross_validated": {name: _scores(found) for name, found in tuned.cross_validated.items()},
        "unseen_archive": {name: _scores(found) for name, found in tuned.unseen_archive.items()},
        "min_probability": tuned.min_probability,
        "reached": tuned.reached,
        "missing": dict(tuned.missing),
        "bias": round(weights.bias, 3),
        "features": [
            {
                "name": name,
                "weight": round(weight, 3),
                "carries": round(tuned.carried[name], 3),
                "typical": round(weights.typical[name], 3),
                "meaning": FEATURES[name].meaning,
            }
            for name, weight in weights.weights.items()
        ],
    }


def _lines(tuned: Tuned) -> Iterator[str]:
    for name, count in tuned.missing.items():
        if count:
            yield f"{name}: left out {count:,} labelled pairs, as an article of theirs is not in the archive"
    unreached = "" if tuned.reached else "; no probability reaches the precision asked for"
    yield f"one story from a probability of {tuned.min_probability:g} on{unreached}"
    yield ""
    yield from _table("articles it had not seen", tuned.cross_validated)
    if tuned.unseen_archive:
        yield ""
        yield from _table("archives it had not seen", tuned.unseen_archive)
    yield ""
    yield _row("feature", "weight", "carries", "what it looks at")
    for name in sorted(FEATURES, key=lambda name: (-abs(tuned.carried[name]), name)):
        weight, carried = tuned.weights.weights[name], tuned.carried[name]
        yield _row(name, f"{weight:+.3f}", f"{carried:+.3f}", FEATURES[name].meaning)
    yield _row("bias", f"{tuned.weights.bias:+.3f}")


def _table(title: str, scores: Mapping[str, Agreement]) -> Iterator[str]:
    yield _row(title, "precision", "recall", "F1")
    for name, found in scores.items():
        yield _row(name, *(_cell(value) for value in (found.precision.value, found.recall.value, found.f1)))
    if len(scores) > 1:
        yield _row("mean", "", "", _cell(sum(found.f1 for found in scores.values()) / len(scores)))


def _row(name: str, *cells: str) -> str:
    return f"{name:{_NAME}}  {''.join(f'{cell:{_CELL}}' for cell in cells)}".rstrip()


def _cell(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.3f}"


def _scores(found: Agreement) -> dict[str, float | None]:
    values = {"precision": found.precision.value, "recall": found.recall.value, "f1": found.f1}
    return {name: None if math.isnan(value) else round(value, 4) for name, value in values.items()}
