"""Defaults, then a file, then the flags really given; all mistakes at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from newsdedup.config.contradictions import contradictions
from newsdedup.config.document import Given, Mistake, Place, from_file, from_flags
from newsdedup.config.flags import Flag
from newsdedup.config.limits import LIMITS
from newsdedup.config.schema import build, keys
from newsdedup.config.settings import Config
from newsdedup.config.values import convert
from newsdedup.config.weights import weights_given
from newsdedup.errors import ConfigError
from newsdedup.model.weights import Weights


def load(file: Path | None = None, flags: Iterable[Flag] = ()) -> Config:
    """The configuration in force.

    Raises ConfigError with every mistake of the file, in its order, and of the flags.
    """
    found = [*(from_file(file) if file else ()), *from_flags(list(flags))]
    given = [item for item in found if isinstance(item, Given)]
    mistakes = [item for item in found if isinstance(item, Mistake)]
    values = {name: key.default for name, key in keys().items()}
    wrong = set()
    for item in given:
        value = weights_given(item) if keys()[item.name].type is Weights else _value(item)
        if isinstance(value, list):
            wrong.add(item.name)
            mistakes += value
        else:
            values[item.name] = value
    places = {item.name: item.place for item in given}  # of two that set a key, the last is the one in force
    mistakes += _contradictions(values, wrong, places)
    if mistakes:
        mistakes.sort(key=lambda mistake: mistake.place.line)
        raise ConfigError([f"{mistake.place.name}: {mistake.sentence}" for mistake in mistakes])
    return build(values)


def _value(item: Given) -> object | list[Mistake]:
    try:
        value = convert(item.node, keys()[item.name].type)
    except ValueError as error:
        return [Mistake(item.place, f"{item.name} {error}")]
    limit = LIMITS.get(item.name)
    if limit and isinstance(value, int | float) and value not in limit:
        return [Mistake(item.place, f"{item.name} must be {limit}, not {item.node.value}")]
    return value


def _contradictions(values: Mapping[str, object], wrong: set[str], places: Mapping[str, Place]) -> Iterator[Mistake]:
    """Contradictions between values that are sound in themselves, each at the last place that takes part in it."""
    for names, sentence in contradictions(values):
        if not wrong.intersection(names):
            last = max((place for name, place in places.items() if name in names), key=lambda place: place.line)
            yield Mistake(last, sentence)
