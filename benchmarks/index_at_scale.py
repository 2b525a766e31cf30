"""How fast is an index built, how large is it, and how soon is a delivery checked against it?

    python benchmarks/index_at_scale.py [ARTICLES] [--folder FOLDER]

Builds an index of invented articles (`invented.py`) with `newsdedup index add`, checks 1,000 articles against it with
`newsdedup check`, asks the library for 2,000 verdicts one at a time, and times `newsdedup run` and `index add` over
100,000 of the articles for comparison. The figures go into README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import invented
import numpy as np

from newsdedup import Index

DELIVERY = 1000
CALLS = 2000
RUN = 100_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder unless given")
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="newsdedup-bench-"))
    try:
        rows = measured(folder, given.articles)
    finally:
        if given.folder is None:
            shutil.rmtree(folder)
    write_table("index", rows)


def measured(folder: Path, articles: int) -> list[tuple[str, str]]:
    archive, delivery = folder / "archive", folder / "delivery"
    if not archive.exists():
        invented.write(archive, articles)
        invented.write_delivery(delivery, DELIVERY, articles)
    ran = min(RUN, articles)
    sample = folder / "sample"
    if not sample.exists():
        invented.write(sample, ran)
    words = sum(len(a["text"].split()) for a in invented.articles(1000)) / 1000
    rows = [("articles, words each", f"{articles:,}, {words:.0f}"), ("machine", machine())]

    run = timed("run", sample, "--out", folder / "report", "--force", "--report", "clusters", "--no-diffs")
    rows.append((f"`run` over {ran:,} of them", f"{run}, {ran / run.wall_s:,.0f} articles/s"))
    part = timed("index", "add", folder / "part.index", sample)
    rows.append((f"`index add` of the same {ran:,}", f"{part}, {ran / part.wall_s:,.0f} articles/s"))
    for options in ([], ["--no-text"]):
        index = folder / f"news{'-no-text' if options else ''}.index"
        index.unlink(missing_ok=True)
        add = timed("index", "add", index, archive, *options)
        told = " without texts" if options else ""
        size = index.stat().st_size / articles
        rows.append((f"`index add`{told}", f"{add}, {articles / add.wall_s:,.0f} articles/s"))
        rows.append((f"size{told}", f"{size:,.0f} bytes an article"))
        checks = [timed("check", delivery, "--against", index, "--format", "json") for _ in range(3)]
        found = json.loads(checks[0].out)["counts"]
        best = min(checks, key=lambda took: took.wall_s)
        rows.append((f"`check` of {DELIVERY:,} articles{told}, best of three", f"{best}, opening included"))
    rows.append(("verdicts", ", ".join(f"{n} {name}" for name, n in found.items() if n)))
    rows.append(("add 1,000 more", str(timed("index", "add", folder / "news.index", delivery))))
    rows.append((f"`Index.check`, {CALLS:,} calls", latency(folder / "news.index", articles)))
    return rows


@dataclass(frozen=True)
class Took:
    """What a command took on the clock and of processors, and what it printed."""

    wall_s: float
    cpu_s: float
    out: str

    def __str__(self) -> str:
        return f"{self.wall_s:.1f} s ({self.cpu_s:.1f} s of processors)"


def timed(*line: object) -> Took:
    before, since = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "newsdedup", *map(str, line)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in {0, 1}:
        raise SystemExit(done.stderr)
    wall, after = time.perf_counter() - since, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Took(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout)


def latency(index: Path, articles: int) -> str:
    """Half of the articles are new, half are copies of indexed ones with a word changed."""
    new = list(invented.articles(CALLS // 2, articles + 10 * DELIVERY))
    asked = [*new, *(invented.altered(article) for article in invented.articles(CALLS // 2, articles // 2))]
    np.random.default_rng(1).shuffle(asked)
    with Index.open(index) as opened:
        since = time.perf_counter()
        opened.check(asked[0])
        first = time.perf_counter() - since
        times = []
        for article in asked:
            since, worked = time.perf_counter(), time.process_time()
            opened.check(article)
            times.append((1000 * (time.perf_counter() - since), 1000 * (time.process_time() - worked)))
    wall, cpu = (np.percentile([took[i] for took in times], [50, 99, 100]) for i in (0, 1))
    return (
        f"median {wall[0]:.1f} ms, p99 {wall[1]:.1f} ms, slowest {wall[2]:.0f} ms (of processors: {cpu[0]:.1f},"
        f" {cpu[1]:.1f} and {cpu[2]:.0f} ms); the first {1000 * first:.0f} ms"
    )


def machine() -> str:
    load = os.getloadavg()[0]
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, {platform.machine()}, Python {platform.python_version()}, load {load:.1f} before"


def write_table(section: str, rows: list[tuple[str, str]]) -> None:
    """Put a table into README.md beside this file, between the marks of its section."""
    page = Path(__file__).with_name("README.md")
    table = "\n".join(["| what | figure |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])
    print(table)
    marks = re.compile(rf"(<!-- {section} -->\n).*?(<!-- end of {section} -->)", re.DOTALL)
    text = page.read_text("utf-8")
    page.write_text(marks.sub(lambda found: f"{found[1]}{table}\n{found[2]}", text), "utf-8")


if __name__ == "__main__":
    main()
