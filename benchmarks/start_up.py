"""How long does it take to begin?

    python benchmarks/start_up.py [--rounds 5]

`newsdedup --help`; the seeds run with all outputs, without machine code of the kernels (each time in a new, empty
NUMBA_CACHE_DIR); `newsdedup compile`; and the seeds run with what that left. The caches of the user are not touched.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from processes import Took, newsdedup
from tables import options, publish

SEEDS = Path(__file__).parents[1] / "corpus" / "seeds"


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    took: dict[str, list[Took]] = {}
    for _ in range(given.rounds):
        with tempfile.TemporaryDirectory(prefix="newsdedup-bench-") as folder:
            for name, command in {
                "`newsdedup --help`": ("--help",),
                "seeds, cold": ("run", SEEDS, "--out", Path(folder) / "cold"),
                "`newsdedup compile`": ("compile",),
                "seeds, warm": ("run", SEEDS, "--out", Path(folder) / "warm"),
            }.items():
                done = newsdedup(*command, NUMBA_CACHE_DIR=str(Path(folder) / "kernels"))
                took.setdefault(name, []).append(done)
    publish(
        "start-up",
        f"Medians of {given.rounds}, with the least and the most",
        ["what", "wall s", "least", "most", "cpu s", "peak MB"],
        [[name, *figures(runs)] for name, runs in took.items()],
        dry_run=given.dry_run,
    )


def figures(runs: list[Took]) -> list[str]:
    walls = [run.wall_s for run in runs]
    cpu = statistics.median(run.cpu_s for run in runs)
    peak = statistics.median(run.peak_bytes for run in runs)
    return [
        *(f"{wall:.2f}" for wall in (statistics.median(walls), min(walls), max(walls))),
        f"{cpu:.2f}",
        f"{peak / 1e6:.0f}",
    ]


if __name__ == "__main__":
    main()
