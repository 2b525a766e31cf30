"""The model of a pair: what each feature weighs, readable and kept in YAML."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model: the log-odds that two articles are one story are `bias` + the sum of weight * feature.

    `weights` maps names of features (`stages.features.FEATURES`) to their weights, `typical` to their means over the
    pairs they were fitted on; `fitted_on` says which those were.
    """

    bias: float
    weights: Mapping[str, float]
    typical: Mapping[str, float] = field(default_factory=dict)
    fitted_on: tuple[str, ...] = field(default=())

    def to_yaml(self) -> str:
        """The form in which weights are kept."""
        plain = {
            "fitted_on": list(self.fitted_on),
            "bias": round(self.bias, 3),
            "weights": {name: round(weight, 3) for name, weight in self.weights.items()},
            "typical": {name: round(value, 3) for name, value in self.typical.items()},
        }
        return yaml.safe_dump(plain, sort_keys=False, allow_unicode=True)


def weights_from(text: str) -> Weights:
    """Weights from their YAML.

    Raises ValueError if it is not of that form.
    """
    match yaml.safe_load(text):
        case {"bias": float() | int() as bias, "weights": dict() as weights, **rest}:
            typical: Any = rest.get("typical") or {}
            fitted_on: Any = rest.get("fitted_on") or ()
            return Weights(float(bias), _numbers(weights), _numbers(typical), tuple(fitted_on))
    raise ValueError("not a file of weights: it needs `bias` and `weights`, a mapping of features to numbers")


@functools.cache
def shipped_weights() -> Weights:
    """The weights that come with the package."""
    return weights_from(resources.files("newsdedup.model").joinpath("weights.yaml").read_text("utf-8"))


def _numbers(values: Mapping[str, float]) -> Mapping[str, float]:
    return {str(name): float(value) for name, value in values.items()}
