"""Invented news: articles of made-up words whose frequencies fall off as those of a language do.

Nine articles in ten are drawn word by word; one in ten fills one of a hundred forms, as wire services do every week.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

WORDS = 60_000
LENGTH = 300
"""Words of the longest article; the shortest has a third of them."""
_SYLLABLES = [c + v for c in "bcdfghjklmnprstvwz" for v in "aeiou"]


def vocabulary() -> list[str]:
    """Distinct invented words, the short ones first."""
    n = len(_SYLLABLES)
    words = list(_SYLLABLES)
    for number in range(WORDS - n):
        word, rest = "", number + n
        while rest:
            word, rest = word + _SYLLABLES[rest % n], rest // n
        words.append(word)
    return words


def articles(count: int, first: int = 0, seed: int = 1) -> Iterator[dict[str, str]]:
    """`count` articles from number `first` on; the same for the same numbers."""
    words = np.array(vocabulary(), object)
    weights = 1 / (np.arange(len(words)) + 10.0)
    steps = np.cumsum(weights / weights.sum())
    forms = np.random.default_rng(seed).random((100, LENGTH))
    for block in range(first // 1000, -(-(first + count) // 1000)):
        rng = np.random.default_rng((seed, block + 1))
        draws = rng.random((1000, LENGTH))
        for row in np.flatnonzero(rng.random(1000) < 0.1):
            filled = rng.random(LENGTH) < 0.8
            draws[row, filled] = forms[rng.integers(100), filled]
        lengths = rng.integers(LENGTH // 3, LENGTH + 1, 1000)
        picked = np.searchsorted(steps, draws).clip(max=len(words) - 1)
        for row in range(1000):
            number = block * 1000 + row
            if first <= number < first + count:
                text = words[picked[row, : lengths[row]]].tolist()
                text[::12] = [word.capitalize() + "." for word in text[::12]]
                day = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
                yield {"id": f"a{number}", "title": " ".join(text[1:8]), "date": day, "text": " ".join(text)}


def write(folder: Path, count: int, first: int = 0) -> None:
    """`count` articles as JSONL, 50,000 to a file."""
    folder.mkdir(parents=True)
    for start in range(first, first + count, 50_000):
        with (folder / f"{start:08}.jsonl").open("w") as file:
            for article in articles(min(50_000, first + count - start), start):
                file.write(json.dumps(article) + "\n")


def altered(article: dict[str, str]) -> dict[str, str]:
    """The same story with another id and headline, one word changed and its end cut off."""
    words = article["text"].split()
    words[5] = "changed"
    return article | {"id": f"copy-of-{article['id']}", "title": "Another headline", "text": " ".join(words[:-10])}


def write_delivery(folder: Path, count: int, known: int) -> None:
    """`count` articles as JSONL: seven in ten of them new, the others altered ones of the first `known`."""
    folder.mkdir(parents=True)
    new = count * 7 // 10
    with (folder / "delivery.jsonl").open("w") as file:
        for article in articles(new, known + count):
            file.write(json.dumps(article) + "\n")
        for article in articles(count - new, known // 3):
            file.write(json.dumps(altered(article)) + "\n")
