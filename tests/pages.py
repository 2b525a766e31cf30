"""Invented pages of invented publishers, most of whose text is furniture; what several tests of furniture begin with."""

import itertools
import random

SYLLABLES = ["".join(pair) for pair in itertools.product("bdgklmnprstvw", "aeiou")]
COURIER, MAIL = "Invented Courier", "Made-up Mail"


def sentence(rng: random.Random) -> str:
    """A sentence of eight to fourteen words, two of them names."""
    words = ["".join(rng.choices(SYLLABLES, k=3)) for _ in range(rng.randint(8, 14))]
    words[3], words[4] = words[3].capitalize(), words[4].capitalize()
    return f"{' '.join(words).capitalize()}."


def sentences(rng: random.Random, n: int) -> list[str]:
    return [sentence(rng) for _ in range(n)]


class Site:
    """A publisher that prints the same lines around every story: some above it, the rest below."""

    def __init__(self, name: str, lines: list[str]) -> None:
        self.name = name
        self.lines = lines

    def page(self, own: str, story: list[str]) -> dict[str, str]:
        text = "\n".join((*self.lines[:3], *story, *self.lines[3:]))
        return {"id": own, "text": text, "publisher": self.name}


def two_sites(
    seed: int = 2, pages: int = 24, furniture: int = 24, story: int = 16, copies: int = 4
) -> list[dict[str, str]]:
    """Pages of two sites, `pages` of each with a story of its own, and `copies` stories that both sites print.

    As many lines of each page are `furniture` and `story`: three fifths are furniture.
    """
    rng = random.Random(seed)
    courier, mail = (Site(name, sentences(rng, furniture)) for name in (COURIER, MAIL))
    articles = [site.page(f"{site.name}-{i}", sentences(rng, story)) for site in (courier, mail) for i in range(pages)]
    for i in range(copies):
        told = sentences(rng, story)
        articles += [site.page(f"copy-{i}-{site.name}", told) for site in (courier, mail)]
    return articles
