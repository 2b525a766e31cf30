"""The weights of the model as a value of the configuration: the path of a file, or written in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path

import yaml

from newsdedup.config.document import Given, Mistake, Place, compose, place_in
from newsdedup.config.values import convert
from newsdedup.model.weights import Weights, shipped_weights
from newsdedup.registry import did_you_mean
from newsdedup.stages.features import FEATURES

_PARTS = tuple(part.name for part in fields(Weights))
_NEEDED = ("bias", "weights")


def weights_given(item: Given) -> Weights | list[Mistake]:
    """The weights that a value stands for: those of the file it names, its own, or for null the shipped ones.

    A path begins at the file that holds it, or at the working directory. The mistakes of a file of weights carry its
    own lines, and stand among the others where the configuration names it.
    """
    if item.node.tag == "tag:yaml.org,2002:null":
        return shipped_weights()
    if isinstance(item.node, yaml.MappingNode):
        return _Reading(item.place, item.file).weights(item.node)
    if not isinstance(item.node, yaml.ScalarNode):
        return [Mistake(item.place, f"{item.name} must be the path of a file of weights")]
    path = (item.file.parent if item.file else Path()) / str(item.node.value)
    root = compose(path)
    if isinstance(root, Mistake):
        return [Mistake(Place(item.place.line, root.place.name), root.sentence)]
    return _Reading(item.place, path).weights(root)


class _Reading:
    """One reading of weights, which notes every mistake on the way."""

    def __init__(self, given: Place, file: Path | None) -> None:
        self._given = given
        self._file = file
        self._mistakes: list[Mistake] = []

    def weights(self, node: yaml.Node | None) -> Weights | list[Mistake]:
        if not isinstance(node, yaml.MappingNode):
            self._note(node, "no weights: they are a `bias` and `weights`, a number for each feature")
            return self._mistakes
        parts = dict(self._items(node, "part of weights", _PARTS))
        for name in _NEEDED:
            if name not in parts:
                self._note(node, f"weights without `{name}`")
        bias, fitted_on = parts.get("bias"), parts.get("fitted_on")
        found = Weights(
            bias=self._number("bias", bias) if bias else 0.0,
            weights=self._numbers("weights", parts.get("weights")),
            typical=self._numbers("typical", parts.get("typical")),
            fitted_on=self._words("fitted_on", fitted_on) if fitted_on else (),
        )
        return self._mistakes or found

    def _numbers(self, name: str, node: yaml.Node | None) -> Mapping[str, float]:
        """A number for each feature that is named."""
        if isinstance(node, yaml.MappingNode):
            items = self._items(node, "feature", tuple(FEATURES))
            return {feature: self._number(feature, value) for feature, value in items}
        if node:
            self._note(node, f"{name} must hold features, each as `name: number`")
        return {}

    def _number(self, name: str, node: yaml.Node) -> float:
        value = self._converted(name, node, float)
        return value if isinstance(value, float) else 0.0

    def _words(self, name: str, node: yaml.Node) -> tuple[str, ...]:
        value = self._converted(name, node, tuple[str, ...])
        return value if isinstance(value, tuple) else ()

    def _converted(self, name: str, node: yaml.Node, kind: object) -> object:
        try:
            return convert(node, kind)
        except ValueError as error:
            self._note(node, f"{name} {error}")
            return None

    def _items(self, node: yaml.MappingNode, kind: str, known: tuple[str, ...]) -> Iterator[tuple[str, yaml.Node]]:
        """The known keys of a mapping, each once, with their values."""
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                self._note(key, f'"{name}" is given twice')
            elif name in known:
                yield name, value
            else:
                self._note(
                    key, f'there is no {kind} "{name}"{did_you_mean(name, known)} (there are: {", ".join(known)})'
                )
            seen.add(name)

    def _note(self, node: yaml.Node | None, sentence: str) -> None:
        mark = node.start_mark if node else None
        name = place_in(self._file, mark).name if self._file else self._given.name
        self._mistakes.append(Mistake(Place(self._given.line, name), sentence))
