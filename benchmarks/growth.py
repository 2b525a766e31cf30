"""How do time and memory grow with the number of articles?

    python benchmarks/growth.py [--articles 10000 50000 200000 1000000] [--rounds 1]

Runs `newsdedup run --report clusters --no-diffs` over invented articles (`families.stories`), and fits time = c * n^k
to the medians.
"""

from __future__ import annotations

import math
import statistics
import tempfile
from pathlib import Path

import families
from processes import CLUSTERS_ONLY, Took, newsdedup
from tables import options, publish

PROMISED_BYTES, PROMISED_PER_ARTICLE = 300_000_000, 1024
"""The memory that a run should stay below."""


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 50_000, 200_000, 1_000_000], metavar="N")
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    rows, walls, cpus = [], [], []
    for count in given.articles:
        with tempfile.TemporaryDirectory(prefix="newsdedup-bench-") as folder:
            corpus = families.write(Path(folder) / "corpus.jsonl", families.stories(count))
            megabytes = corpus.stat().st_size / 1e6
            took = [
                newsdedup("run", corpus, "--out", Path(folder) / "report", "--force", *CLUSTERS_ONLY)
                for _ in range(given.rounds)
            ]
        wall, cpu, peak = medians(took)
        walls.append(wall)
        cpus.append(cpu)
        rows.append(
            [
                f"{count:,}", f"{megabytes:,.0f}", f"{wall:.1f}", f"{cpu:.1f}", f"{count / wall:,.0f}",
                f"{megabytes / wall:.1f}", f"{peak / 1e6:,.0f}",
                f"{(PROMISED_BYTES + PROMISED_PER_ARTICLE * count) / 1e6:,.0f}",
            ]
        )  # fmt: skip
        print(f"{count:,} articles: {wall:.1f} s", flush=True)
    if len(given.articles) > 1:
        exponents = [f"{exponent(given.articles, times):.2f}" for times in (walls, cpus)]
        rows.append(["exponent", "", *exponents, "", "", "", ""])
    publish(
        "growth",
        f"Invented articles of about 200 words, one in five an altered copy; medians of {given.rounds}",
        ["articles", "MB", "wall s", "cpu s", "articles/s", "MB/s", "peak MB", "300 MB + 1 KiB an article"],
        rows,
        dry_run=given.dry_run,
    )


def medians(took: list[Took]) -> tuple[float, float, float]:
    """Of wall and processor seconds, and of peak bytes."""
    return (
        statistics.median(one.wall_s for one in took),
        statistics.median(one.cpu_s for one in took),
        statistics.median(one.peak_bytes for one in took),
    )


def exponent(counts: list[int], times: list[float]) -> float:
    """The k of time = c * n^k, by least squares on the logarithms."""
    return statistics.linear_regression(list(map(math.log, counts)), list(map(math.log, times))).slope


if __name__ == "__main__":
    main()
