"""A configuration back to plain values and to YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import yaml

from newsdedup.config.schema import FACTS
from newsdedup.config.settings import Config, Settings
from newsdedup.plan import Plan


def resolved(plan: Plan, settings: Settings) -> Mapping[str, object]:
    """Every setting that can change a result, as a report records it: words, numbers, lists, mappings."""
    values = _plain(Config(plan, settings))
    del values["run"]["workers"]
    return values


def to_yaml(config: Config) -> str:
    """A file that gives this configuration again when it is loaded."""
    values = settable(config)
    return yaml.dump(values, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


def settable(config: Config) -> dict[str, Any]:
    """Every key with its value, by section."""
    values = _plain(config)
    for fact in FACTS:
        section, name = fact.split(".")
        del values[section][name]
    return values


def _plain(config: Config) -> dict[str, Any]:
    return _lists(asdict(config.plan) | {"run": asdict(config.settings)})


def _lists(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _lists(value) if isinstance(value, dict) else _list(value) for name, value in values.items()}


def _list(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


class _Dumper(yaml.SafeDumper):
    """Writes a list on one line, `[a, b]`."""


_Dumper.add_representer(
    list, lambda dumper, items: dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)
)
