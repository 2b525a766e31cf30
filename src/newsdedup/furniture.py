"""A sketched corpus without page furniture: what its articles say, and what their publishers print around it."""

from __future__ import annotations

import numpy as np

from newsdedup.model.furniture import Furniture
from newsdedup.model.sketch import Tokens
from newsdedup.plan import FurnitureParams
from newsdedup.sketching import Sketched, TokenSpool
from newsdedup.stages.furniture import learn, stories_in


def learn_furniture(sketched: Sketched, params: FurnitureParams) -> Furniture:
    """What is furniture in the articles of each publisher of a corpus; nothing for one without a name."""
    catalog = sketched.catalog
    known = np.array([params.learn and name != "" for name in catalog.publishers], np.bool_)
    return learn(sketched.tokens, sketched.sketches.fingerprints, catalog.publisher, known, catalog.days)


def story_tokens(sketched: Sketched, params: FurnitureParams) -> Tokens:
    """The tokens that pairs are compared by: without furniture, in a temporary file; or all, if there is none."""
    furniture = learn_furniture(sketched, params)
    if not len(furniture):
        return sketched.tokens
    spool = TokenSpool()
    for part in stories_in(sketched.tokens, sketched.catalog.publisher, furniture):
        spool.append(part)
    return spool.finish()
