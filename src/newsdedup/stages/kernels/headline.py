"""How alike two headlines are, and what each says that the other article does not."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsdedup.stages.kernels.align import is_near
from newsdedup.stages.kernels.compiled import kernel
from newsdedup.stages.kernels.information import information_in

HEAD_TOKENS = 200
"""How far down a page its headline stands."""
MIN_HEADLINE = 4
"""Words in the shortest headline that is looked for in the other text."""


@kernel
def stands_in(headline: NDArray[np.uint32], known: NDArray[np.uint8], text: NDArray[np.uint32]) -> float:
    """The longest run of words of a headline that stands in the head of a text, over its words.

    `known` says which of its words stand anywhere in the text.
    """
    if len(headline) < MIN_HEADLINE:
        return 0.0
    best = 0
    end = min(len(text), HEAD_TOKENS)
    for i in range(len(headline)):
        if best >= len(headline) - i:
            break
        if not known[i]:
            continue
        word = headline[i]
        for j in range(end):
            if text[j] != word:
                continue
            run = 1
            while i + run < len(headline) and j + run < end and headline[i + run] == text[j + run]:
                run += 1
            best = max(best, run)
    return best / len(headline)


@kernel
def alike(
    a: NDArray[np.uint32],
    letters_a: NDArray[np.uint32],
    flags_a: NDArray[np.uint8],
    b: NDArray[np.uint32],
    letters_b: NDArray[np.uint32],
    flags_b: NDArray[np.uint8],
) -> float:
    """Dice's coefficient of the words of two headlines, each word of b taken at most once, nearly equal words too."""
    shared = 0.0
    taken = np.zeros(len(b), np.uint8)
    for i in range(len(a)):
        close = -1
        for j in range(len(b)):
            if taken[j]:
                continue
            if a[i] == b[j]:
                close = j
                break
            if close < 0 and is_near(letters_a[i], flags_a[i], letters_b[j], flags_b[j]):
                close = j
        if close >= 0:
            taken[close] = 1
            shared += 1.0 if a[i] == b[close] else 0.8
    return 2 * shared / (len(a) + len(b))


@kernel
def headline_news(
    headline: NDArray[np.uint32],
    letters: NDArray[np.uint32],
    flags: NDArray[np.uint8],
    other: NDArray[np.uint32],
    other_letters: NDArray[np.uint32],
    other_flags: NDArray[np.uint8],
    known: NDArray[np.uint8],
    word_weights: NDArray[np.float32],
    most: float,
    lone_weight: float,
) -> float:
    """The share of the information in a headline that another article has nowhere.

    `known` says which of its words stand in the other text; `other` is the headline of that.
    """
    information = missing = 0.0
    for i in range(len(headline)):
        weight = information_in(headline[i], flags[i], word_weights, most, lone_weight)
        information += weight
        told = known[i] != 0
        for j in range(len(other)):
            if told:
                break
            told = headline[i] == other[j] or is_near(letters[i], flags[i], other_letters[j], other_flags[j])
        if not told:
            missing += weight
    return missing / max(information, 1e-6)
