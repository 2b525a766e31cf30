import csv
import json
import os

import pytest

NAMES = [
    "plain.txt", "a new\nline.txt", 'double "quotes", and commas.txt', "<b>&amp;'.txt", "=cmd().txt", "-o.txt",
    "exclamation!mark.txt", os.fsdecode(b"not-utf-8-\xff.txt"),
]  # fmt: skip
TEXT = "Winds rose over the Rhine on Monday, and by noon the ferries had stopped, the harbour master said at the quay. "


def test_every_output_names_files_of_any_name(newsdedup, tmp_path):
    (tmp_path / "in").mkdir()
    try:
        for number, name in enumerate(NAMES):
            (tmp_path / "in" / name).write_text(TEXT * 3 + "By nightfall it was calm. " * number)
    except OSError:
        pytest.skip("the file system refuses such names")

    done = newsdedup("run", "in", "--out", "report", "--report", "json,html,clusters,matches,skipped,csv")

    assert done.code == 0, done.err
    with (tmp_path / "report/articles.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(NAMES)
    assert len({row["id"] for row in rows}) == len(NAMES)
    report = json.loads((tmp_path / "report/report.json").read_text("utf-8"))
    assert report
    for line in (tmp_path / "report/clusters.jsonl").read_text("utf-8").splitlines():
        json.loads(line)
    assert "<b>&amp;'.txt" not in (tmp_path / "report/report.html").read_text("utf-8")
