import math
from dataclasses import replace

import pytest

from newsdedup.comparison import compare
from newsdedup.model.article import Article, Origin
from newsdedup.model.sketch import SketchParams
from newsdedup.model.weights import Weights, shipped_weights
from newsdedup.plan import Plan
from newsdedup.stages.features import FEATURES
from newsdedup.stages.waterfall import lsh_miss_chance, waterfall

OLD = "The council met on Monday and agreed to mend the old bridge for 3 million dollars by June, said the mayor."
NEW = "The council of the town met and agreed to mend the old bridge for 4 million dollars, said the mayor on Monday."


@pytest.fixture(scope="module")
def found():
    return compare(Article("a", OLD, Origin("a", 0)), Article("b", NEW, Origin("b", 0)), Plan())


def test_base_and_contributions_add_up_to_the_verdict(found):
    for weights in (shipped_weights(), replace(shipped_weights(), typical=dict.fromkeys(FEATURES, 0.25))):
        fall = waterfall(found.evidence, weights)
        assert fall.probability == pytest.approx(found.probability, abs=1e-3)
        assert {part.feature for part in fall.contributions} == set(weights.weights)


def test_the_largest_contribution_comes_first_whichever_way_it_goes(found):
    sizes = [abs(part.log_odds) for part in waterfall(found.evidence, shipped_weights()).contributions]
    assert sizes == sorted(sizes, reverse=True)


def test_a_contribution_is_the_weight_times_what_is_more_than_typical(found):
    weights = Weights(1.0, {"words": 2.0}, {"words": 3.0})
    (part,) = waterfall(found.evidence, weights).contributions
    assert part.value == pytest.approx(math.log1p(found.evidence.words))
    assert part.log_odds == pytest.approx(2 * (part.value - 3))
    assert waterfall(found.evidence, weights).base == 7.0


def test_without_typical_values_the_base_is_the_bias(found):
    assert waterfall(found.evidence, Weights(-1.5, {"words": 1.0})).base == -1.5


def test_lsh_misses_what_agrees_in_no_band():
    params = SketchParams(num_perm=128, bands=37, rows=3)
    assert lsh_miss_chance(0.0, params) == 1.0
    assert lsh_miss_chance(1.0, params) == 0.0
    assert lsh_miss_chance(0.3, params) == pytest.approx(0.363, abs=1e-3)
    assert lsh_miss_chance(0.3, SketchParams(bands=1, rows=1)) == pytest.approx(0.7)
