"""What a run found, in a few lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the model loads numpy
    from newsdedup.model.report import Report


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of a run; `skipped` by reason, `unread_dates` by article, `matches` (pairs) by relation."""

    read: int
    kept: int
    skipped: Mapping[str, int]
    unread_dates: int
    clusters: int
    variants: int
    links: int
    matches: Mapping[str, int]
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
            "report": str(self.report),
            "took": f"{self.elapsed_s:.1f} s",
        }
        return "\n".join(f"{name:8} {value}" for name, value in rows.items() if value)

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
            "report": str(self.report),
            "elapsed_s": round(self.elapsed_s, 3),
        }


def summary(report: Report, out: Path, *, elapsed_s: float) -> Summary:
    """The summary of a report that was written to `out`."""
    counts = report.header.counts
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
        report=page if page.exists() else out,
        elapsed_s=elapsed_s,
    )


def _count(n: int, one: str, many: str) -> str:
    return f"{n:,} {one if n == 1 else many}"


def _counted(names: Iterable[str]) -> Mapping[str, int]:
    """How often each name occurs, the most frequent first."""
    counts = Counter(names)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{n:,} {name}" for name, n in counts.items() if n)
