"""Which keys a configuration has, as the dataclasses of the plan and the settings tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, get_type_hints

from newsdedup.config.settings import Config, Settings
from newsdedup.model.weights import Weights
from newsdedup.plan import Plan
from newsdedup.registry import did_you_mean

T = TypeVar("T")

FACTS = frozenset({"sketch.normaliser"})
"""Fields that say what the program is; they are reported, but nobody sets them."""


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that can be set: `sketch.num_perm`, an int, 128 unless set."""

    name: str
    type: Any
    default: object


@cache
def keys() -> Mapping[str, Key]:
    """Every key by its dotted name, in the order of the fields."""
    found = [key for section, kind in sections().items() for key in _keys_of(kind, section)]
    return {key.name: key for key in found if key.name not in FACTS}


@cache
def sections() -> Mapping[str, type]:
    """The top-level sections: those of the plan, then `run`."""
    return {**get_type_hints(Plan), "run": Settings}


@cache
def groups() -> frozenset[str]:
    """Dotted names that hold keys and have no value of their own: `reader`, `reader.fields`."""
    return frozenset(parent for name in keys() for parent in _parents(name))


def suggestion(unknown: str) -> str:
    """What was likely meant by a dotted name that is no key: a clause to end a sentence with, or nothing."""
    parent, _, leaf = unknown.rpartition(".")
    known = [*keys(), *sorted(groups())]
    if unknown in FACTS:
        return ", it comes with the version of the program"
    if unknown in keys():
        return f', write "{leaf}" indented under "{parent}:"'
    if unknown in groups():
        first = next(name for name in keys() if name.startswith(f"{unknown}."))
        return f", only keys in it, such as {first}"
    elsewhere = [name for name in known if name.rpartition(".")[2] == leaf]
    if elsewhere:
        return f', did you mean "{elsewhere[0]}"?'
    siblings = [name for name in known if name.rpartition(".")[0] == parent]
    return did_you_mean(unknown, siblings) or did_you_mean(unknown, known)


def build(values: Mapping[str, object]) -> Config:
    """A configuration from values by dotted name; what is not named keeps its default.

    Raises ValueError, from the dataclass concerned, if values contradict each other.
    """
    built: dict[str, Any] = {name: build_section(kind, name, values) for name, kind in sections().items()}
    return Config(settings=built.pop("run"), plan=Plan(**built))


def build_section(kind: Callable[..., T], section: str, values: Mapping[str, object]) -> T:
    """The dataclass of one section; see `build`."""
    given: dict[str, object] = {}
    for name, hint in get_type_hints(kind).items():
        dotted = f"{section}.{name}"
        if _is_section(hint):
            given[name] = build_section(hint, dotted, values)
        elif dotted in values:
            given[name] = values[dotted]
    return kind(**given)


def _keys_of(kind: type, section: str) -> Iterator[Key]:
    hints = get_type_hints(kind)
    for item in fields(kind):
        dotted = f"{section}.{item.name}"
        if _is_section(hints[item.name]):
            yield from _keys_of(hints[item.name], dotted)
        else:
            yield Key(dotted, hints[item.name], _default(item))


def _is_section(hint: Any) -> bool:  # noqa: ANN401  # a type hint has no type of its own
    return is_dataclass(hint) and hint is not Weights  # weights are the value of one key


def _default(item: Field[Any]) -> object:
    return item.default if item.default_factory is MISSING else item.default_factory()


def _parents(name: str) -> Iterator[str]:
    parts = name.split(".")
    return (".".join(parts[:i]) for i in range(1, len(parts)))
