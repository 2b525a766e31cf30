"""An evaluation into a folder: its figures, the judged pairs, and plots."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsdedup.errors import OutputError
from newsdedup.evaluation.plots import precision_recall_plot, reliability_plot
from newsdedup.evaluation.report import Evaluation, as_data, pair_form


def make_folder(out: Path) -> None:
    """Have the folder before the long work. Raises OutputError if it cannot be written to."""
    with _told(out):
        out.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=out).close()


def write_evaluation(evaluation: Evaluation, out: Path) -> None:
    """Write evaluation.json and, where pairs were judged, pairs.jsonl, reliability.svg and precision-recall.svg.

    Files of these names are replaced. Raises OutputError if the disk is full or fails; then `out` is as it was.
    """
    with _told(out), tempfile.TemporaryDirectory(prefix=".newsdedup-writing-", dir=out) as staging:
        for name, text in _files(evaluation):
            Path(staging, name).write_text(text, "utf-8", "backslashreplace")
        for draft in Path(staging).iterdir():
            draft.replace(out / draft.name)


def _files(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    yield "evaluation.json", json.dumps(as_data(evaluation), ensure_ascii=False, indent=2) + "\n"
    if evaluation.figures:
        rows = (json.dumps(pair_form(pair), ensure_ascii=False) for pair in evaluation.pairs)
        yield "pairs.jsonl", "".join(f"{row}\n" for row in rows)
        yield "reliability.svg", reliability_plot(evaluation.figures)
        yield "precision-recall.svg", precision_recall_plot(evaluation.figures)


@contextmanager
def _told(out: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        raise OutputError(f"{out}: is a file; --out must be a folder") from error
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error.strerror or os.strerror(error.errno or 0)}") from error
