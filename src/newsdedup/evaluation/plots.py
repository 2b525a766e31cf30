"""Two plots of judged pairs: what probabilities are worth, and what other thresholds would give."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from newsdedup.evaluation.calibration import Bin, Point
from newsdedup.evaluation.report import PairFigures
from newsdedup.evaluation.scores import Agreement
from newsdedup.evaluation.svg import BLUE, GRID, MUTED, ORANGE, XY, at, dot, line, plot, text

_PALE = "#bcd2ef"
_SMALLEST, _LARGEST = 4.0, 11.0
"""Radius of a dot, in pixels."""


def reliability_plot(figures: Mapping[str, PairFigures]) -> str:
    """How often pairs of about one probability truly are one story, as SVG; of the sure pairs, if there are any."""
    name, shown = _main(figures)
    measured = shown.calibration
    return plot(
        "Is a probability worth what it says?",
        f"{name} · Brier score {measured.brier:.3f} · calibration error {measured.error:.3f}",
        "probability that the program gives",
        "share that truly is one story",
        "dots: pairs of about that probability · bars: 95% intervals · dotted: as it should be",
        _reliability_marks(measured.bins),
    )


def precision_recall_plot(figures: Mapping[str, PairFigures]) -> str:
    """Precision over recall of "one story" for every threshold, as SVG; sure pairs strongly, all pairs faintly."""
    name, shown = _main(figures)
    return plot(
        "Precision and recall of “one story”",
        f"{name} · average precision {shown.calibration.average_precision:.3f}",
        "recall: of pairs of one story, the share found",
        "precision: of pairs found, the share that is one story",
        "curve: every threshold on the probability · dots: what the settings in force give",
        _curve_marks(figures, shown),
    )


def _main(figures: Mapping[str, PairFigures]) -> tuple[str, PairFigures]:
    name = "sure" if "sure" in figures else "all"
    pairs = figures[name].scores.pairs
    return f"{pairs:,} {'sure pairs' if name == 'sure' else 'pairs'}", figures[name]


def _reliability_marks(bins: tuple[Bin, ...]) -> Iterator[str]:
    yield line([(0, 0), (1, 1)], MUTED, width=1.5, dashes="2 6")
    most = max(b.one_story.total for b in bins)
    for b in bins:
        low, high = b.one_story.interval
        yield line([(b.mean, low), (b.mean, high)], _PALE, width=5)
    for b in bins:
        share = b.one_story
        radius = _SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(share.total / most)
        said = f"{share.hits:,} of {share.total:,} are one story, at a mean probability of {b.mean:.2f}"
        yield dot((b.mean, share.value), radius, BLUE, said=said)
        x, y = at(b.mean, share.value)
        yield text((x + radius + 4, y - 6), f"{share.total:,}", size=11, colour=MUTED)


def _curve_marks(figures: Mapping[str, PairFigures], shown: PairFigures) -> Iterator[str]:
    for score in (0.5, 0.6, 0.7, 0.8, 0.9):
        yield from _same_f1(score)
    if figures["all"].scores.pairs > shown.scores.pairs:
        yield line(_steps(figures["all"].calibration.curve), _PALE, width=2)
    yield line(_steps(shown.calibration.curve), BLUE, width=2.5)
    found = (
        ("as clustered", shown.scores.clustered, ORANGE, 9),
        ("pair by pair", shown.scores.own_verdict, BLUE, 5.5),
    )
    x, y = at(0.04, 0.14)
    for place, (name, agreed, colour, _) in enumerate(reversed(found)):
        yield f'<circle cx="{x:g}" cy="{y + 22 * place - 4:g}" r="6" fill="{colour}"/>'
        yield text((x + 14, y + 22 * place), f"{name}: {_described(agreed)}")
    if figures["all"].scores.pairs > shown.scores.pairs:
        yield line([(0.03, 0.045), (0.05, 0.045)], _PALE, width=2.5)
        yield text((x + 14, y + 52), f"all {figures['all'].scores.pairs:,} pairs", colour=MUTED)
    for name, agreed, colour, radius in found:
        if agreed.precision.total and agreed.recall.total:
            spot = (agreed.recall.value, agreed.precision.value)
            yield dot(spot, radius, colour, said=f"{name}: {_described(agreed)}")


def _described(agreed: Agreement) -> str:
    figures = {"precision": agreed.precision.value, "recall": agreed.recall.value, "F1": agreed.f1}
    return ", ".join(f"{name} {'-' if math.isnan(value) else f'{value:.3f}'}" for name, value in figures.items())


def _steps(curve: tuple[Point, ...]) -> list[XY]:
    """The curve from its strictest threshold on; between two thresholds precision is that of the lower."""
    places: list[XY] = []
    for point in curve:
        if places:
            places.append((places[-1][0], point.precision))
        places.append((point.recall, point.precision))
    return places


def _same_f1(score: float) -> Iterator[str]:
    """Where precision and recall have this F1."""
    recalls = [score / (2 - score) + step / 60 * (1 - score / (2 - score)) for step in range(61)]
    yield line([(r, score * r / (2 * r - score)) for r in recalls], GRID, width=1.5)
    x, y = at(1, score / (2 - score))
    yield text((x + 8, y + 4), f"F1 {score:.1f}", size=11, colour=MUTED)
