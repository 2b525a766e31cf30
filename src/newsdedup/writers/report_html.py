"""report.html: the report as one page to read, without anything from outside.

Stories are rendered one by one as they stream past, and stand on the page in the order in which they matter. A large
run is shown in part, and the page says so: the JSON outputs hold everything.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import accumulate, islice
from pathlib import Path

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from newsdedup.model.article import Article, ArticleRef
from newsdedup.model.filing import Filing
from newsdedup.model.match import Relation
from newsdedup.model.report import Edit, EditKind, Entry, Facts, Link, Report, Variant
from newsdedup.writers import wording
from newsdedup.writers.cells import table_rows
from newsdedup.writers.rows import Hunk, hunks_of, rows_of

_MAX_STORIES = 300
_MAX_VARIANTS = 25
"""Of one story."""
_MAX_ALL_VARIANTS = 2000
"""Of all stories: more would seldom fit, and to render what is then left out takes as long as to find the diffs."""
_MAX_LINKS = 500
_MAX_PASSAGES = 5
_MAX_SKIPPED = 1000
_MAX_WITHDRAWN = 100
_MAX_LIVE = 50
"""Of one withdrawn article."""
_TOLD_FILINGS = (Filing.KILL, Filing.CORRECTION)
"""What is told of a story while it is closed."""
_MAX_BYTES = 8 * 1024 * 1024
"""Of the stories, of which at least one is shown, and again of the links: a browser opens that in a second or two."""
_WIDTH = 600
_OPEN_ROWS = 60
"""A diff of more rows than that is folded."""


@dataclass(frozen=True, slots=True)
class _VariantView:
    """What the page shows of a variant."""

    variant: Variant
    sentences: list[str]
    edits: list[tuple[EditKind, int]]
    hunks: list[Hunk]
    folded: bool


class ReportHtml:
    """Writes report.html."""

    texts = True

    def renderer(self, report: Report) -> Callable[[Entry], tuple[int, bytes] | None]:
        _environment().get_template("story.html")  # so that workers that are forked have it
        return partial(_story, _numbers(report))

    def begin(self, folder: Path, report: Report) -> None:
        self._file = (folder / "report.html").open("wb")
        self._bytes = 0
        self._report = report
        self._stories = self._links = self._links_shown = 0
        self._pages: dict[int, bytes] = {}
        self._first_left_out = _MAX_STORIES + 1
        style, script = _source("report.css"), _source("report.js")
        settings = yaml.safe_dump(_plain(report.header.settings), sort_keys=False, allow_unicode=True, width=100)
        self._render(
            "head.html",
            header=report.header,
            counts=report.header.counts,
            settings=settings,
            style=style,
            script_hash=_sha256(script),
            style_hash=_sha256(style),
            kinds=list(EditKind),
            relations=list(Relation),
            withdrawn=report.withdrawn[:_MAX_WITHDRAWN],
            withdrawn_more=max(0, len(report.withdrawn) - _MAX_WITHDRAWN),
            max_live=_MAX_LIVE,
        )

    def entry(self, rendered: tuple[int, bytes] | None) -> None:
        self._stories += 1
        if rendered is None or rendered[0] >= self._first_left_out:
            return
        number, page = rendered
        self._pages[number] = page
        self._bytes += len(page)
        while self._bytes > _MAX_BYTES and len(self._pages) > 1:
            self._first_left_out = max(self._pages)
            self._bytes -= len(self._pages.pop(self._first_left_out))

    def link(self, link: Link) -> None:
        if not self._links:
            self._end_stories()
        self._links += 1
        if self._links_shown == _MAX_LINKS or self._bytes > _MAX_BYTES:
            return
        self._links_shown += 1
        look_alike = link.match.relation is Relation.TEMPLATE  # its facts stand beside the articles instead
        page = _rendered(
            "link.html",
            number=self._links,
            link=link,
            look_alike=look_alike,
            sentences=wording.match_in_words(link.match, Facts() if look_alike else link.facts),
            passages=link.passages[:_MAX_PASSAGES],
            more=max(0, len(link.passages) - _MAX_PASSAGES),
        )
        self._file.write(page)
        self._bytes += len(page)

    def end(self) -> None:
        with self._file:
            if not self._links:
                self._end_stories()
            skipped = self._report.skipped
            self._render(
                "foot.html",
                links=self._links,
                links_shown=self._links_shown,
                skipped=skipped[:_MAX_SKIPPED],
                skipped_more=max(0, len(skipped) - _MAX_SKIPPED),
                script=_source("report.js"),
                header=self._report.header,
            )

    def _end_stories(self) -> None:
        self._file.writelines(self._pages[number] for number in sorted(self._pages))
        shown = len(self._pages)
        self._pages.clear()
        self._bytes = 0
        self._render("links.html", stories=self._stories, shown=shown)

    def _render(self, template: str, **values: object) -> None:
        self._file.write(_rendered(template, **values))


def _numbers(report: Report) -> dict[str, int]:
    """The stories that are shown, numbered from 1: those with something withdrawn first, then those told most often."""
    alarming = {article.id for w in report.withdrawn for article in (w.article, *(copy.article for copy in w.live))}
    order = sorted(report.clusters, key=lambda c: (alarming.isdisjoint(c.members), -len(c.members), c.id))
    variants = accumulate(min(len(cluster.members) - 1, _MAX_VARIANTS) for cluster in order)
    fitting = sum(total <= _MAX_ALL_VARIANTS for total in islice(variants, _MAX_STORIES))
    return {cluster.id: number for number, cluster in enumerate(order[:fitting], 1)}


def _story(numbers: Mapping[str, int], entry: Entry) -> tuple[int, bytes] | None:
    """The number of a story, and how it stands on the page; None for one that is not shown."""
    number = numbers.get(entry.cluster.id)
    if number is None:
        return None
    shown = entry.variants[:_MAX_VARIANTS]
    return number, _rendered(
        "story.html",
        number=number,
        entry=entry,
        relations=list(dict.fromkeys(v.match.relation for v in entry.variants)),
        filings=[filing for filing in _TOLD_FILINGS if any(v.filing is filing for v in entry.chain)],
        variants=[_view(entry.canonical, variant) for variant in shown],
        more=len(entry.variants) - len(shown),
    )


def _rendered(template: str, **values: object) -> bytes:
    return _environment().get_template(template).render(**values).encode("utf-8", "backslashreplace")


def _source(name: str) -> Markup:
    """A style or script of this package, to stand in the page as it is."""
    loader = _environment().loader
    if loader is None:
        raise AssertionError("the environment was made with a loader")
    return Markup(loader.get_source(_environment(), name)[0])  # noqa: S704  # our own file


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("newsdedup.writers"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "visible": wording.visible,
        "line": wording.visible_line,
        "percent": wording.percent,
        "counted": wording.count,
        "when": wording.when,
        "relation": wording.name_of_relation,
        "meaning": wording.meaning_of_relation,
        "edit": wording.name_of_edit,
        "filing": wording.name_of_filing,
        "tie": wording.reason_live,
        "headline": _headline,
        "table_rows": table_rows,
    }
    return environment


def _view(canonical: Article, variant: Variant) -> _VariantView:
    edits = variant.edits
    hunks = _visible_hunks(canonical.text, edits) if edits else []
    names = ("the canonical article", "this variant")
    if variant.match.a != canonical.id:
        names = names[::-1]
    return _VariantView(
        variant=variant,
        sentences=wording.match_in_words(variant.match, variant.facts, *names),
        edits=wording.count_edits(edits or ()),
        hunks=hunks,
        folded=sum(len(hunk.rows) for hunk in hunks) > _OPEN_ROWS,
    )


def _visible_hunks(text: str, edits: Sequence[Edit]) -> list[Hunk]:
    """The hunks of a diff, as if there were no rows in which nothing is to be seen, such as one blank line less."""
    rows = [row for row in rows_of(text, edits, _WIDTH) if row.old.strip() or row.new.strip()]
    return list(hunks_of(rows, context=1)) if any(row.changed for row in rows) else []


def _headline(article: Article | ArticleRef) -> str:
    """The headline of an article, or how its text begins, or its id."""
    text = article.text if isinstance(article, Article) else ""
    first = next((line.strip() for line in text[:2000].splitlines() if line.strip()), "")
    title = wording.visible_line(article.title or first or article.id)
    return title if len(title) <= 140 else f"{title[:140].rsplit(' ', 1)[0]} …"


def _plain(value: object) -> object:
    """Settings with nothing but what YAML can show."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def _sha256(source: str) -> str:
    return base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
