"""How far each number may go."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """A range with both its ends."""

    low: float
    high: float = math.inf

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def __str__(self) -> str:
        return f"at least {self.low:g}" if math.isinf(self.high) else f"from {self.low:g} to {self.high:.15g}"


_SHARE = Limit(0, 1)
_COUNT = Limit(1)

LIMITS: Mapping[str, Limit] = {
    "reader.max_record_mb": Limit(0.001),
    "reader.max_record_s": Limit(0.1),
    "reader.max_document_mb": Limit(0.001),
    "reader.max_archive_mb": Limit(0.001),
    "reader.max_member_mb": Limit(0.001),
    "reader.max_archive_ratio": Limit(1),
    "reader.max_archive_members": _COUNT,
    "sketch.shingle_size": Limit(1, 32),
    "sketch.num_perm": Limit(1, 4096),
    "sketch.bands": _COUNT,
    "sketch.rows": _COUNT,
    "sketch.sample_rate": Limit(1, 65536),
    "sketch.seed": Limit(0, 2**32 - 1),
    "candidates.min_words": Limit(0),
    "candidates.max_group": Limit(2),
    "candidates.min_shared": _COUNT,
    "candidates.min_overlap": _SHARE,
    "verify.min_probability": _SHARE,
    "verify.copy_alignment": _SHARE,
    "verify.excerpt_run": _COUNT,
    "verify.excerpt_alignment": _SHARE,
    "verify.excerpt_containment": _SHARE,
    "run.workers": Limit(1, 1024),
}
