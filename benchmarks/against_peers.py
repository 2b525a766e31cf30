"""How does newsdedup do beside what people use today?

    python benchmarks/against_peers.py BENCH_DIR DATA_DIR PEERS_DIR [--corpora synth_10k ...] [--peers gaoya ...]

BENCH_DIR holds drivers.py, measure.py, floor.py and score.py; DATA_DIR NAME.jsonl and NAME.truth.jsonl for each
corpus; PEERS_DIR one virtual environment for each peer. In every round every tool runs once over each corpus, whole
process from the shell to clusters on disk, newsdedup at its shipped defaults; so a round that was slow was slow for
all. Ratios are medians of those of the rounds. Every tool's clusters are scored by score.py.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from processes import CLUSTERS_ONLY, NEWSDEDUP
from tables import options, publish

OURS = "newsdedup"
OUR_RUNS: dict[str, tuple[str, ...]] = {
    OURS: CLUSTERS_ONLY,
    "newsdedup, one worker": (*CLUSTERS_ONLY, "--workers", "1"),
    "newsdedup, every diff and output": (),
}
FLOOR = "reading and sha1 alone"
ENVIRONMENTS = {"textdedup_main": "tdmain", "textdedup_040": "td", "rensa_flags": "rensa"}
"""Those that are not called as the peer is."""
HEAD = (
    "corpus", "tool", "runs", "wall s", "least", "most", "times ours", "cpu s", "peak MiB", "docs/s", "P", "R", "F1",
    "excerpts joined", "OCR found", "largest",
)  # fmt: skip


@dataclass
class Line:
    """One tool on one corpus: its runs that ended well, its score, and how it failed if it did."""

    runs: dict[int, dict[str, Any]] = field(default_factory=dict)
    """By round, as measure.py tells them."""
    score: dict[str, Any] = field(default_factory=dict)
    failure: str = ""


def main() -> None:
    given = parsed()
    lines: dict[tuple[str, str], Line] = defaultdict(Line)
    with tempfile.TemporaryDirectory(prefix="newsdedup-bench-") as scratch:
        for number in range(given.rounds):
            for corpus in given.corpora:
                for tool in (FLOOR, *given.ours, *given.peers):
                    one_run(Rival(given, corpus, tool, Path(scratch)), lines[corpus, tool], number)
    rows = [row(corpus, tool, lines[corpus, tool], lines[corpus, OURS]) for corpus, tool in ordered(lines, given)]
    publish(
        "against peers",
        f'{", ".join(given.corpora)} in {given.rounds} interleaved rounds; peers as "{given.setting}" of the drivers',
        HEAD,
        rows,
        dry_run=given.dry_run,
    )


def parsed() -> argparse.Namespace:
    parser = options(__doc__)
    for name in ("bench_dir", "data_dir", "peers_dir"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--corpora", nargs="+", default=["synth_10k", "synth_50k", "synth_200k"], metavar="NAME")
    parser.add_argument("--peers", nargs="*", default=["gaoya", "rensa", "datasketch", "textdedup_040"], metavar="PEER")
    parser.add_argument("--ours", nargs="+", default=list(OUR_RUNS), choices=list(OUR_RUNS), metavar="RUN")
    parser.add_argument("--setting", default="tuned", choices=["tuned", "default", "low"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--timeout", type=float, default=900, help="seconds after which a run is given up")
    given = parser.parse_args()
    wanted = [given.data_dir / f"{corpus}.jsonl" for corpus in given.corpora]
    wanted += [given.bench_dir / name for name in ("drivers.py", "measure.py", "floor.py", "score.py")]
    wanted += [python_of(peer, given.peers_dir) for peer in given.peers]
    if missing := [str(path) for path in wanted if not path.exists()]:
        parser.error(f"not there: {', '.join(missing)}")
    return given


def python_of(peer: str, peers_dir: Path) -> Path:
    return peers_dir.absolute() / ENVIRONMENTS.get(peer, peer) / "bin" / "python"


@dataclass(frozen=True)
class Rival:
    """A tool and the corpus it is to read."""

    given: argparse.Namespace
    corpus: str
    tool: str
    scratch: Path

    @property
    def articles(self) -> Path:
        return self.given.data_dir.resolve() / f"{self.corpus}.jsonl"

    @property
    def predicted(self) -> Path:
        """Where the clusters are told that score.py reads."""
        return self.scratch / "predicted.jsonl"

    @property
    def report(self) -> Path:
        return self.scratch / "report"

    def command(self) -> list[str]:
        bench = self.given.bench_dir.resolve()
        if self.tool == FLOOR:
            return [sys.executable, f"{bench / 'floor.py'}", "ref", "--in", f"{self.articles}"]
        if self.tool in OUR_RUNS:
            return [f"{NEWSDEDUP}", "-q", "run", f"{self.articles}", "--out", f"{self.report}", *OUR_RUNS[self.tool]]
        python = python_of(self.tool, self.given.peers_dir)
        files = ["--in", f"{self.articles}", "--out", f"{self.predicted}", "--work", f"{self.scratch / 'work'}"]
        return [f"{python}", f"{bench / 'drivers.py'}", self.tool, "--setting", self.given.setting, *files]


def one_run(rival: Rival, line: Line, number: int) -> None:
    """Measure one run, and score it if it is the first."""
    shutil.rmtree(rival.report, ignore_errors=True)
    rival.predicted.unlink(missing_ok=True)
    measurement, log = rival.scratch / "measurement.jsonl", rival.scratch / "log"
    measurement.unlink(missing_ok=True)
    log.unlink(missing_ok=True)
    measure = [sys.executable, rival.given.bench_dir / "measure.py", "--out", measurement, "--label", rival.tool]
    limits = ["--corpus", rival.articles, "--log", log, "--timeout", str(rival.given.timeout)]
    subprocess.run([*measure, *limits, "--", *rival.command()], stdout=subprocess.DEVNULL, check=False)
    if not measurement.exists():
        line.failure = "could not be started"
        return
    told = json.loads(measurement.read_text("utf-8"))
    print(f"{rival.corpus}, round {number + 1}: {rival.tool} {told['wall_s']:.1f} s", flush=True)
    if told["rc"]:
        print(log.read_text("utf-8", "replace")[-2000:], file=sys.stderr)
        line.failure = "stopped, too long" if told["timed_out"] else f"exit code {told['rc']}"
        return
    line.runs[number] = told
    if not line.score and rival.tool != FLOOR:
        line.score = score(rival)


def score(rival: Rival) -> dict[str, Any]:
    """What score.py says of the clusters; empty if there is no truth."""
    truth = rival.given.data_dir / f"{rival.corpus}.truth.jsonl"
    if rival.tool in OUR_RUNS:
        with (rival.report / "clusters.jsonl").open(encoding="utf-8") as clusters, rival.predicted.open("w") as out:
            for cluster in map(json.loads, clusters):
                for member in cluster["members"]:
                    out.write(json.dumps({"id": member["id"], "cluster": cluster["cluster"]}) + "\n")
    if not truth.exists() or not rival.predicted.exists():
        return {}
    command = [
        sys.executable,
        rival.given.bench_dir / "score.py",
        "--truth",
        truth,
        "--pred",
        rival.predicted,
        "--json",
    ]
    scored: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return scored


def ordered(lines: dict[tuple[str, str], Line], given: argparse.Namespace) -> list[tuple[str, str]]:
    """Corpora as given; in each the fastest tool first, and last those that did not end."""

    def place(key: tuple[str, str]) -> tuple[int, float]:
        runs = lines[key].runs.values()
        return given.corpora.index(key[0]), statistics.median(run["wall_s"] for run in runs) if runs else float("inf")

    return sorted(lines, key=place)


def row(corpus: str, tool: str, line: Line, ours: Line) -> list[str]:
    if not line.runs:
        return [corpus, tool, "0", line.failure, *[""] * (len(HEAD) - 4)]
    runs = list(line.runs.values())
    walls = [run["wall_s"] for run in runs]
    wall = statistics.median(walls)
    ratios = [run["wall_s"] / ours.runs[number]["wall_s"] for number, run in line.runs.items() if number in ours.runs]
    found = line.score.get("found", {})
    quality = [*(line.score.get(name) for name in ("P", "R", "F1")), found.get("excerpt"), found.get("ocr")]
    return [
        corpus,
        tool,
        str(len(runs)),
        *(f"{seconds:.2f}" for seconds in (wall, min(walls), max(walls))),
        f"{statistics.median(ratios):.2f}" if ratios else "",
        f"{statistics.median(run['cpu_s'] for run in runs):.1f}",
        f"{statistics.median(run['peak_pss_mib'] for run in runs):,.0f}",
        f"{runs[0]['docs'] / wall:,.0f}",
        *("" if share is None else f"{share:.3f}" for share in quality),
        str(line.score.get("largest", "")),
    ]


if __name__ == "__main__":
    main()
