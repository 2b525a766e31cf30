"""Two articles compared on their own, with no corpus around them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from newsdedup.model.article import Article
from newsdedup.model.catalog import STATUSES, Catalog, microseconds
from newsdedup.model.filing import FILING_CODE
from newsdedup.model.match import Candidates, Evidence, Match, Test, evidence_of
from newsdedup.model.report import Edit, Facts, Passage
from newsdedup.model.sketch import Int32Array, Sketches, Tokens
from newsdedup.plan import Plan
from newsdedup.stages.background import measure_background
from newsdedup.stages.candidates import propose
from newsdedup.stages.diff.edits import diff
from newsdedup.stages.facts import facts
from newsdedup.stages.measure import measure
from newsdedup.stages.passages import shared_passages
from newsdedup.stages.sketch import sketch, sketch_codes
from newsdedup.stages.text.headlines import headline_of
from newsdedup.stages.text.view import matching_codes
from newsdedup.stages.text.wire import filing_of, plain_headline
from newsdedup.stages.verify import probability, verify

PIECE_TOKENS = 40


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two articles share, and what they are to each other."""

    a: Article
    b: Article
    match: Match | None
    """None if they share nothing to speak of."""
    probability: float
    """That they are one story; 0.0 if they are too short to tell."""
    tests: Test
    """What would propose the two in a run."""
    evidence: Evidence
    edits: tuple[Edit, ...]
    """What turns a into b."""
    facts: Facts
    passages: tuple[Passage, ...]


def compare(a: Article, b: Article, plan: Plan) -> Comparison:
    """Compare two articles, with no corpus to tell what is common in it.

    As in a run, short texts match only when equal, headline included, and a text without words never does.
    """
    if a.id == b.id:
        b = replace(b, id=f"{b.id}~2")
    sketches, tokens = sketch_codes(*matching_codes((a.text, b.text), plan.text), plan.sketch)
    catalog = _catalog_of(a, b, sketches.words)
    proposed = propose(sketches, catalog.days, plan.candidates)
    tests = Test(int(proposed.candidates.tests[0])) if len(proposed.candidates) else Test(0)
    pair = Candidates(np.zeros(1, np.int32), np.ones(1, np.int32), np.full(1, tests, np.uint8), np.ones(1, np.float32))
    titles, headlines = sketch([plain_headline(title) for title in catalog.titles], plan.sketch)
    background = measure_background(_pieces(tokens), proposed.joined, catalog.days)
    evidence = measure(tokens, headlines, sketches, catalog, pair, background)
    matches = verify(catalog.ids, tokens, pair, evidence, plan.verify)
    chance = round(float(probability(evidence, plan.verify.weights)[0]), 4)
    if _too_short(sketches, titles, plan):
        matches, chance = matches[:0], 0.0
    match = matches[0] if len(matches) else None
    return Comparison(
        a=a,
        b=b,
        match=match,
        probability=match.probability if match else chance,
        tests=tests,
        evidence=evidence_of(evidence[0]),
        edits=diff(a, b),
        facts=facts(a.text, b.text),
        passages=shared_passages(a.text, b.text),
    )


def _pieces(tokens: Tokens) -> Tokens:
    """The same tokens as many short texts: what stands in most pieces of two articles would stand in most articles."""
    total = len(tokens.hashes)
    return replace(tokens, offsets=np.append(np.arange(0, total, PIECE_TOKENS), total))


def _too_short(sketches: Sketches, titles: Sketches, plan: Plan) -> bool:
    """Whether nothing can be told of two texts: one is short, and they and their headlines are not the same words."""
    if sketches.words.min() >= plan.candidates.min_words:
        return False
    same = all(found.fingerprints[0] == found.fingerprints[1] for found in (sketches, titles))
    return not (same and sketches.words.any())


def _catalog_of(a: Article, b: Article, words: Int32Array) -> Catalog:
    both = (a, b)
    return Catalog(
        ids=(a.id, b.id),
        sources=(a.origin.source, b.origin.source),
        source=np.array([0, 1], np.int32),
        record=np.array([article.origin.record for article in both], np.int32),
        titles=tuple(article.title or headline_of(article.text) for article in both),
        publishers=(a.publisher, b.publisher),
        publisher=np.array([0, 1], np.int32),
        published=np.array([microseconds(article.published) for article in both], np.int64),
        status=np.array([STATUSES.index(article.status) for article in both], np.uint8),
        words=words,
        slugs=(a.slug, b.slug),
        slug=np.array([0, 1], np.int32),
        guids=(a.guid, b.guid),
        guid=np.array([0, 1], np.int32),
        versions=(a.version, b.version),
        filing=np.array([FILING_CODE[filing_of(article).filing] for article in both], np.uint8),
        version=np.array([0, 1], np.int32),
    )
