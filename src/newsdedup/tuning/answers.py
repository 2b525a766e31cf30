"""Labels as they are given, kept at once."""

from __future__ import annotations

import json
from pathlib import Path

from newsdedup.evaluation.truth import LabelledPair, read_pairs


def answers_in(file: Path) -> tuple[LabelledPair, ...]:
    """The labels that a file holds; none if it is empty or not there.

    Raises InputError if it cannot be read or is something else.
    """
    return read_pairs(file) if file.exists() and file.stat().st_size else ()


def keep_answer(file: Path, answer: LabelledPair) -> None:
    """Add a label to the end of a file, as a line of JSON."""
    line = json.dumps({"a": answer.a, "b": answer.b, "label": answer.label, "sure": answer.sure}, ensure_ascii=False)
    with file.open("ab+") as stream:
        if stream.tell():
            stream.seek(-1, 2)
            if stream.read() != b"\n":  # the last line was written by hand
                line = f"\n{line}"
        stream.write(f"{line}\n".encode())
