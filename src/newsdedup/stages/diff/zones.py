"""What part of the page each word of an article belongs to."""

from __future__ import annotations

import re
from functools import lru_cache

from newsdedup.model.article import Article
from newsdedup.model.report import EditKind
from newsdedup.stages.text.credits import find_credits
from newsdedup.stages.text.furniture import find_furniture
from newsdedup.stages.text.lines import NO_LINES, Lines, find_lines
from newsdedup.stages.text.words import Words, read_words

Zone = EditKind | int | None
"""HEADLINE, CREDIT or FURNITURE; the number of a move, negative where it arrives; None for the story itself."""

MAX_HEADLINE = 24
"""Words in the longest first line that can be a headline."""

MAX_HEAD = 1200
"""Characters within which all headlines stand."""

_SENTENCE_END = re.compile(r"[.!?。！？۔।][\"'”’»)\]]*\s*$")


@lru_cache(maxsize=16)
def find_zones(article: Article, learned: Lines = NO_LINES) -> tuple[Zone, ...]:
    """The zone of every word of the article's text; `learned` is the furniture of its publisher."""
    words = read_words(article.text)
    zones: list[Zone] = [None] * len(words)
    for first, last in find_lines(words, learned):
        zones[first:last] = [EditKind.FURNITURE] * (last - first)
    for kind, spans in (
        (EditKind.FURNITURE, find_furniture(article.text)),
        (EditKind.CREDIT, find_credits(article.text)),
    ):
        for start, end in spans:
            first, last = words.within(start, end)
            zones[first:last] = [kind] * (last - first)
    for i in range(_headline(article, words, zones)):
        zones[i] = zones[i] or EditKind.HEADLINE
    return tuple(zones)


def _headline(article: Article, words: Words, zones: list[Zone]) -> int:
    """How many words at the beginning are headlines: the title, or short first lines that are no sentences.

    Lines of furniture and credits may stand among them.
    """
    title = read_words(article.title).folded if article.title else []
    headline = len(title) if title and words.folded[: len(title)] == title else 0
    start = 0
    for line in article.text[:MAX_HEAD].splitlines(keepends=True)[:-1]:
        first, last = words.within(start, start + len(line))
        start += len(line)
        if last <= headline or first == last or zones[first]:
            continue
        if last - first > MAX_HEADLINE or _SENTENCE_END.search(line) or last > len(words) // 2:
            break
        headline = last
    return headline
