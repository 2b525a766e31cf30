"""A higher threshold never adds a match."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from newsdedup.model.match import COLUMN, Candidates, Evidence, Test
from newsdedup.model.sketch import SketchParams
from newsdedup.plan import VerifyParams
from newsdedup.stages.sketch import sketch
from newsdedup.stages.verify import verify

PAIRS = [(0, 1), (0, 2), (1, 2), (1, 3), (2, 3)]
TOKENS = sketch(["rain fell", "rain fell", "snow fell", "rain"], SketchParams())[1]
SCALE = np.array([300 if field.type == "int" else 1 for field in Evidence.__dataclass_fields__.values()], np.float32)
"""Counts go beyond what ratios do."""

chances = st.floats(0, 1)


def joined(evidence, tests, params):
    left, right = np.array(PAIRS, np.int32).T.copy()
    matches = verify(
        ("a", "b", "c", "d"), TOKENS, Candidates(left, right, tests, np.ones(len(PAIRS), np.float32)), evidence, params
    )
    return {(match.a, match.b) for match in matches.joining()}


@given(
    arrays(np.float32, (len(PAIRS), len(COLUMN)), elements=st.floats(0, 1, width=32)),
    arrays(np.uint8, len(PAIRS), elements=st.integers(1, int(sum(Test)))),
    chances,
    chances,
)
@settings(max_examples=300, deadline=None)
def test_a_higher_least_probability_never_adds_a_joining_match(ratios, tests, one, other):
    low, high = sorted((one, other))
    params = VerifyParams(min_probability=low)
    evidence = ratios * SCALE
    assert joined(evidence, tests, replace(params, min_probability=high)) <= joined(evidence, tests, params)
