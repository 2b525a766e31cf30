"""The figures and names that two articles share, and those that only one has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from newsdedup.model.report import Facts
from newsdedup.stages.text.credits import blank, credit_spans
from newsdedup.stages.text.figures import Figure, figures, same_figure
from newsdedup.stages.text.names import Name, names

MAX_ENTRIES = 40
"""Entries in each list."""

MAX_COMPARED = 200
"""Different figures, and different names, of either text that are compared."""


def facts(a: str, b: str) -> Facts:
    """What two texts say in figures and names outside their credits, as spelled in them (what both say, as in a).

    Every list is without repeats, in order of appearance, and at most MAX_ENTRIES long. Figures are the same if equal
    or one is the other rounded; names if one has all the words of the other ("Putin", "Vladimir Putin").
    """
    figures_a, names_a = _told(a)
    figures_b, names_b = _told(b)
    return Facts(
        *_sort_out(
            [(figure.spelled, any(same_figure(figure, other) for other in figures_b)) for figure in figures_a],
            [(figure.spelled, any(same_figure(figure, other) for other in figures_a)) for figure in figures_b],
        ),
        *_sort_out(
            [(name.spelled, _known(name, names_b)) for name in names_a],
            [(name.spelled, _known(name, names_a)) for name in names_b],
        ),
    )


Entries = tuple[str, ...]


@lru_cache(maxsize=16)
def _told(text: str) -> tuple[Sequence[Figure], Mapping[Name, frozenset[str]]]:
    """The different figures and names of a text; kept for a while, as a canonical text has many variants."""
    story = blank(text, credit_spans(text))
    return _different_figures(figures(story)), _different_names(names(story))


def _sort_out(in_a: Iterable[tuple[str, bool]], in_b: Iterable[tuple[str, bool]]) -> tuple[Entries, Entries, Entries]:
    """What both have, only a, only b, from what each has and whether the other has it."""
    in_a = list(in_a)
    return (
        tuple(spelled for spelled, shared in in_a if shared)[:MAX_ENTRIES],
        tuple(spelled for spelled, shared in in_a if not shared)[:MAX_ENTRIES],
        tuple(spelled for spelled, shared in in_b if not shared)[:MAX_ENTRIES],
    )


def _different_figures(found: Iterable[Figure]) -> Sequence[Figure]:
    unique = {(figure.value, figure.percent): figure for figure in reversed(tuple(found))}
    return sorted(unique.values(), key=lambda figure: figure.start)[:MAX_COMPARED]


def _different_names(found: Iterable[Name]) -> dict[Name, frozenset[str]]:
    """The first of every name, in order, with its words."""
    first: dict[frozenset[str], Name] = {}
    for name in found:
        first.setdefault(_words(name), name)
    return {name: words for words, name in list(first.items())[:MAX_COMPARED]}


def _words(name: Name) -> frozenset[str]:
    return frozenset(name.spelled.casefold().replace("\u2019", "'").split())


def _known(name: Name, others: Mapping[Name, frozenset[str]]) -> bool:
    words = _words(name)
    return any(words <= other or other <= words for other in others.values())
