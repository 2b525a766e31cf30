"""Does anything blow up on corpora that are hard on pairwise comparison?

    python benchmarks/hard_corpora.py [--reuters FOLDER] [--scale 1.0]

One notice printed 20,000 times, 50,000 fillings of one form, 100 articles of a megabyte (`families.py`) and, if its
folder is given, Reuters-21578 with its 1,604 identical stubs. `--scale` makes the invented ones smaller.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import families
from processes import CLUSTERS_ONLY, newsdedup
from tables import options, publish

from newsdedup.engines.local import LocalEngine
from newsdedup.plan import Plan
from newsdedup.progress import Silent
from newsdedup.readers.corpus import FileCorpus


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--reuters", type=Path, metavar="FOLDER", help="the SGML files of Reuters-21578")
    parser.add_argument("--scale", type=float, default=1.0)
    given = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory(prefix="newsdedup-bench-") as name:
        folder = Path(name)
        for title, make in invented_corpora(given.scale):
            corpus = families.write(folder / "corpus.jsonl", make())
            rows.append(row(title, corpus, folder / "report"))
        if given.reuters:
            rows.append(row("Reuters-21578", given.reuters, folder / "report"))
    publish(
        "hard corpora",
        "To clusters, without diffs",
        [
            "corpus",
            "articles",
            "wall s",
            "cpu s",
            "peak MB",
            "pairs compared",
            "pairs an article",
            "clusters",
            "largest",
        ],
        rows,
        dry_run=given.dry_run,
    )


def invented_corpora(scale: float) -> Iterator[tuple[str, Callable[[], Iterator[families.Made]]]]:
    yield "near-copies of one notice", lambda: families.near_copies(int(20_000 * scale))
    yield "fillings of one form", lambda: families.siblings(int(50_000 * scale))
    yield "articles of 1 MB, one in ten a copy", lambda: families.long_articles(int(100 * scale), 1_000_000)


def row(title: str, corpus: Path, out: Path) -> list[str]:
    took = newsdedup("run", corpus, "--out", out, "--force", "--json", *CLUSTERS_ONLY)
    found = json.loads(took.out)
    with (out / "clusters.jsonl").open(encoding="utf-8") as lines:
        largest = max((len(json.loads(line)["members"]) for line in lines), default=1)
    pairs = pairs_compared(corpus)
    return [
        title, f"{found['kept']:,}", f"{took.wall_s:.1f}", f"{took.cpu_s:.1f}", f"{took.peak_bytes / 1e6:,.0f}",
        f"{pairs:,}", f"{pairs / found['kept']:.1f}", f"{found['clusters']:,}", f"{largest:,}",
    ]  # fmt: skip


def pairs_compared(corpus: Path) -> int:
    """How many pairs the engine compares in full; counted apart, as writing report.json would cost time."""
    plan = Plan()
    with FileCorpus.open([str(corpus)], plan.reader) as opened:
        return LocalEngine().find_matches(opened, plan, Silent()).candidates


if __name__ == "__main__":
    main()
