"""What the articles of a corpus are compared by: what they say, without what their publishers print around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from newsdedup.model.background import Background
from newsdedup.model.furniture import Furniture
from newsdedup.model.sketch import Tokens
from newsdedup.plan import FurnitureParams
from newsdedup.sketching import Sketched
from newsdedup.spool import TokenSpool
from newsdedup.stages.furniture import discount, learn, stories_in
from newsdedup.stages.text.lines import Lines


@dataclass(frozen=True, slots=True)
class Compared:
    """What pairs are measured by, where page furniture counts for nothing."""

    tokens: Tokens
    """In a temporary file, unless they are those of the corpus."""
    background: Background
    furniture: Mapping[str, Lines]
    """The lines that were left out, by site."""


def learn_furniture(sketched: Sketched, params: FurnitureParams) -> Furniture:
    """What is furniture in the articles of each site of a corpus; nothing where that is unknown."""
    known = np.array([params.learn and name != "" for name in sketched.sites], np.bool_)
    return learn(sketched.tokens, sketched.sketches, sketched.site, known, sketched.catalog.days)


def without_furniture(sketched: Sketched, background: Background, params: FurnitureParams) -> Compared:
    """The tokens and the background of a corpus without furniture."""
    furniture = learn_furniture(sketched, params)
    if not len(furniture):
        return Compared(sketched.tokens, background, {})
    spool = TokenSpool()
    for part in stories_in(sketched.tokens, sketched.site, furniture):
        spool.append(part)
    discounted = discount(background, sketched.sketches, sketched.site, furniture)
    return Compared(spool.finish(), discounted, _by_site(furniture, sketched.sites))


def _by_site(furniture: Furniture, sites: Sequence[str]) -> dict[str, Lines]:
    parts = np.split(furniture.lines, furniture.offsets[1:-1])
    return {site: frozenset(lines.tolist()) for site, lines in zip(sites, parts, strict=True) if len(lines)}
