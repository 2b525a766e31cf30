"""What a run is told: the plan, and how to carry it out."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsdedup.plan import Plan
from newsdedup.writers import WRITERS


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a run that no stage needs; the section `run` of a configuration."""

    report: tuple[str, ...] = field(default_factory=WRITERS.names)
    """The outputs to write, by name."""
    diffs: bool = True
    """Compare each variant with its canonical article word by word."""
    workers: int | None = None
    """Processes that read and sketch; None is one for each core. Never changes a result."""


@dataclass(frozen=True, slots=True)
class Config:
    """A whole configuration, checked."""

    plan: Plan = field(default_factory=Plan)
    settings: Settings = field(default_factory=Settings)
