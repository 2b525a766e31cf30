"""How long does it take to begin?

    python benchmarks/start_up.py [--rounds 5]

`newsdedup --help`; the seeds run with all outputs, without machine code of the kernels (each time in a new, empty
NUMBA_CACHE_DIR), for which they are few enough; the wire articles, which have the kernels compiled first; `newsdedup
compile`; and the seeds and the wire articles run with what that left. The caches of the user are not touched.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from processes import Took, newsdedup
from tables import options, publish

CORPUS = Path(__file__).parents[1] / "corpus"


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    took: dict[str, list[Took]] = {}

    def timed(name: str, *command: object, kernels: Path) -> None:
        took.setdefault(name, []).append(newsdedup(*command, NUMBA_CACHE_DIR=str(kernels)))

    for _ in range(given.rounds):
        with tempfile.TemporaryDirectory(prefix="newsdedup-bench-") as temporary:
            folder = Path(temporary)
            timed("`newsdedup --help`", "--help", kernels=folder)
            for name in ("seeds", "wire"):
                timed(f"{name}, cold", "run", CORPUS / name, "--out", folder / f"{name}-cold", kernels=folder / name)
            timed("`newsdedup compile`", "compile", kernels=folder / "all")
            for name in ("seeds", "wire"):
                timed(f"{name}, warm", "run", CORPUS / name, "--out", folder / f"{name}-warm", kernels=folder / "all")
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
