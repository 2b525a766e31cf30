"""From a text as it came to the text that is tokenised for matching."""

from __future__ import annotations

import re

import ftfy
from ftfy.badness import is_bad

from newsdedup.plan import TextParams
from newsdedup.stages.text.credits import blank, credit_spans

_MAYBE_MOJIBAKE = re.compile(
    r"[\u00c2-\u00c5\u00ce-\u00d1\u00d8\u00d9\u00e0-\u00ef]"
    r"[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]"
)
"""A first byte of UTF-8 and a further byte, both read as Windows-1252: cheap, and rare in sound text."""


def matching_text(text: str, params: TextParams) -> str:
    """The text with mojibake repaired and credits blanked, as `params` say.

    Offsets into it are offsets into `text` unless mojibake was repaired.
    """
    if params.repair_mojibake and not text.isascii() and _MAYBE_MOJIBAKE.search(text) and is_bad(text):
        text = ftfy.fix_encoding(text)
    return blank(text, credit_spans(text)) if params.credits else text
