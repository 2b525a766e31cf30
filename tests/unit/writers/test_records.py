"""clusters.jsonl, matches.jsonl, skipped.jsonl and articles.csv, line by line."""

from __future__ import annotations

import csv
import json

import pytest

from newsdedup.model.match import Evidence
from newsdedup.writers.folder import write_report
from newsdedup.writers.forms import match_form, match_forms


@pytest.fixture
def out(report, tmp_path):
    write_report(report, tmp_path, ["clusters", "matches", "skipped", "csv"], force=False)
    return tmp_path


def lines(path):
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_the_forms_of_a_table_are_those_of_its_matches(report):
    assert list(match_forms(report.matches)) == [match_form(match) for match in report.matches]


def test_a_cluster_names_its_canonical_article_first_then_the_others_by_id(out):
    first, _, third = lines(out / "clusters.jsonl")
    assert first == {
        "cluster": "c1",
        "canonical": "002_019ee8bc82b766ee.txt",
        "reason": "it is the most complete (731 words)",
        "members": [
            {
                "id": "002_019ee8bc82b766ee.txt",
                "source": "corpus/seeds/002_019ee8bc82b766ee.txt",
                "relation": "canonical",
                "probability": 1.0,
            },
            {
                "id": "001_fe9412587d9097ce.txt",
                "source": "corpus/seeds/001_fe9412587d9097ce.txt",
                "relation": "revision",
                "probability": 0.9731,
            },
        ],
    }
    assert [m["id"] for m in third["members"]] == ["ar/فيضان.txt", "ar/same.txt", "ar/فيضان-2.txt"]


def test_every_match_of_any_relation_carries_all_evidence(out):
    matches = lines(out / "matches.jsonl")
    assert {m["relation"] for m in matches} == {"exact", "copy", "revision", "excerpt", "template"}
    for match in matches:
        assert list(match) == ["a", "b", "relation", "probability", *Evidence.__dataclass_fields__, "tests"]
        assert match["tests"] == ["bands", "sample"]


def test_what_was_skipped_has_its_place_and_reason(out):
    assert lines(out / "skipped.jsonl") == [
        {"source": "corpus/broken.json", "record": 0, "reason": "malformed", "detail": "line 3: expected a value"},
        {"source": "corpus/notes.jsonl", "record": 17, "reason": "no-text", "detail": ""},
    ]


def test_every_article_has_one_line_with_its_role(out, report):
    with (out / "articles.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(report.catalog)
    roles = {row["id"]: (row["role"], row["cluster"], row["relation"], row["probability"]) for row in rows}
    assert roles["002_019ee8bc82b766ee.txt"] == ("canonical", "c1", "", "")
    assert roles["001_fe9412587d9097ce.txt"] == ("variant", "c1", "revision", "0.9731")
    assert roles["000_f8132226b954f208.txt"] == ("unique", "", "", "")


def test_no_cell_is_a_formula(out):
    with (out / "articles.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert "'-alone.txt" in cells
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
