"""What the articles of a corpus are compared by: what they say, without what their publishers print around it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from newsdedup.model.background import Background
from newsdedup.model.furniture import Furniture
from newsdedup.model.sketch import Tokens
from newsdedup.plan import FurnitureParams
from newsdedup.sketching import Sketched, TokenSpool
from newsdedup.stages.furniture import discount, learn, stories_in


@dataclass(frozen=True, slots=True)
class Compared:
    """What pairs are measured by, where page furniture counts for nothing."""

    tokens: Tokens
    """In a temporary file, unless they are those of the corpus."""
    background: Background


def learn_furniture(sketched: Sketched, params: FurnitureParams) -> Furniture:
    """What is furniture in the articles of each site of a corpus; nothing where that is unknown."""
    known = np.array([params.learn and name != "" for name in sketched.sites], np.bool_)
    return learn(sketched.tokens, sketched.sketches, sketched.site, known, sketched.catalog.days)


def without_furniture(sketched: Sketched, background: Background, params: FurnitureParams) -> Compared:
    """The tokens and the background of a corpus without furniture."""
    furniture = learn_furniture(sketched, params)
    if not len(furniture):
        return Compared(sketched.tokens, background)
    spool = TokenSpool()
    for part in stories_in(sketched.tokens, sketched.site, furniture):
        spool.append(part)
    return Compared(spool.finish(), discount(background, sketched.sketches, sketched.site, furniture))
