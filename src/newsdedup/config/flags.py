"""Flags of the command line as settings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag that was really given, as the key it sets and a value in YAML; `where` names it in messages."""

    where: str
    name: str
    value: str


def assignment(text: str) -> Flag:
    """The flag `--set section.key=value`."""
    name, equals, value = text.partition("=")
    return Flag(f"--set {text}", name.strip(), value if equals else "null")
