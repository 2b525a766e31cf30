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
    """What is furniture in the articles of each publisher of a corpus; nothing for one without a name."""
    catalog = sketched.catalog
    known = np.array([params.learn and name != "" for name in catalog.publishers], np.bool_)
    return learn(sketched.tokens, sketched.sketches, catalog.publisher, known, catalog.days)


def without_furniture(sketched: Sketched, background: Background, params: FurnitureParams) -> Compared:
    """The tokens and the background of a corpus without furniture."""
    furniture = learn_furniture(sketched, params)
    if not len(furniture):
        return Compared(sketched.tokens, background)
    publisher = sketched.catalog.publisher
    spool = TokenSpool()
    for part in stories_in(sketched.tokens, publisher, furniture):
        spool.append(part)
    return Compared(spool.finish(), discount(background, sketched.sketches, publisher, furniture))
