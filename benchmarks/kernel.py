"""How fast is the kernel that reads texts, on one core?

    python benchmarks/kernel.py [CORPUS] [--articles 20000] [--rounds 5]

Code points to tokens, signatures of all permutations, band keys and samples: the time inside the compiled kernel, and
that of the whole call for a batch of a million characters, with texts joined and encoded and results copied. CORPUS is
a file or folder; invented articles unless given.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import families
from by_stage import batches, read
from tables import options, publish

from newsdedup.model.sketch import SketchParams
from newsdedup.plan import Plan
from newsdedup.readers.corpus import FileCorpus
from newsdedup.stages import sketch
from newsdedup.stages.text.view import matching_text

BATCH_CHARS = 1 << 20


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--articles", type=int, default=20_000, metavar="N", help="to invent if no corpus is given")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    plan = Plan()
    with tempfile.TemporaryDirectory(prefix="newsdedup-bench-") as folder:
        corpus = given.corpus or families.write(Path(folder) / "corpus.jsonl", families.stories(given.articles))
        with FileCorpus.open([str(corpus)], plan.reader) as opened:
            texts = [matching_text(article.text, plan.text) for article in read(opened, plan)]
    megabytes = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6
    signed(texts, plan.sketch)  # so that it is compiled
    inside, whole = zip(*(signed(texts, plan.sketch) for _ in range(given.rounds)), strict=True)
    publish(
        "kernel",
        f"{given.corpus.stem if given.corpus else 'Invented articles'}: {len(texts):,} articles, {megabytes:,.1f} MB of"
        f" text, {plan.sketch.num_perm} permutations, one core; medians of {given.rounds}",
        ["what", "MB/s", "least", "most"],
        [["the kernel", *rates(megabytes, inside)], ["the whole call", *rates(megabytes, whole)]],
        dry_run=given.dry_run,
    )


def signed(texts: list[str], params: SketchParams) -> tuple[float, float]:
    """Sign all texts; the seconds in the kernel, and all seconds."""
    kernel, inside = sketch.sketch_texts, 0.0

    def timed(*given: object) -> bool:
        nonlocal inside
        since = time.perf_counter()
        done = kernel(*given)
        inside += time.perf_counter() - since
        return done

    sketch.sketch_texts = timed
    try:
        since = time.perf_counter()
        for batch in batches(texts, BATCH_CHARS):
            sketch.sign(batch, params)
        return inside, time.perf_counter() - since
    finally:
        sketch.sketch_texts = kernel


def rates(megabytes: float, runs: Sequence[float]) -> list[str]:
    """Median, least and most megabytes a second."""
    return [f"{megabytes / seconds:.1f}" for seconds in (statistics.median(runs), max(runs), min(runs))]


if __name__ == "__main__":
    main()
