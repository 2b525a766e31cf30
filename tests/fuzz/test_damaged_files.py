"""A short run of the fuzzer over every reader and container, the same each time. See fuzz_readers.py for a long one."""

import pytest
from contract import FAMILIES, check, samples
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from mutations import mutate, tokens_of

SLOW = {"html": 40, "warc": 40}
"""Files to try of families that take milliseconds for each."""


@pytest.mark.parametrize("family", FAMILIES)
def test_there_is_a_file_to_damage(family):
    assert samples(family)


@pytest.mark.parametrize("family", FAMILIES)
def test_damage_costs_what_is_damaged_and_nothing_else(tmp_path, family):
    originals, tokens, path = samples(family), tokens_of(family), tmp_path / "damaged"

    @settings(
        max_examples=SLOW.get(family, 80),
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, len(originals) - 1), st.randoms(use_true_random=False))
    def read_damaged(number, random):
        path.write_bytes(mutate(originals[number], originals, tokens, random))
        check(path, family)

    read_damaged()
