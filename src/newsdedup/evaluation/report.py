"""An evaluation as a table for people and as plain values for programs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from newsdedup.evaluation.calibration import Calibration
from newsdedup.evaluation.clustering import ClusterScores
from newsdedup.evaluation.scores import Agreement, Interval, JudgedPair, PairScores, Share

NAMED = 5
"""Missing articles and pairs that the table names; the plain values name all."""

_NAME, _CELL = 26, 24


@dataclass(frozen=True, slots=True)
class PairFigures:
    """All that is worked out on one choice of the labelled pairs."""

    scores: PairScores
    calibration: Calibration


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How good the verdicts on a corpus are."""

    version: str
    inputs: tuple[str, ...]
    truth: tuple[str, ...]
    """The files that say what is true."""
    settings: Mapping[str, object]
    articles: int
    """In the corpus."""
    pairs: tuple[JudgedPair, ...]
    figures: Mapping[str, PairFigures]
    """On the pairs that are "sure" and on "all", where there are any."""
    missing_pairs: tuple[tuple[str, str], ...]
    """Labelled pairs of which an article is not in the corpus; they are in no figure."""
    clusters: ClusterScores | None
    missing_articles: tuple[str, ...]
    """Articles of labelled clusters that are not in the corpus; they count as being alone."""


def as_text(evaluation: Evaluation) -> str:
    """The table."""
    return "\n".join(_lines(evaluation))


def as_data(evaluation: Evaluation) -> dict[str, Any]:
    """Plain values, with None where there was nothing to count; shares and scores are 0.0 .. 1.0."""
    return {
        "version": evaluation.version,
        "inputs": list(evaluation.inputs),
        "truth": list(evaluation.truth),
        "settings": dict(evaluation.settings),
        "articles": evaluation.articles,
        "pairs": {
            "judged": len(evaluation.pairs),
            "missing": [list(pair) for pair in evaluation.missing_pairs],
            **{name: _figures_form(figures) for name, figures in evaluation.figures.items()},
        },
        "clusters": None
        if evaluation.clusters is None
        else {
            **{name: _rounded(value) for name, value in asdict(evaluation.clusters).items()},
            "missing": list(evaluation.missing_articles),
        },
    }


def pair_form(pair: JudgedPair) -> dict[str, Any]:
    """One judged pair as plain values."""
    return {
        "a": pair.truth.a,
        "b": pair.truth.b,
        "label": pair.truth.label,
        "sure": pair.truth.sure,
        "relation": pair.relation,
        "probability": round(pair.probability, 4),
        "proposed": pair.proposed,
        "together": pair.together,
    }


def _figures_form(figures: PairFigures) -> dict[str, Any]:
    scores, measured = figures.scores, figures.calibration
    return {
        "pairs": scores.pairs,
        "one_story": {
            "own_verdict": _agreement_form(scores.own_verdict),
            "clustered": _agreement_form(scores.clustered),
        },
        "relations": {name: _agreement_form(found) for name, found in scores.relations.items()},
        "candidate_recall": _share_form(scores.proposed),
        "look_alikes_joined": _share_form(scores.look_alikes_joined),
        "brier": _rounded(measured.brier),
        "calibration_error": _rounded(measured.error),
        "average_precision": _rounded(measured.average_precision),
        "reliability": [{"mean": _rounded(b.mean), **_share_form(b.one_story)} for b in measured.bins],
    }


def _agreement_form(found: Agreement) -> dict[str, Any]:
    low, high = found.f1_interval
    return {
        "precision": _share_form(found.precision),
        "recall": _share_form(found.recall),
        "f1": {"value": _rounded(found.f1), "low": _rounded(low), "high": _rounded(high)},
    }


def _share_form(share: Share) -> dict[str, Any]:
    low, high = share.interval
    return {
        "value": _rounded(share.value),
        "low": _rounded(low),
        "high": _rounded(high),
        "hits": share.hits,
        "total": share.total,
    }


def _rounded(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 4)


def _lines(evaluation: Evaluation) -> Iterator[str]:
    yield f"{evaluation.articles:,} articles"
    if evaluation.missing_pairs:
        yield f"left out, not in the corpus: {_named([f'{a} | {b}' for a, b in evaluation.missing_pairs], 'pairs')}"
    if evaluation.missing_articles:
        yield f"counted as alone, not in the corpus: {_named(evaluation.missing_articles, 'articles')}"
    sizes = {name: figures.scores.pairs for name, figures in evaluation.figures.items()}
    for name, figures in evaluation.figures.items():
        if name == "all" and sizes.get("sure") == sizes["all"]:
            continue  # it would say the same once more
        yield ""
        yield from _pair_lines(f"{sizes[name]:,} {'pairs, all' if name == 'all' else 'sure pairs'}", figures)
    if evaluation.clusters is not None:
        yield ""
        yield from _cluster_lines(evaluation.clusters)


def _pair_lines(title: str, figures: PairFigures) -> Iterator[str]:
    scores = figures.scores
    yield _row(title, "precision", "recall", "F1")
    rows = {"one story, pair by pair": scores.own_verdict, "one story, as clustered": scores.clustered}
    for name, found in (rows | scores.relations).items():
        yield _row(
            name,
            _cell(found.precision.value, found.precision.interval),
            _cell(found.recall.value, found.recall.interval),
            _cell(found.f1, found.f1_interval),
        )
    for name, share, what in (
        ("proposed", scores.proposed, "pairs of one story"),
        ("joined by mistake", scores.look_alikes_joined, "template and different pairs"),
    ):
        yield _row(name, _cell(share.value, share.interval), f"{share.hits:,} of {share.total:,} {what}")
    yield _row("calibration error", f"{figures.calibration.error:.3f}", f"Brier {figures.calibration.brier:.3f}")


def _cluster_lines(scores: ClusterScores) -> Iterator[str]:
    yield _row(f"{scores.articles:,} in clusters", "precision", "recall", "F1")
    yield _row("pairs of articles", *(f"{value:.3f}" for value in (scores.precision, scores.recall, scores.f1)))
    yield _row("B-cubed", *(f"{value:.3f}" for value in (scores.b3_precision, scores.b3_recall, scores.b3_f1)))
    yield _row("adjusted Rand index", f"{scores.ari:.3f}")
    yield _row("clusters", f"{scores.found_clusters:,} found", f"{scores.true_clusters:,} true")
    yield _row("largest found", f"{scores.largest:,} articles")


def _row(name: str, *cells: str) -> str:
    return f"{name:{_NAME}}{''.join(f'{cell:{_CELL}}' for cell in cells)}".rstrip()


def _cell(value: float, interval: Interval) -> str:
    return "-" if math.isnan(value) else f"{value:.3f} ({interval[0]:.3f}-{interval[1]:.3f})"


def _named(names: Sequence[str], what: str) -> str:
    more = ", ..." if len(names) > NAMED else ""
    return f"{len(names):,} {what} ({', '.join(names[:NAMED])}{more})"
