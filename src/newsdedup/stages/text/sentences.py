"""Where the sentences of a text are."""

from __future__ import annotations

import re

_END = re.compile(
    r"[\n.!?\u061f\u06d4\u0964\u3002\uff01\uff1f](?:"
    r"(?<=\n)\n*"  # a line is never longer than a sentence
    r"|(?<=[.!?\u061f\u06d4\u0964])(?!\n)[\"'\u2019\u201d\u00bb)\]]*\s+(?=[^\s\u0061-\u007a\u0430-\u044f])"
    r"|(?<=[\u3002\uff01\uff1f])(?!\n)[\u300d\u300f\u201d\u2019\uff09]*)"
)
"""A line end; a closing mark before white space and something that is not a small letter; a full-width full stop.

It begins with a set of characters, as such a pattern is found far faster.
"""

_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|Prof|Gen|Col|Capt|Lt|Sgt|Sen|Rep|Gov|Jr|Sr|No|vs|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sept?|Oct|Nov|Dec))\.$"
)


def sentence_ends(text: str) -> list[int]:
    """Where the sentences of a text end, in order, each with the white space after it; the last ends with the text."""
    ends = []
    start = 0
    for found in _END.finditer(text):
        mark = found.start()
        if text[mark] != "\n" and _ABBREVIATION.search(text, max(start, mark - 5), mark + 1):
            continue
        ends.append(start := found.end())
    ends.append(len(text))
    return ends
