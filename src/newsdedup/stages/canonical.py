"""Which member of a story is kept, and why that one."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from newsdedup.model.article import ArticleRef, Status
from newsdedup.model.catalog import Catalog
from newsdedup.model.match import MatchTable
from newsdedup.model.sketch import Int32Array
from newsdedup.plan import CanonicalParams

Rank = tuple[Any, ...]
"""Sorts articles from the best canonical article to the worst, the same in every company."""

_CORRECTION = re.compile(r"\b(?:correct(?:ed|ion|s)|refile)\b|\bC O R R E C T", re.IGNORECASE)
_KILL = re.compile(r"^\W*(?:kill|withdrawn|retracted|bulletin kill)\b", re.IGNORECASE)
_LENGTH_STEP = math.log(1.1)


def withdrawn(ref: ArticleRef) -> bool:
    """Whether the sender took the article back, by its status or its headline."""
    return ref.status in {Status.CANCELED, Status.WITHHELD} or bool(_KILL.search(ref.title))


def corrected(ref: ArticleRef) -> bool:
    """Whether the article says of itself that it corrects another."""
    return ref.status is Status.CORRECTED or bool(_CORRECTION.search(ref.title))


def _completeness(ref: ArticleRef) -> int:
    """Steps of a tenth in length: within one, another version is not thought more complete."""
    return round(math.log(max(ref.words, 1)) / _LENGTH_STEP)


def _publisher_rank(ref: ArticleRef, params: CanonicalParams) -> int:
    names = [name.casefold() for name in params.preferred_publishers]
    name = ref.publisher.casefold()
    return names.index(name) if name in names else len(names)


CRITERIA: dict[str, tuple[Callable[[ArticleRef, CanonicalParams], Any], str]] = {
    "live": (lambda ref, _: withdrawn(ref), "it was not withdrawn"),
    "correction": (lambda ref, _: not corrected(ref), "it corrects the others"),
    "complete": (lambda ref, _: -_completeness(ref), "it is the most complete"),
    "dated": (lambda ref, _: ref.published is None, "it is dated"),
    "earliest": (lambda ref, _: ref.published.timestamp() if ref.published else math.inf, "it is the earliest"),
    "publisher": (_publisher_rank, "its publisher is preferred"),
    "id": (lambda ref, _: ref.id, "its id comes first"),
}
"""Each criterion of the policy: what it sorts by (least first), and how it is said."""


def rank(ref: ArticleRef, params: CanonicalParams) -> Rank:
    """Where an article stands under the policy; the least is the canonical one of any group."""
    return tuple(CRITERIA[name][0](ref, params) for name in params.policy)


def standing_of(catalog: Catalog, matches: MatchTable, params: CanonicalParams) -> Int32Array:
    """Where each article that has a match stands among them, 0 being the best; int32 (n,), others stand last."""
    matched = np.unique(np.concatenate([matches.left, matches.right])).tolist()
    standing: Int32Array = np.full(len(catalog), len(catalog), np.int32)
    standing[sorted(matched, key=lambda row: rank(catalog[row], params))] = np.arange(len(matched), dtype=np.int32)
    return standing


def reason(canonical: ArticleRef, others: Sequence[ArticleRef], params: CanonicalParams) -> str:
    """Why the canonical article was chosen over its runner-up, in words."""
    best = rank(canonical, params)
    runner_up = min(rank(other, params) for other in others)
    for name, own, other in zip(params.policy, best, runner_up, strict=True):
        if own != other:
            phrase = CRITERIA[name][1]
            break
    if name == "complete":
        phrase += f" ({canonical.words} words)"
    if name == "earliest" and canonical.published:
        phrase += f" ({canonical.published:%Y-%m-%d %H:%M} UTC)"
    return phrase if best < runner_up else "it is the one that all others match"
