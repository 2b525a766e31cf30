"""The recipes of docs/ci.md and the example of the README are carried out, and CI files are what they say."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from newsdedup.cli.main import newsdedup
from newsdedup.verdicts import FORMATS
from newsdedup.verdicts.rules import RULES, UNREADABLE

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
BIN = Path(sys.executable).parent
MEASURED = re.compile(r"\b0\.\d\d\b|\d+%|\d+ words?")
"""What a new fit of the model may change without making the page wrong."""


def console(text):
    """The commands of a console block, each with what it prints."""
    found = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def carried_out(commands, folder):
    """What each command prints, one after the other in one shell, `$?` included."""
    script = ["s=0"]
    for command, _ in commands:
        script.append(f"printf '\\036'\n(exit $s)\n{command}\ns=$?")
    shutil.copytree(ROOT / "corpus" / "wire", folder / "corpus" / "wire")
    done = subprocess.run(
        ["bash", "-c", "\n".join(script)], cwd=folder, capture_output=True, text=True, timeout=300, check=False,
        env=os.environ | {"PATH": f"{BIN}:{os.environ['PATH']}"},
    )  # fmt: skip
    return [part.splitlines() for part in done.stdout.split("\036")[1:]], done.stderr


RECIPES = re.findall(r"^### ([^\n]+)\n(?:(?!^##).)*?^```console\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
EXAMPLE = re.search(r"^## A gate for CI\n.*?^```console\n(.*?)^```", README, re.MULTILINE | re.DOTALL)[1]


@pytest.mark.parametrize(
    "block", [EXAMPLE, *(block for _, block in RECIPES)], ids=["README", *(name for name, _ in RECIPES)]
)
def test_a_recipe_prints_what_it_says(block, tmp_path):
    commands = console(block)
    printed, errors = carried_out(commands, tmp_path)
    for (command, expected), found in zip(commands, printed, strict=True):
        # "Added 72 articles ...; 0 skipped": what is skipped is told on standard error
        assert [MEASURED.sub("N", line) for line in found] == [MEASURED.sub("N", line) for line in expected], (
            f"{command}\n{errors}"
        )


def test_every_recipe_is_carried_out():
    assert len(RECIPES) == PAGE.count("```console")


def test_every_rule_and_format_is_documented():
    for rule in [*RULES.values(), UNREADABLE]:
        assert len(re.findall(rf"^\| {rule.id} \|", PAGE, re.MULTILINE)) == 1
    assert set(FORMATS.names()) == set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))


def snippet(title):
    return yaml.safe_load(re.search(rf"^## {title}\n\n```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)[1])


def parses(line):
    result = CliRunner().invoke(newsdedup, [*shlex.split(line)[1:], "--help"], prog_name="newsdedup")
    return result.exit_code == 0


def test_the_workflow_gives_the_action_inputs_that_it_has():
    steps = snippet("GitHub Actions")["jobs"]["duplicates"]["steps"]
    (step,) = [step for step in steps if "newsdedup@" in step.get("uses", "")]
    assert set(step["with"]) <= set(ACTION["inputs"])
    used = set(re.findall(r"steps\.newsdedup\.outputs\.([\w-]+)", PAGE))
    assert used <= set(ACTION["outputs"])
    prose = PAGE[PAGE.index("Its inputs are") :].partition("## GitLab")[0]
    assert set(re.findall(r"`([\w-]+)`", prose)) == {*ACTION["inputs"], *ACTION["outputs"]}


def test_the_snippet_for_gitlab_runs_a_command_that_parses(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    job = snippet("GitLab CI")["duplicates"]
    line = job["script"][-1]
    assert parses(line)
    written = dict(pair.split("=") for pair in re.findall(r"--also (\S+)", line))
    assert job["artifacts"]["reports"] == {"codequality": written["gitlab"], "junit": written["junit"]}


def test_the_hook_that_is_offered_is_the_one_that_is_used():
    (offered,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (used,) = snippet("pre-commit")["repos"][0]["hooks"]
    assert used["id"] == offered["id"]
    assert parses(shlex.join([*shlex.split(offered["entry"]), *used["args"], "articles/a.txt"]))


@pytest.fixture
def act(tmp_path):
    """Run the step of the action that checks, as GitHub does."""
    (step,) = [step for step in ACTION["runs"]["steps"] if step.get("id") == "check"]
    shutil.copytree(ROOT / "corpus" / "wire", tmp_path / "wire")
    (tmp_path / "temp").mkdir()

    def run(**inputs):
        given = {name: spec.get("default", "") for name, spec in ACTION["inputs"].items()} | inputs
        env = {
            key: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: given[m[1]], value)
            for key, value in step["env"].items()
        }
        for name in ("output", "summary.md"):
            (tmp_path / name).write_text("")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300,
            env=os.environ | env | {
                "PATH": f"{BIN}:{os.environ['PATH']}", "RUNNER_TEMP": str(tmp_path / "temp"),
                "GITHUB_OUTPUT": str(tmp_path / "output"), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
            },
        )  # fmt: skip
        outputs = dict(line.split("=", 1) for line in (tmp_path / "output").read_text().splitlines())
        return done, outputs, (tmp_path / "summary.md").read_text()

    return run


def test_the_action_annotates_sums_up_and_fails(act):
    done, outputs, summary = act(
        **{"new": "wire/copies\nwire/unrelated", "against": "wire/excerpts", "fail-on": "copy"}
    )
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=wire/copies/")
    assert (outputs["exit-code"], int(outputs["failures"]) > 9) == ("1", True)
    assert json.loads(Path(outputs["sarif"]).read_text())["version"] == "2.1.0"
    assert json.loads(Path(outputs["json"]).read_text())["failures"] == int(outputs["failures"])
    assert summary.startswith("### newsdedup: Failed")
    assert set(outputs) == set(ACTION["outputs"])


def test_the_action_passes_what_is_clean_and_its_inputs_are_no_code(act, tmp_path):
    done, outputs, _ = act(
        new="wire/unrelated", against="wire/templates", max="0", strict="true", args="--window 14d -q"
    )
    assert (done.returncode, outputs["exit-code"], outputs["failures"]) == (0, "0", "0")
    done, outputs, _ = act(new="wire/unrelated", against='x"; touch hacked; "', args="$(touch hacked)")
    assert (done.returncode, outputs["exit-code"], outputs["failures"]) == (2, "2", "")
    assert not (tmp_path / "hacked").exists()


def test_every_expression_of_the_action_names_what_is_there():
    text = (ROOT / "action.yml").read_text("utf-8")
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == set(ACTION["inputs"])
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]  # what is given reaches a script as a variable, never as code
