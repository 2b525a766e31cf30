"""How fast are raw files read: a folder of many small ones, and web pages?

    python benchmarks/raw_files.py [--files 106000] [--pages FOLDER] [--copies 24]

Invented articles (`invented.py`) lie in a folder, one text file each; the time of a run to clusters is set beside that
of reading the files and no more. Pages of FOLDER (HTML files), each copied so many times, are run over with one worker
and with two, for each extractor that is installed. All files are in the system's memory, for one as for the other.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import invented
from processes import CLUSTERS_ONLY, Took, newsdedup
from tables import options, publish

A_FOLDER = 1000
READ_ALL = """
import os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            file.read()
"""


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--files", type=int, default=106_000)
    parser.add_argument("--pages", type=Path, metavar="FOLDER")
    parser.add_argument("--copies", type=int, default=24)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsdedup-bench-") as name:
        rows = list(small_files(Path(name), given.files))
        if given.pages:
            rows += web_pages(Path(name), given.pages, given.copies)
    publish(
        "raw files",
        "To clusters, without diffs; the best of 3",
        ["what", "files", "MB", "wall s", "cpu s", "files/s", "times"],
        rows,
        dry_run=given.dry_run,
    )


def small_files(folder: Path, count: int) -> Iterator[list[str]]:
    texts = folder / "texts"
    for number, article in enumerate(invented.articles(count)):
        below = texts / str(number // A_FOLDER)
        below.mkdir(parents=True, exist_ok=True)
        (below / f"{number}.txt").write_text(f"{article['title']}\n\n{article['text']}\n", "utf-8")
    alone = min(read_all(texts) for _ in range(3))
    yield row("reading text files and no more", texts, alone, "", 1.0)
    run = best(texts, folder / "report")
    yield row("a run over them", texts, run.wall_s, f"{run.cpu_s:.1f}", run.wall_s / alone)


def web_pages(folder: Path, pages: Path, copies: int) -> Iterator[list[str]]:
    many = folder / "pages"
    many.mkdir()
    for page in sorted(pages.rglob("*.html")):
        for copy in range(copies):
            (many / f"{page.stem}-{copy}.html").write_bytes(page.read_bytes())
    extractors = ["trafilatura", *(["fast"] if importlib.util.find_spec("resiliparse") else [])]
    for extractor in extractors:
        config = folder / f"{extractor}.yaml"
        config.write_text(f"reader:\n  html:\n    extractor: {extractor}\n", "utf-8")
        one, two = (best(many, folder / "report", "--config", config, "--workers", n) for n in (1, 2))
        for workers, run in (("one worker", one), ("two workers", two)):
            yield row(
                f"web pages, `{extractor}`, {workers}", many, run.wall_s, f"{run.cpu_s:.1f}", run.wall_s / two.wall_s
            )


def read_all(folder: Path) -> float:
    """Seconds that it takes to read every file, by a process that does nothing else."""
    since = time.perf_counter()
    subprocess.run([sys.executable, "-c", READ_ALL, str(folder)], check=True)
    return time.perf_counter() - since


def best(folder: Path, out: Path, *options: object) -> Took:
    runs = [newsdedup("run", folder, "--out", out, "--force", *CLUSTERS_ONLY, *options) for _ in range(3)]
    return min(runs, key=lambda took: took.wall_s)


def row(what: str, folder: Path, wall_s: float, cpu_s: str, times: float) -> list[str]:
    sizes = [file.stat().st_size for file in folder.rglob("*") if file.is_file()]
    return [
        what,
        f"{len(sizes):,}",
        f"{sum(sizes) / 1e6:.0f}",
        f"{wall_s:.1f}",
        cpu_s,
        f"{len(sizes) / wall_s:,.0f}",
        f"{times:.2f}",
    ]


if __name__ == "__main__":
    main()
