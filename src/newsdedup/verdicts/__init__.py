"""Ways to tell what a check found: one file each, named in `FORMATS`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newsdedup.registry import Registry

if TYPE_CHECKING:  # the model loads numpy, which `newsdedup --help` does without
    from newsdedup.model.verdict import CheckReport

FORMATS: Registry[Callable[[CheckReport, str], str]] = Registry(
    "format",
    {
        "text": "newsdedup.verdicts.text:render",
        "json": "newsdedup.verdicts.json_forms:render",
        "jsonl": "newsdedup.verdicts.json_forms:render_lines",
        "github": "newsdedup.verdicts.github:render",
        "gitlab": "newsdedup.verdicts.gitlab:render",
        "sarif": "newsdedup.verdicts.sarif:render",
        "junit": "newsdedup.verdicts.junit:render",
        "markdown": "newsdedup.verdicts.markdown:render",
    },
    entry_point_group="newsdedup.formats",
)
"""Each takes a report and the folder that paths are to be relative to, and gives the whole text."""
