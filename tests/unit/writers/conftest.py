from __future__ import annotations

import pytest
from sample_report import sample_report

from newsdedup.model.report import Report


@pytest.fixture
def report() -> Report:
    return sample_report()
