"""The figures and names that two articles share, and those that only one has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice

from newsdedup.model.report import Facts
from newsdedup.stages.text.credits import blank, find_credits
from newsdedup.stages.text.figures import Figure, figures, same_figure
from newsdedup.stages.text.names import names

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
            [(figure.spelled, _given(figure, figures_b)) for figure in figures_a.values()],
            [(figure.spelled, _given(figure, figures_a)) for figure in figures_b.values()],
        ),
        *_sort_out(
            zip(names_a.values(), _named(names_a, names_b), strict=True),
            zip(names_b.values(), _named(names_b, names_a), strict=True),
        ),
    )


Entries = tuple[str, ...]
_Figures = Mapping[tuple[float, bool], Figure]
"""By what they are worth and whether they are percentages, in order."""
_Names = Mapping[frozenset[str], str]
"""By their words, in order."""


@lru_cache(maxsize=16)
def _told(text: str) -> tuple[_Figures, _Names]:
    """The different figures and names of a text; kept for a while, as a canonical text has many variants."""
    story = blank(text, find_credits(text))
    return _different_figures(figures(story)), _different_names(names(story))


def _sort_out(in_a: Iterable[tuple[str, bool]], in_b: Iterable[tuple[str, bool]]) -> tuple[Entries, Entries, Entries]:
    """What both have, only a, only b, from what each has and whether the other has it."""
    in_a = list(in_a)
    return (
        tuple(spelled for spelled, shared in in_a if shared)[:MAX_ENTRIES],
        tuple(spelled for spelled, shared in in_a if not shared)[:MAX_ENTRIES],
        tuple(spelled for spelled, shared in in_b if not shared)[:MAX_ENTRIES],
    )


def _different_figures(found: Iterable[Figure]) -> _Figures:
    """The first of every figure."""
    first: dict[tuple[float, bool], Figure] = {}
    for figure in found:
        first.setdefault((figure.value, figure.percent), figure)
    return dict(islice(first.items(), MAX_COMPARED))


def _different_names(found: Iterable[str]) -> _Names:
    """The first of every name."""
    first: dict[frozenset[str], str] = {}
    for name in found:
        first.setdefault(frozenset(name.casefold().replace("\u2019", "'").split()), name)
    return dict(islice(first.items(), MAX_COMPARED))


# most figures and names of two texts are quite the same, which is seen at once; only the others are compared with all


def _given(figure: Figure, others: _Figures) -> bool:
    return (figure.value, figure.percent) in others or any(
        [same_figure(figure, other) for other in others.values() if other.unit != figure.unit]  # noqa: C419  # quicker
    )


def _named(names: _Names, others: _Names) -> list[bool]:
    known = frozenset().union(*others)
    return [
        words in others or (not words.isdisjoint(known) and any(words <= other or other <= words for other in others))
        for words in names
    ]
