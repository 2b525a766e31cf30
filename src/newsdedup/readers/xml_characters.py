"""Text without the characters that XML may not hold, and the wire does."""

from __future__ import annotations

import re
from typing import Final

_SURROGATE: Final = r"(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3])"
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
    rf"|&#0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|{_SURROGATE});"
    r"|&#[xX]0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]|[dD][89a-fA-F][0-9a-fA-F]{2});"
)


def without_forbidden(text: str) -> str:
    """The text without control characters, half surrogates and references to either."""
    return _FORBIDDEN.sub("", text) if _FORBIDDEN.search(text) else text
