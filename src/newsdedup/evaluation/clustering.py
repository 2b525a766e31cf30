"""How well clusters agree with labelled ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClusterScores:
    """The figures on the clusters of some articles; each of precision, recall and F1 is 1.0 if there is no mistake.

    Those without a prefix are over pairs of articles (a pair is found if the two share a cluster), those with `b3` are
    B-cubed (Bagga and Baldwin 1998), in which each article weighs the same. `ari` is the adjusted Rand index (Hubert
    and Arabie 1985): 1.0 equal, about 0.0 by chance.
    """

    articles: int
    true_pairs: int
    found_pairs: int
    true_clusters: int
    """Of two or more articles."""
    found_clusters: int
    largest: int
    """Articles of the largest cluster that was found; 1 if there is none."""
    precision: float
    recall: float
    f1: float
    b3_precision: float
    b3_recall: float
    b3_f1: float
    ari: float


def score_clusters(truth: Mapping[str, str | None], found: Mapping[str, str]) -> ClusterScores:
    """Compare the clusters of all articles in `truth`, in which None is alone, as one not in `found` is.

    Linear in the articles. Raises ValueError if there are none.
    """
    if not truth:
        raise ValueError("no articles to compare clusters of")
    true_names = {own: _name(own, name) for own, name in truth.items()}
    found_names = {own: _name(own, found.get(own)) for own in truth}
    n = len(truth)
    true, said = Counter(true_names.values()), Counter(found_names.values())
    both = Counter((true_names[own], found_names[own]) for own in truth)
    true_pairs, found_pairs, hits = _pairs(true), _pairs(said), _pairs(both)
    precision = hits / found_pairs if found_pairs else 1.0
    recall = hits / true_pairs if true_pairs else 1.0
    b3_precision = sum(size * size / said[name] for (_, name), size in both.items()) / n
    b3_recall = sum(size * size / true[name] for (name, _), size in both.items()) / n
    return ClusterScores(
        articles=n,
        true_pairs=true_pairs,
        found_pairs=found_pairs,
        true_clusters=sum(size > 1 for size in true.values()),
        found_clusters=sum(size > 1 for size in said.values()),
        largest=max(said.values()),
        precision=precision,
        recall=recall,
        f1=_harmonic(precision, recall),
        b3_precision=b3_precision,
        b3_recall=b3_recall,
        b3_f1=_harmonic(b3_precision, b3_recall),
        ari=_adjusted_rand(hits, true_pairs, found_pairs, n * (n - 1) // 2),
    )


def _name(own: str, cluster: str | None) -> Hashable:
    """The name of a cluster, or for an article that is alone one that no other has."""
    return (own,) if cluster is None else cluster


def _pairs(sizes: Counter[Hashable] | Counter[tuple[Hashable, Hashable]]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def _harmonic(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0


def _adjusted_rand(hits: int, true_pairs: int, found_pairs: int, all_pairs: int) -> float:
    expected = true_pairs * found_pairs / all_pairs if all_pairs else 0.0
    most = (true_pairs + found_pairs) / 2
    return (hits - expected) / (most - expected) if most != expected else 1.0
