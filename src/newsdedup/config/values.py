"""One YAML value as the type its key asks for.

The type decides how a plain word is read, not YAML's own guess: `no` is a truth value where one is wanted
and a word where a word is, `1` is a fraction where one is wanted, `1e-3` is a number and `1:30` is not.
"""

from __future__ import annotations

import math
import re
from types import UnionType
from typing import Any, Union, get_args, get_origin

import yaml

_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9_]*)")
_TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def convert(node: yaml.Node, hint: Any) -> object:  # noqa: ANN401  # a type hint has no type of its own
    """The value of a node.

    Raises ValueError, ending the sentence "the key ...", if it is not of that type.
    """
    if get_origin(hint) in {Union, UnionType}:
        (inner,) = (kind for kind in get_args(hint) if kind is not type(None))
        return None if _is_null(node) else convert(node, inner)
    if get_origin(hint) is tuple:
        return _words(node)
    text = _plain(node)
    if hint is bool:
        return _checked(None if text is None else _TRUTH.get(text.lower()), "true or false", node)
    if hint is int:
        return _checked(int(text) if text and _WHOLE.fullmatch(text) else None, "a whole number", node)
    if hint is float:
        return _checked(_finite(text), "a number", node)
    if hint is str:
        return _checked(_word(node), "a word", node)
    raise TypeError(f"no way to read a {hint} from YAML")


def _words(node: yaml.Node) -> tuple[str, ...]:
    items = [_word(item) for item in node.value] if isinstance(node, yaml.SequenceNode) else [None]
    words = tuple(item for item in items if item is not None)
    if len(words) != len(items):
        raise ValueError(f"must be a list of words such as [a, b], not {_shown(node)}")
    return words


def _word(node: yaml.Node) -> str | None:
    return str(node.value) if isinstance(node, yaml.ScalarNode) and not _is_null(node) else None


def _plain(node: yaml.Node) -> str | None:
    """The text of a value written without quotes."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) and not node.style else None


def _finite(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _is_null(node: yaml.Node) -> bool:
    return bool(node.tag == "tag:yaml.org,2002:null")


def _checked(value: object, wanted: str, node: yaml.Node) -> object:
    if value is None:
        raise ValueError(f"must be {wanted}, not {_shown(node)}")
    return value


def _shown(node: yaml.Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        return "this list"
    if isinstance(node, yaml.MappingNode):
        return "a section"
    return "empty" if _is_null(node) else f'"{node.value}"'
