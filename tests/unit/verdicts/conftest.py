from dataclasses import replace

import pytest

from newsdedup.model.article import ArticleRef, Origin, Skipped, SkipReason
from newsdedup.model.match import Evidence, Match, Relation, Test
from newsdedup.model.verdict import Accepted, CheckReport, Policy, Verdict
from newsdedup.readers.dates import parse_date

ODD = "new/50% off: a, b\r\n::error::x<&>\x01\x1b.txt"
"""A name with all that any format must escape."""


def match(relation, a, b):
    return Match(
        a,
        b,
        relation,
        0.97,
        Evidence(**dict.fromkeys(Evidence.__dataclass_fields__, 0.5) | {"longest_run": 40, "days_apart": 2.0}),
        Test.BANDS,
    )


def verdict(relation, number, source="new/day.jsonl", **fields):
    own = f"n{number}"
    article = ArticleRef(own, Origin(source, number), f"Headline {number}", "Gazette", None, 120)
    if relation is None:
        return Verdict(article)
    known = ArticleRef(f"k{number}", Origin("/archive/old.jsonl", 3), "Old", "Post", parse_date("2024-03-04"), 130)
    fields = {"failed": relation.joins, "story": f"story{number}"} | fields
    return Verdict(article, match(relation, known.id, own), known, **fields)


@pytest.fixture
def report():
    """One verdict of each kind, names that need escaping, something skipped and a stale entry."""
    verdicts = [verdict(None, 0), *(verdict(relation, 1 + i) for i, relation in enumerate(Relation))]
    verdicts.append(verdict(Relation.COPY, 7, source=ODD))
    verdicts.append(replace(verdict(Relation.COPY, 8), failed=False, accepted=True))
    skipped = (Skipped(Origin("new/bad.zip!a\nb.txt", 2), SkipReason.MALFORMED, "100% broken: no, really"),)
    return CheckReport(
        "1.2.3", "news.index", 500, tuple(verdicts), Policy(), skipped, (Accepted("s", "new/old.txt", "gone"),)
    )


@pytest.fixture
def many():
    """More of everything than any format shows."""
    verdicts = [verdict(relation, i) for i in range(3000) for relation in (Relation.COPY, Relation.EXCERPT)]
    skipped = [Skipped(Origin(f"new/bad-{i}.txt"), SkipReason.EMPTY, "nothing") for i in range(3000)]
    stale = [Accepted(str(i), "new/a.txt", f"gone-{i}") for i in range(3000)]
    return CheckReport("1.2.3", "news.index", 500, tuple(verdicts), Policy(), tuple(skipped), tuple(stale))
