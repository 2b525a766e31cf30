"""Which member of a story is kept, and why that one."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from newsdedup.model.article import ArticleRef
from newsdedup.model.catalog import Catalog
from newsdedup.model.filing import Filing
from newsdedup.plan import CanonicalParams
from newsdedup.stages.text.kills import is_killed_version, killed_items
from newsdedup.stages.text.wire import filing_of

Rank = tuple[Any, ...]
"""Sorts articles from the best canonical article to the worst, the same in every company.

Begins with whether the article is barred: such a one is canonical only where all others are, whatever the policy says.
"""

_LENGTH_STEP = math.log(1.1)


_BARRED = {Filing.KILL, Filing.EMBARGO}


def _completeness(ref: ArticleRef) -> int:
    """Steps of a tenth in length: within one, another version is not thought more complete."""
    return round(math.log(max(ref.words, 1)) / _LENGTH_STEP)


def _publisher_rank(ref: ArticleRef, params: CanonicalParams) -> int:
    names = [name.casefold() for name in params.preferred_publishers]
    name = ref.publisher.casefold()
    return names.index(name) if name in names else len(names)


CRITERIA: dict[str, tuple[Callable[[ArticleRef, Filing, CanonicalParams], Any], str]] = {
    "live": (lambda _, filing, __: filing in _BARRED, "it is neither withdrawn nor under embargo"),
    "correction": (lambda _, filing, __: filing is not Filing.CORRECTION, "it corrects the others"),
    "complete": (lambda ref, _, __: -_completeness(ref), "it is the most complete"),
    "dated": (lambda ref, _, __: ref.published is None, "it is dated"),
    "earliest": (
        lambda ref, _, __: ref.published.timestamp() if ref.published else math.inf,
        "it is the earliest",
    ),
    "publisher": (lambda ref, _, params: _publisher_rank(ref, params), "its publisher is preferred"),
    "id": (lambda ref, _, __: ref.id, "its id comes first"),
}
"""Each criterion of the policy: what it sorts by (least first), and how it is said."""


def rank(ref: ArticleRef, params: CanonicalParams, killed: Mapping[str, int | None] | None = None) -> Rank:
    """Where an article stands under the policy; the least is the canonical one of any group.

    `killed` are the items that were withdrawn: all versions of such a one up to that are.
    """
    filing = Filing.KILL if is_killed_version(ref, killed or {}) else filing_of(ref).filing
    return tuple(CRITERIA[name][0](ref, filing, params) for name in _policy(params))


def _policy(params: CanonicalParams) -> tuple[str, ...]:
    return ("live", *params.policy)


def ranks_of(catalog: Catalog, params: CanonicalParams) -> list[Rank]:
    """The rank of each article, in order."""
    killed = killed_items(catalog)
    return [rank(ref, params, killed) for ref in catalog]


def reason(
    canonical: ArticleRef,
    others: Sequence[ArticleRef],
    params: CanonicalParams,
    killed: Mapping[str, int | None] | None = None,
) -> str:
    """Why the canonical article was chosen over its runner-up, in words."""
    best = rank(canonical, params, killed)
    runner_up = min(rank(other, params, killed) for other in others)
    if best[0]:
        return "all of them were withdrawn or are under embargo, and it ranks first"
    for name, own, other in zip(_policy(params), best, runner_up, strict=True):
        if own != other:
            phrase = CRITERIA[name][1]
            break
    if name == "complete":
        phrase += f" ({canonical.words} words)"
    if name == "earliest" and canonical.published:
        phrase += f" ({canonical.published:%Y-%m-%d %H:%M} UTC)"
    return phrase if best < runner_up else "it is the one that all others match"
