"""The default configuration as a file, every key explained."""

from __future__ import annotations

from importlib.resources import files


def template() -> bytes:
    """`default.yaml`, which stands beside this module."""
    return files("newsdedup.config").joinpath("default.yaml").read_bytes()
