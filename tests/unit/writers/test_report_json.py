"""report.json: what is written can be read back, and what cannot be read is told."""

from __future__ import annotations

import copy
import dataclasses
import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from sample_report import sample_report

from newsdedup.errors import ReportFormatError
from newsdedup.model.article import Origin, Skipped, SkipReason
from newsdedup.model.report import REPORT_FORMAT
from newsdedup.writers.folder import write_report
from newsdedup.writers.report_json import read_report

SCHEMA = json.loads((files("newsdedup.writers") / "report.schema.json").read_text("utf-8"))


@pytest.fixture
def written(report, tmp_path) -> Path:
    write_report(report, tmp_path / "out", ["json"], force=False)
    return tmp_path / "out" / "report.json"


def strict(schema):
    """The schema, but without leave for fields that it does not tell of."""
    schema = copy.deepcopy(schema)
    stack = [schema]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if isinstance(node.get("properties"), dict):
                node["additionalProperties"] = False
            stack.extend(node.values())
    return schema


def test_what_is_written_is_one_json_object_that_the_schema_describes_in_full(written):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(strict(SCHEMA)).validate(json.loads(written.read_bytes()))


def test_write_read_write_gives_the_same_bytes(written, tmp_path):
    write_report(read_report(written), tmp_path / "again", ["json"], force=False)
    assert (tmp_path / "again" / "report.json").read_bytes() == written.read_bytes()


def test_what_is_read_equals_what_was_written(written):
    report, read = sample_report(), read_report(written)
    assert read.header == report.header
    assert list(read.catalog) == list(report.catalog)
    assert read.clusters == report.clusters
    assert list(read.matches) == list(report.matches)
    assert list(read.entries) == list(report.entries)
    assert list(read.links) == list(report.links)
    assert read.skipped == report.skipped
    assert read.withdrawn == report.withdrawn


def test_an_older_report_without_chains_and_withdrawals_is_read(written, report):
    form = json.loads(written.read_bytes())
    lines = written.read_bytes().split(b"\n")
    start = lines.index(b'"withdrawn":[')
    older = [*lines[:start], *lines[lines.index(b"],", start) + 1 :]]
    for entry in form["entries"]:
        if "chain" in entry:
            chain = json.dumps(entry["chain"], ensure_ascii=False, separators=(",", ":")).encode()
            older = [line.replace(b',"chain":' + chain, b"") for line in older]
    written.write_bytes(b"\n".join(older))
    assert b"chain" not in written.read_bytes()
    read = read_report(written)
    assert read.withdrawn == ()
    assert list(read.entries) == [dataclasses.replace(entry, chain=()) for entry in report.entries]


def test_entries_can_be_read_again(written):
    read = read_report(written)
    assert list(read.links) == list(read.links)
    assert list(read.entries) == list(read.entries)


def test_a_report_read_back_renders_to_the_same_outputs(written, report, tmp_path):
    names = ["clusters", "matches", "skipped", "canonical", "diffs", "csv", "html"]
    write_report(report, tmp_path / "a", names, force=False)
    write_report(read_report(written), tmp_path / "b", names, force=False)
    for path in (p for p in (tmp_path / "a").rglob("*") if p.is_file()):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()


def test_a_run_without_matches_survives(report, tmp_path):
    empty = dataclasses.replace(
        report, clusters=(), entries=(), links=(), skipped=(), matches=report.matches.take([False] * 6)
    )
    write_report(empty, tmp_path, ["json"], force=False)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads((tmp_path / "report.json").read_bytes()))
    read = read_report(tmp_path / "report.json")
    assert (list(read.entries), list(read.links), len(read.matches), read.skipped) == ([], [], 0, ())


def test_a_file_name_that_is_not_utf8_survives(report, tmp_path):
    name = b"caf\xe9.txt".decode("utf-8", "surrogateescape")
    skipped = (Skipped(Origin(name), SkipReason.EMPTY),)
    write_report(dataclasses.replace(report, skipped=skipped), tmp_path, ["json", "skipped", "html"], force=False)
    assert read_report(tmp_path / "report.json").skipped == skipped
    assert json.loads((tmp_path / "skipped.jsonl").read_bytes())["source"] == name


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"{}", b'{"a": 1}\n', b"[1, 2]\n", b"not json\n" * 100])
def test_what_is_not_a_report_is_told(tmp_path, content):
    (tmp_path / "x.json").write_bytes(content)
    with pytest.raises(ReportFormatError, match=r"x\.json: is not a report\.json"):
        read_report(tmp_path / "x.json")


def test_a_report_cut_short_anywhere_is_told(written):
    whole = written.read_bytes()
    for size in range(30, len(whole) - 1, 997):
        written.write_bytes(whole[:size])
        with pytest.raises(ReportFormatError, match="cut short"):
            read_report(written)


def test_a_newer_format_is_told(written):
    newer = written.read_bytes().replace(b'report":%d' % REPORT_FORMAT, b'report":%d' % (REPORT_FORMAT + 1), 1)
    written.write_bytes(newer)
    with pytest.raises(ReportFormatError, match="upgrade newsdedup"):
        read_report(written)


def read_whole(path: Path) -> None:
    read = read_report(path)
    list(read.entries)
    list(read.links)


def test_damage_is_told_with_its_line(written):
    lines = written.read_bytes().split(b"\n")
    for i in range(1, len(lines) - 3):
        damaged = [*lines[:i], b'{"damaged":', *lines[i + 1 :]]
        written.write_bytes(b"\n".join(damaged))
        with pytest.raises(ReportFormatError, match=rf"report\.json(:{i + 1})?: "):
            read_whole(written)
