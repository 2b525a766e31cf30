"""A text with its words, for the stages that compare two texts word by word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, chain, pairwise, repeat

from newsdedup.stages.kernels.words import split_words
from newsdedup.stages.text import codepoints
from newsdedup.stages.text.sentences import sentence_ends
from newsdedup.stages.text.tokens import TokenFlag

FIGURE, CAPITAL, SINGLE = TokenFlag.FIGURE.value, TokenFlag.CAPITAL.value, TokenFlag.SINGLE.value
"""Plain numbers: testing a flag of an enum takes twenty times as long."""

_NOT_SINGLE = bytes(flags for flags in range(256) if not flags & SINGLE)

STAND_IN = 0x10FFFE
"""Up to here code points stand for words; this one and the next for those of either text that match nothing."""

Range = tuple[int, int]
"""Half-open indices of words."""


@dataclass(frozen=True)
class Words:
    """Word i is `text[starts[i]:ends[i]]`; its folded form is `folded[i]`, what can be seen of it `flags[i]`.

    Spans of words do not overlap: tokens that share a character (as those of a fraction sign do) are one word here.
    """

    text: str
    starts: list[int]
    ends: list[int]
    folded: list[str]
    flags: bytes

    def __len__(self) -> int:
        return len(self.starts)

    def within(self, start: int, end: int) -> Range:
        """The words that begin in `text[start:end]`."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    @cached_property
    def sentences(self) -> list[Range]:
        """The words of each sentence that has any, in order; together they are all words."""
        ends = [bisect_left(self.starts, end) for end in sentence_ends(self.text)]
        return [(first, last) for first, last in pairwise((0, *ends)) if first < last]

    def sentence_of(self, word: int) -> Range:
        """The sentence in which a word stands."""
        return self.sentences[bisect_right(self.sentences, word, key=lambda sentence: sentence[0]) - 1]

    @cached_property
    def firsts(self) -> frozenset[int]:
        """The words that begin a sentence, and `len(self)`."""
        return frozenset([*(first for first, _ in self.sentences), len(self)])

    @cached_property
    def alphabet(self) -> dict[str, str]:
        """A character for each different word, for `alignment.spell`."""
        return dict(zip(dict.fromkeys(self.folded), unused_characters(0), strict=False))

    @cached_property
    def spelt(self) -> str:
        """The words, a character each."""
        return "".join(map(self.alphabet.__getitem__, self.folded))

    @cached_property
    def weights(self) -> list[int]:
        """How much each word counts in a length: two, or one for a single character of a script without spaces."""
        return [1 if flags & SINGLE else 2 for flags in self.flags] if self._singles else [2] * len(self)

    @cached_property
    def _singles(self) -> bool:
        """Whether any word is a single character of a script without spaces."""
        return bool(self.flags.translate(None, _NOT_SINGLE))

    @cached_property
    def letters_before(self) -> list[int]:
        """Letters of all words before each one; a character of a script without spaces counts as three."""
        sizes = list(map(len, self.folded))
        if self._singles:
            sizes = [3 if flags & SINGLE else size for size, flags in zip(sizes, self.flags, strict=True)]
        return list(accumulate(sizes, initial=0))


def unused_characters(used: int) -> Iterator[str]:
    """The characters that stand for words, after so many that do already; without end."""
    return chain(map(chr, range(used, STAND_IN)), repeat(chr(STAND_IN)))


@lru_cache(maxsize=16)
def read_words(text: str) -> Words:
    """The words of a text; kept for a while, as a canonical text is compared with one variant after the other."""
    starts, ends, flags, spelt = split_words(codepoints.codes_of(text), *codepoints.load())
    folded = codepoints.text_of(spelt).split()
    columns = starts.tolist(), ends.tolist(), folded, flags.tobytes()
    if (ends[:-1] <= starts[1:]).all():
        return Words(text, *columns)
    whole_starts: list[int] = []
    whole_ends: list[int] = []
    whole_folded: list[str] = []
    whole_flags = bytearray()
    end = 0
    for start, own_end, word, flag in zip(*columns, strict=True):
        if start < end:
            whole_ends[-1] = end = own_end
            whole_folded[-1] += " " + word
        else:
            whole_starts.append(start)
            whole_ends.append(end := own_end)
            whole_folded.append(word)
            whole_flags.append(flag)
    return Words(text, whole_starts, whole_ends, whole_folded, bytes(whole_flags))
