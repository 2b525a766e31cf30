"""Score a run over a corpus against what is known to be true of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newsdedup.engines.interface import Engine
from newsdedup.evaluation.calibration import calibration
from newsdedup.evaluation.clustering import score_clusters
from newsdedup.evaluation.report import Evaluation, PairFigures
from newsdedup.evaluation.scores import JudgedPair, score_pairs
from newsdedup.evaluation.truth import LabelledPair, Truth
from newsdedup.labelled import NO_RELATION, MeasuredPairs, measure_pairs
from newsdedup.model.match import RELATIONS
from newsdedup.plan import Plan
from newsdedup.progress import Progress
from newsdedup.readers.interface import Corpus
from newsdedup.stages.canonical import stand
from newsdedup.stages.cluster import cluster_matches
from newsdedup.version import __version__
from newsdedup.workers import Workers


def evaluate(
    corpus: Corpus,
    engine: Engine,
    plan: Plan,
    truth: Truth,
    *,
    truth_files: tuple[str, ...],
    settings: Mapping[str, object],
    progress: Progress,
    workers: int | None = None,
) -> Evaluation:
    """Run the engine as `pipeline.dedupe` does, judge the labelled pairs one by one as well, and score both."""
    found = engine.find_matches(corpus, plan, progress)
    clusters, _ = cluster_matches(found.matches, stand(found.catalog, found.matches.articles(), plan.canonical).places)
    cluster_of = {member: cluster.id for cluster in clusters for member in cluster.members}
    judged: tuple[JudgedPair, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    if truth.pairs:
        with Workers(workers) as pool:
            measured = measure_pairs(corpus, [(pair.a, pair.b) for pair in truth.pairs], plan, pool, progress)
        judged, missing = _judged(truth.pairs, measured, cluster_of), measured.missing
    true_clusters = _in_full(truth, found.catalog.ids)
    known = set(found.catalog.ids)
    return Evaluation(
        version=__version__,
        inputs=corpus.inputs,
        truth=truth_files,
        settings=settings,
        articles=len(found.catalog),
        pairs=judged,
        figures=_figures(judged),
        missing_pairs=missing,
        clusters=score_clusters(true_clusters, cluster_of) if true_clusters else None,
        missing_articles=tuple(sorted(true_clusters.keys() - known)),
    )


def _judged(
    pairs: Sequence[LabelledPair], measured: MeasuredPairs, cluster_of: Mapping[str, str]
) -> tuple[JudgedPair, ...]:
    columns = (measured.rows, measured.relation, measured.probability, measured.proposed)
    return tuple(
        JudgedPair(
            truth=pairs[row],
            relation="different" if relation == NO_RELATION else RELATIONS[relation].value,
            probability=chance,
            proposed=proposed,
            together=pairs[row].a in cluster_of and cluster_of[pairs[row].a] == cluster_of.get(pairs[row].b),
        )
        for row, relation, chance, proposed in zip(*(column.tolist() for column in columns), strict=True)
    )


def _figures(pairs: Sequence[JudgedPair]) -> dict[str, PairFigures]:
    chosen = {"sure": [pair for pair in pairs if pair.truth.sure], "all": pairs}
    return {name: PairFigures(score_pairs(some), calibration(some)) for name, some in chosen.items() if some}


def _in_full(truth: Truth, ids: Sequence[str]) -> dict[str, str | None]:
    """The true cluster of each article of which it is known."""
    if truth.clusters is None:
        return {}
    alone: dict[str, str | None] = dict.fromkeys(ids) if truth.complete else {}
    return alone | dict(truth.clusters)
