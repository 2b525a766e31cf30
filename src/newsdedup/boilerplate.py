"""What was learned as page furniture, for people to read: the lines of each publisher, and those of one article."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from newsdedup.errors import InputError
from newsdedup.furniture import learn_furniture
from newsdedup.model.article import Origin
from newsdedup.model.furniture import Furniture
from newsdedup.plan import Plan, TextParams
from newsdedup.progress import Progress
from newsdedup.readers.interface import Corpus
from newsdedup.sketching import Sketched, sketch_corpus
from newsdedup.stages.furniture import Place, furniture_in, words_left
from newsdedup.stages.text.credits import credit_spans
from newsdedup.stages.text.furniture import find_furniture
from newsdedup.stages.text.tokens import token_columns
from newsdedup.stages.text.view import matching_text
from newsdedup.workers import Workers


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """A line that a publisher repeats, and in how many of its articles."""

    text: str
    articles: int


@dataclass(frozen=True, slots=True)
class Learned:
    """The furniture of one publisher, the most frequent lines first, learned from so many different articles."""

    publisher: str
    articles: int
    lines: tuple[Line, ...]


class Why(enum.Enum):
    """What makes a part of an article count for little."""

    LEARNED = "learned"
    """Its publisher repeats it: left out when pairs are compared."""
    CREDIT = "credit"
    """A dateline, credit or notice: left out of the matching view."""
    PATTERN = "pattern"
    """A phrase known from many pages: compared, but no passage that two articles share, and named in a diff."""


@dataclass(frozen=True, slots=True)
class Part:
    """A half-open span of an article's text that counts for little, and why."""

    span: tuple[int, int]
    text: str
    why: Why
    articles: int = 0
    """How many of its publisher's articles hold what was learned."""


@dataclass(frozen=True, slots=True)
class Explained:
    """One article, and what of it counts for little."""

    article: str
    publisher: str
    read: int
    """Articles of its publisher that furniture was learned from; 0 if that is unknown, or has too few."""
    words: int
    left: int
    """Words that it is compared by; all, if hardly any would be left."""
    parts: tuple[Part, ...]


def learned_lines(corpus: Corpus, plan: Plan, workers: Workers, progress: Progress) -> tuple[Learned, ...]:
    """The furniture of every publisher of which enough articles were read, by name."""
    sketched = sketch_corpus(corpus, plan, workers, progress)
    furniture = learn_furniture(sketched, plan.furniture)
    catalog = sketched.catalog
    wanted: dict[Origin, list[tuple[int, Place]]] = defaultdict(list)
    for row, place in _first_places(sketched, furniture):
        wanted[catalog.origin(row)].append((row, place))
    lines: dict[int, list[Line]] = defaultdict(list)
    for article in corpus.select({origin: catalog.ids[found[0][0]] for origin, found in wanted.items()}):
        text = matching_text(article.text, plan.text)
        for row, place in wanted[article.origin]:
            start, end = _span(text, place)
            line = " ".join(text[start:end].split())
            lines[int(sketched.site[row])].append(Line(line, int(furniture.articles[place.line])))
    return tuple(
        sorted(
            (
                Learned(name, int(furniture.read[p]), tuple(sorted(lines[p], key=lambda line: (-line.articles, line))))
                for p, name in enumerate(sketched.sites)
                if furniture.read[p]
            ),
            key=lambda learned: learned.publisher,
        )
    )


def explain_article(own: str, corpus: Corpus, plan: Plan, workers: Workers, progress: Progress) -> Explained:
    """What counts for little in the article with this id, and why. Raises InputError if there is none."""
    sketched = sketch_corpus(corpus, plan, workers, progress)
    catalog = sketched.catalog
    if own not in catalog.ids:
        raise InputError(f'no article in {", ".join(corpus.inputs)} has the id "{own}"')
    row = catalog.ids.index(own)
    furniture = learn_furniture(sketched, plan.furniture)
    (article,) = corpus.select({catalog.origin(row): own})
    text = matching_text(article.text, replace(plan.text, credits=False))
    view = matching_text(article.text, plan.text)
    parts = [
        Part(span, text[slice(*span)], Why.LEARNED, int(furniture.articles[place.line]))
        for place in furniture_in(sketched.tokens, row, sketched.site, furniture)
        for span in [_span(view, place)]
    ]
    parts += _known(text, plan.text, parts)
    return Explained(
        article=own,
        publisher=article.site,
        read=int(furniture.read[sketched.site[row]]),
        words=int(catalog.words[row]),
        left=words_left(sketched.tokens, row, sketched.site, furniture),
        parts=tuple(sorted(parts, key=lambda part: part.span)),
    )


def _known(text: str, params: TextParams, learned: list[Part]) -> Iterator[Part]:
    """The credits, and those lines of known phrases that were not learned."""
    for span in credit_spans(text) if params.credits else ():
        yield Part(span, text[slice(*span)], Why.CREDIT)
    for start, end in find_furniture(text):
        if not any(part.span[0] < end and start < part.span[1] for part in learned):
            yield Part((start, end), text[start:end], Why.PATTERN)


def _first_places(sketched: Sketched, furniture: Furniture) -> Iterator[tuple[int, Place]]:
    """For every line the first article that has it, and where."""
    seen: set[int] = set()
    for row in range(len(sketched.catalog)):
        for place in furniture_in(sketched.tokens, row, sketched.site, furniture):
            if place.line not in seen:
                seen.add(place.line)
                yield row, place


def _span(view: str, place: Place) -> tuple[int, int]:
    starts, ends, _, _ = token_columns(view)
    return starts[place.first], ends[place.last - 1]
