"""A small but whole report: real news texts, a hostile story, a right-to-left one, links, and skipped input."""

from __future__ import annotations

import difflib
import re
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from newsdedup.model.article import Article, ArticleRef, Origin, Skipped, SkipReason
from newsdedup.model.catalog import STATUSES, UNDATED, Catalog
from newsdedup.model.filing import Filing
from newsdedup.model.match import RELATIONS, Evidence, Match, MatchTable, Relation, Test
from newsdedup.model.report import (
    Cluster,
    Counts,
    Edit,
    EditKind,
    Entry,
    Facts,
    Link,
    LiveCopy,
    Passage,
    Report,
    RunHeader,
    Tie,
    Variant,
    Version,
    Withdrawal,
)

SEEDS = Path(__file__).parents[3] / "corpus" / "seeds"

HOSTILE = (
    "Markets close higher <script>document.title='owned'</script>\n\n"
    '</textarea></pre><img src="http://outside.invalid/x.png" onerror="document.title=\'owned\'">\n\n'
    "An astral \U0001f5de\U0001d518, a NUL \x00, an escape \x1b[31m, a line\u2028separator & <b>tags</b> {{ 7 * 7 }}.\n"
)
ARABIC = (
    "القاهرة - قال متحدث باسم الحكومة إن 1200 شخص عادوا إلى منازلهم يوم الاثنين بعد انحسار مياه الفيضان.\n\n"
    "وأضاف أن المدارس ستفتح أبوابها يوم الخميس.\n"
)


def word_edits(canonical: str, variant: str) -> tuple[Edit, ...]:
    """Word-level edits by difflib, with kinds guessed well enough to look at."""
    old, new = (re.findall(r"\w+|\s+|.", text, re.DOTALL) for text in (canonical, variant))
    old_at, new_at = ([0], [0])
    for words, at in ((old, old_at), (new, new_at)):
        for word in words:
            at.append(at[-1] + len(word))
    edits = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            spans = (old_at[a], old_at[b]), (new_at[c], new_at[d])
            before, after = canonical[slice(*spans[0])], variant[slice(*spans[1])]
            edits.append(Edit(_kind(before, after), *spans, after))
    return tuple(edits)


def _kind(before: str, after: str) -> EditKind:
    if "ADVERT" in before + after:
        return EditKind.FURNITURE
    if not re.search(r"\w", before + after):
        return EditKind.TYPOGRAPHY
    if re.search(r"\d", before + after):
        return EditKind.FIGURE
    if not before.strip():
        return EditKind.ADDED
    if not after.strip():
        return EditKind.CUT
    return EditKind.NAME if before.istitle() and after.istitle() else EditKind.REWORDED


def move_last_sentence_first(article_id: str, canonical: Article) -> tuple[Article, tuple[Edit, ...]]:
    """A variant that differs in one move."""
    start = canonical.text.rstrip("\n").rindex("\n") + 1
    moved = canonical.text[start:]
    text = moved + canonical.text[:start]
    edits = (
        Edit(EditKind.MOVED, (0, 0), (0, len(moved)), moved, move=1),
        Edit(EditKind.MOVED, (start, len(canonical.text)), (len(text), len(text)), "", move=1),
    )
    return Article(article_id, text, Origin(article_id)), edits


def evidence(**measured: float) -> Evidence:
    """Evidence of some revision, but for what is given."""
    values = dict.fromkeys(Evidence.__dataclass_fields__, 0.5) | {
        "alignment": 0.97, "rare_containment": 0.9, "longest_run": 214, "words": 230, "figures_kept": 11, "figures_replaced": 1, "length_ratio": 0.88, "figures_shared": 12,
        "figures_differing": 1, "names_shared": 31, "names_differing": 0, "headline": 0.0, "days_apart": -1.0,
    }  # fmt: skip
    return Evidence(**(values | measured))


def seed(number: int) -> Article:
    """One of the seed articles."""
    path = next(SEEDS.glob(f"{number:03}_*"))
    when = {0: datetime(2024, 3, 19, tzinfo=UTC), 2: datetime(2024, 3, 18, 20, 43, tzinfo=UTC)}.get(number)
    titles = {2: "President Xi Jinping congratulates Vladimir Putin, says his poll victory reflects Russian support"}
    return Article(
        path.name,
        path.read_text("utf-8"),
        Origin(f"corpus/seeds/{path.name}"),
        title=titles.get(number, ""),
        publisher={2: "The Telegraph Online"}.get(number, ""),
        published=when,
    )


def sample_report() -> Report:
    """The report; made anew each time, always the same."""
    copy, canonical, excerpt = seed(1), seed(2), seed(0)
    hostile = Article('hostile/"><script>alert(1)</script>.html', HOSTILE, Origin("corpus/hostile.zip!a.html"))
    moved, moves = move_last_sentence_first("=HYPERLINK(1)", hostile)
    flood = Article(
        "ar/فيضان.txt", ARABIC, Origin("corpus/ar.jsonl", 3), title="عودة 1200 شخص بعد الفيضان", language="ar"
    )
    flood_later = Article(
        "ar/فيضان-2.txt", ARABIC.replace("1200", "1500").replace("الخميس", "الأحد"), Origin("corpus/ar.jsonl", 4)
    )
    same = Article("ar/same.txt", ARABIC, Origin("corpus/ar.jsonl", 5))
    alone = Article("-alone.txt", "Nobody else wrote this.", Origin("corpus/alone.txt"))
    articles = sorted(
        (copy, canonical, excerpt, hostile, moved, flood, flood_later, same, alone), key=lambda a: a.origin
    )
    position = {a.id: i for i, a in enumerate(articles)}

    def match(a: Article, b: Article, relation: Relation, probability: float, **measured: float) -> Match:
        a, b = sorted((a, b), key=lambda article: position[article.id])
        return Match(a.id, b.id, relation, probability, evidence(**measured), Test.BANDS | Test.SAMPLE)

    revised = match(copy, canonical, Relation.REVISION, 0.9731)
    copied = match(hostile, moved, Relation.COPY, 0.9999, alignment=0.9)
    updated = match(flood, flood_later, Relation.REVISION, 0.88, days_apart=2.25)
    exact = match(flood, same, Relation.EXACT, 1.0, alignment=1.0)
    quoted = match(excerpt, canonical, Relation.EXCERPT, 0.21, alignment=0.38, days_apart=0.1)
    form = match(alone, flood, Relation.TEMPLATE, 0.02, alignment=0.6)
    matches = sorted((revised, copied, updated, exact, quoted, form), key=lambda m: (position[m.a], position[m.b]))
    clusters = (
        Cluster("c1", canonical.id, tuple(sorted((copy.id, canonical.id))), "it is the most complete (731 words)"),
        Cluster("c2", hostile.id, tuple(sorted((hostile.id, moved.id))), "its id comes first"),
        Cluster("c3", flood.id, tuple(sorted((flood.id, flood_later.id, same.id))), "it is dated"),
    )
    figures = Facts(
        ("75th", "2012", "42", "2013"), (), ("18.03.24", "08:43"), ("Putin", "Xi", "Tass"), ("Party",), ("PTI",)
    )
    entries = (
        Entry(clusters[0], canonical, (
            Variant(copy, revised, word_edits(canonical.text, copy.text), figures),
        )),
        Entry(clusters[1], hostile, (Variant(moved, copied, moves, Facts()),)),
        Entry(clusters[2], flood, (
            Variant(same, exact, (), Facts()),
            Variant(flood_later, updated, word_edits(flood.text, flood_later.text), Facts((), ("1200",), ("1500",))),
        ), (
            Version(flood.id, Filing.FIRST, None, datetime(2024, 3, 17, 8, 5, tzinfo=UTC)),
            Version(flood_later.id, Filing.CORRECTION, 1, datetime(2024, 3, 19, 14, 5, tzinfo=UTC), 1, 2),
        )),
    )  # fmt: skip
    shared = "Xi and Putin have met 42 times since"
    at = [text.index(shared) for text in (excerpt.text, canonical.text)]
    passage = Passage((at[0], at[0] + len(shared)), (at[1], at[1] + len(shared)), excerpt.text[at[0] : at[0] + 207])
    links = (
        Link(quoted, _ref(excerpt), _ref(canonical), (passage,), Facts(("42", "2013"), ("240",))),
        Link(form, _ref(alone), _ref(flood), (), Facts((), ("1,200", "14 May"), ("1,500", "21 May"), (), ("Cairo",))),
    )
    skipped = (
        Skipped(Origin("corpus/broken.json"), SkipReason.MALFORMED, "line 3: expected a value"),
        Skipped(Origin("corpus/notes.jsonl", 17), SkipReason.NO_TEXT),
    )
    withdrawn = (Withdrawal(_ref(moved), (LiveCopy(_ref(hostile), Tie.COPY), LiveCopy(_ref(alone), Tie.HEADLINE))),)
    return Report(_header(articles, clusters, matches, skipped), _catalog(articles), clusters,
                  match_table(articles, matches), entries, links, skipped, withdrawn)  # fmt: skip


def match_table(articles: list[Article], matches: list[Match]) -> MatchTable:
    position = {a.id: i for i, a in enumerate(articles)}
    fields = Evidence.__dataclass_fields__
    return MatchTable(
        tuple(position),
        np.array([position[m.a] for m in matches], np.int32),
        np.array([position[m.b] for m in matches], np.int32),
        np.array([RELATIONS.index(m.relation) for m in matches], np.uint8),
        np.array([m.probability for m in matches], np.float32),
        np.array([[getattr(m.evidence, f) for f in fields] for m in matches], np.float32).reshape(-1, len(fields)),
        np.array([int(m.tests) for m in matches], np.uint8),
    )


def _header(articles, clusters, matches, skipped) -> RunHeader:
    clustered = sum(len(c.members) for c in clusters)
    counts = Counts(
        read=len(articles) + len(skipped), kept=len(articles), skipped=len(skipped), candidates=11,
        matches={r.value: sum(m.relation is r for m in matches) for r in RELATIONS}, clusters=len(clusters),
        clustered=clustered, variants=clustered - len(clusters), links=2, capped_groups=0,
    )  # fmt: skip
    settings = {"sketch": {"num_perm": 128, "seed": 1}, "canonical": {"policy": ["live", "complete"]}}
    return RunHeader("0.1.0", datetime(2024, 3, 20, 9, 30, tzinfo=UTC), ("corpus",), settings, counts)


def _catalog(articles: list[Article]) -> Catalog:
    publishers = tuple(dict.fromkeys(a.publisher for a in articles))
    sources = tuple(dict.fromkeys(a.origin.source for a in articles))
    return Catalog(
        ids=tuple(a.id for a in articles),
        sources=sources,
        source=np.array([sources.index(a.origin.source) for a in articles], np.int32),
        record=np.array([a.origin.record for a in articles], np.int32),
        titles=tuple(a.title for a in articles),
        publishers=publishers,
        publisher=np.array([publishers.index(a.publisher) for a in articles], np.int32),
        published=np.array(
            [UNDATED if a.published is None else int(a.published.timestamp() * 1e6) for a in articles], np.int64
        ),
        status=np.array([STATUSES.index(a.status) for a in articles], np.uint8),
        words=np.array([len(a.text.split()) for a in articles], np.int32),
        slugs=tuple(a.slug for a in articles),
        slug=np.arange(len(articles), dtype=np.int32),
        guids=tuple(a.guid for a in articles),
        guid=np.arange(len(articles), dtype=np.int32),
        versions=tuple(a.version for a in articles),
        version=np.arange(len(articles), dtype=np.int32),
        filing=np.zeros(len(articles), np.uint8),
    )


def _ref(article: Article) -> ArticleRef:
    return ArticleRef(
        article.id, article.origin, article.title, article.publisher, article.published, len(article.text.split())
    )
