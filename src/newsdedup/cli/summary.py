"""What a run found, in a few lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from newsdedup.model.filing import Filing

if TYPE_CHECKING:  # the model loads numpy
    from newsdedup.model.catalog import Catalog
    from newsdedup.model.report import Report, Version

_MAX_LISTED = 10
_MAX_MENDED = 5


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An article that its sender took back, and the ids of what is still live of it."""

    id: str
    headline: str
    live: Sequence[str]


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of a run; `skipped` by reason, `unread_dates` by article, `matches` (pairs) by relation.

    `chains` counts the stories that were filed more than once, and those of them that were corrected or withdrawn;
    `mended` are the first of the latter, a line each.
    """

    read: int
    kept: int
    skipped: Mapping[str, int]
    unread_dates: int
    clusters: int
    variants: int
    links: int
    matches: Mapping[str, int]
    withdrawn: Sequence[Withdrawn]
    chains: Mapping[str, int]
    mended: Sequence[str]
    report: Path
    elapsed_s: float

    def text(self) -> str:
        """For people."""
        stories = _count(self.clusters, "story", "stories")
        variants = _count(self.variants, "variant", "variants")
        rows = {
            "read": f"{_count(self.kept, 'article', 'articles')}, {sum(self.skipped.values()):,} skipped",
            "skipped": _listed(self.skipped),
            "dates": f"{self.unread_dates:,} could not be read" if self.unread_dates else "",
            "found": f"{stories} with {variants}, {_count(self.links, 'link', 'links')} between stories",
            "matches": _listed(self.matches),
            "versions": self._told_chains(),
            "report": str(self.report),
            "took": f"{self.elapsed_s:.1f} s",
        }
        return "\n".join([*self._alarm(), *(f"{name:8} {value}" for name, value in rows.items() if value)])

    def _alarm(self) -> Iterator[str]:
        """What was withdrawn by its sender and still stands."""
        from newsdedup.writers.wording import visible_line  # noqa: PLC0415  # it loads numpy

        for item in self.withdrawn[:_MAX_LISTED]:
            yield f"WITHDRAWN by its sender, still live: {visible_line(item.headline or item.id)}"
            yield from (f"  {visible_line(copy)}" for copy in item.live[:_MAX_LISTED])
            if len(item.live) > _MAX_LISTED:
                yield f"  and {len(item.live) - _MAX_LISTED:,} more"
        if len(self.withdrawn) > _MAX_LISTED:
            yield f"and {len(self.withdrawn) - _MAX_LISTED:,} more withdrawn, still live: all in the report"
        if self.withdrawn:
            yield ""

    def _told_chains(self) -> str:
        if not self.chains["stories"]:
            return ""
        told = [f"{_count(self.chains['stories'], 'story', 'stories')} filed more than once"]
        told += [f"{self.chains[name]:,} {name}" for name in ("corrected", "withdrawn") if self.chains[name]]
        return "\n         ".join([", ".join(told), *self.mended])

    def data(self) -> Mapping[str, object]:
        """For programs."""
        return {
            "read": self.read,
            "kept": self.kept,
            "skipped": dict(self.skipped),
            "unread_dates": self.unread_dates,
            "clusters": self.clusters,
            "variants": self.variants,
            "links": self.links,
            "matches": dict(self.matches),
            "withdrawn": [{"id": item.id, "live": list(item.live)} for item in self.withdrawn],
            "versions": dict(self.chains),
            "report": str(self.report),
            "elapsed_s": round(self.elapsed_s, 3),
        }


def summary(report: Report, out: Path, *, elapsed_s: float) -> Summary:
    """The summary of a report that was written to `out`."""
    counts = report.header.counts
    chains = _chains(report)
    page = out / "report.html"
    return Summary(
        read=counts.read,
        kept=counts.kept,
        skipped=_counted(skip.reason.value for skip in report.skipped),
        unread_dates=counts.unread_dates,
        clusters=counts.clusters,
        variants=counts.variants,
        links=counts.links,
        matches=counts.matches,
        withdrawn=[Withdrawn(w.article.id, w.article.title, [c.article.id for c in w.live]) for w in report.withdrawn],
        chains=_counted_chains(chains),
        mended=_mended(report.catalog, chains),
        report=page if page.exists() else out,
        elapsed_s=elapsed_s,
    )


def _chains(report: Report) -> list[tuple[Version, ...]]:
    """The chains of the stories that were filed more than once."""
    import numpy as np  # noqa: PLC0415  # see the model

    from newsdedup.stages.chain import chain_of, told_versions  # noqa: PLC0415  # it loads numpy

    catalog = report.catalog
    told = told_versions(catalog)
    ids = set(map(catalog.ids.__getitem__, told.nonzero()[0].tolist()))
    stories = [cluster.members for cluster in report.clusters if not ids.isdisjoint(cluster.members)]
    chains = (chain_of(catalog, np.array([catalog.places[m] for m in members]), told) for members in stories)
    return [chain for chain in chains if chain]


def _counted_chains(chains: Sequence[Sequence[Version]]) -> Mapping[str, int]:
    said = [{version.filing for version in chain} for chain in chains]
    return {
        "stories": len(said),
        "corrected": sum(Filing.CORRECTION in filings for filings in said),
        "withdrawn": sum(Filing.KILL in filings for filings in said),
    }


def _mended(catalog: Catalog, chains: Sequence[Sequence[Version]]) -> Sequence[str]:
    """The first stories that were corrected or withdrawn, each by its last headline."""
    from newsdedup.stages.text.wire import plain_headline  # noqa: PLC0415
    from newsdedup.writers.wording import chain_in_words, visible_line  # noqa: PLC0415  # it loads numpy

    shown = [c for c in chains if any(v.filing in {Filing.CORRECTION, Filing.KILL} for v in c)][:_MAX_MENDED]
    titles = [plain_headline(catalog.titles[catalog.places[chain[-1].id]]) or chain[-1].id for chain in shown]
    return [f"{chain_in_words(chain)}: {visible_line(title)}" for chain, title in zip(shown, titles, strict=True)]


def _count(n: int, one: str, many: str) -> str:
    return f"{n:,} {one if n == 1 else many}"


def _counted(names: Iterable[str]) -> Mapping[str, int]:
    """How often each name occurs, the most frequent first."""
    counts = Counter(names)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{n:,} {name}" for name, n in counts.items() if n)
