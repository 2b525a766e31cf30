"""The headline of a text that came without one."""

from __future__ import annotations

import re

from newsdedup.stages.text.credits import credit_spans

HEAD_CHARS = 800
FIRST_LINES = 5
MIN_WORDS, MAX_WORDS = 4, 30
MAX_CHARS = 200

_WORD = re.compile(r"[^\W\d_]{2,}")
_SINGLE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]")
_CLOSED = re.compile(r"[.:;,\u3002\u061b\u060c\u2026]['\"\u2019\u201d\u00bb)]*$")


def headline_of(text: str) -> str:
    """The first of the first lines that reads as a headline, or nothing.

    A headline has some words, does not end as a sentence does, is no credit, and has a text of longer lines below it.
    """
    head = text[:HEAD_CHARS]
    spans = credit_spans(text)
    start = 0
    seen = 0
    for line in head.splitlines(keepends=True):
        end = start + len(line)
        stripped = line.strip()
        if stripped:
            seen += 1
            credited = any(first < end and start < last for first, last in spans)
            if not credited and _reads_as_headline(stripped) and len(text) - end > 2 * len(stripped):
                return stripped
            if seen == FIRST_LINES or len(stripped) > MAX_CHARS:
                break
        start = end
    return ""


def _reads_as_headline(line: str) -> bool:
    words = len(_WORD.findall(line)) + len(_SINGLE.findall(line)) // 2
    return MIN_WORDS <= words <= MAX_WORDS and len(line) <= MAX_CHARS and not _CLOSED.search(line)
