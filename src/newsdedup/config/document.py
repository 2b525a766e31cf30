"""A configuration as it was written: dotted names, where each stands, and the YAML node of its value."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from newsdedup.config.flags import Flag
from newsdedup.config.schema import groups, keys, suggestion


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written, by which mistakes are sorted: the file's by line, then those of the flags."""

    line: int
    name: str
    """`file:line`, or the flag."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, in a sentence, and where."""

    place: Place
    sentence: str


@dataclass(frozen=True, slots=True)
class Given:
    """One value that was given."""

    place: Place
    name: str
    node: yaml.Node
    file: Path | None = None
    """The file it was written in; None for a flag."""


def from_file(path: Path) -> Iterator[Given | Mistake]:
    """All values of a file, and all that is not YAML or not a known key."""
    root = compose(path)
    if isinstance(root, Mistake):
        yield root
    elif root is not None:
        yield from _walk(root, "", path)


def compose(path: Path) -> yaml.Node | Mistake | None:
    """The YAML of a file, None if there is nothing in it, or why there is none to be had."""
    try:
        return yaml.compose(path.read_bytes(), Loader=yaml.SafeLoader)
    except OSError as error:
        return Mistake(place_in(path), f"{error.strerror}")
    except yaml.YAMLError as error:
        return Mistake(place_in(path, getattr(error, "problem_mark", None)), f"not YAML: {_reason(error)}")
    except RecursionError:
        return Mistake(place_in(path), "not a configuration: nested too deeply")


def from_flags(flags: list[Flag]) -> Iterator[Given | Mistake]:
    """The values of flags, and all that is not YAML or not a known key."""
    for flag in flags:
        place = Place(sys.maxsize, flag.where)
        if flag.name not in keys():
            yield Mistake(place, f'there is no key "{flag.name}"{suggestion(flag.name)}')
            continue
        try:
            node = yaml.compose(flag.value, Loader=yaml.SafeLoader)
        except (yaml.YAMLError, RecursionError):
            yield Mistake(place, f"{flag.value!r} is not a YAML value")
        else:
            yield Given(place, flag.name, node or yaml.ScalarNode("tag:yaml.org,2002:null", ""))


def _walk(node: yaml.Node, group: str, path: Path) -> Iterator[Given | Mistake]:
    if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null":
        return  # a section whose keys are all commented out
    if not isinstance(node, yaml.MappingNode):
        yield Mistake(
            place_in(path, node.start_mark), f"{group or 'a configuration'} must hold keys, each as `name: value`"
        )
        return
    seen: dict[str, int] = {}
    for key, value in node.value:
        place = place_in(path, key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            yield Mistake(place, "a key must be a word")
            continue
        name = f"{group}.{key.value}" if group else key.value
        if name in seen:
            yield Mistake(place, f'"{name}" is given twice, first on line {seen[name]}')
        elif "." in key.value:
            yield Mistake(place, f'there is no key "{name}" at this level{suggestion(name)}')
        elif name in groups():
            yield from _walk(value, name, path)
        elif name in keys():
            yield Given(place, name, value, path)
        else:
            yield Mistake(place, f'there is no key "{name}"{suggestion(name)}')
        seen.setdefault(name, place.line)


def place_in(path: Path, mark: yaml.Mark | None = None) -> Place:
    """The line of a mark, or the file as a whole."""
    return Place(mark.line + 1, f"{path}:{mark.line + 1}") if mark else Place(0, str(path))


def _reason(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.reader.ReaderError):
        return f"{error.reason} at position {error.position}"
    return str(getattr(error, "problem", None) or error)
