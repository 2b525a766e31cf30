import pytest

from newsdedup.writers.bars import running_bars


def test_each_bar_begins_where_the_one_before_ended():
    rows = ["".join(row) for row in running_bars(0.0, [2.0, 2.0, -3.0], 5)]
    assert rows == ["██   ", "│ ██ ", "│░░░ "]


def test_nought_is_marked_where_no_bar_covers_it():
    rows = ["".join(row) for row in running_bars(-2.0, [1.0, 3.0], 5)]
    assert rows == ["█ │  ", " ███ "]


@pytest.mark.parametrize("steps", [[], [0.0], [1e-9, 1e9, -1e9], [-5.0] * 7])
@pytest.mark.parametrize("base", [0.0, -3.0, 1e6])
def test_every_row_is_as_wide_as_asked(base, steps):
    assert {len("".join(row)) for row in running_bars(base, steps, 32)} <= {32}
    assert len(running_bars(base, steps, 32)) == len(steps)
