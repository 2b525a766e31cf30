import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from newsdedup.cli.main import newsdedup
from newsdedup.model.match import Relation
from newsdedup.readers import READERS, SUFFIXES

ROOT = Path(__file__).parents[1]
PAGES = [
    path
    for folder in (ROOT, ROOT / "docs", ROOT / "corpus", ROOT / "benchmarks", ROOT / "configs")
    for path in sorted(folder.glob("*.md"))
]
FENCED = re.compile(r"^```[^\n]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```)", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^()\s]+)\)")


def name_of(page):
    return page.relative_to(ROOT).as_posix()


def typed(block):
    """What is typed in a console, without what is printed."""
    return "".join(line for line in block[0].splitlines(keepends=True) if line.startswith("$ "))


def commands(page):
    """The `newsdedup` commands in the code blocks of a page, without comments, prompts and redirections."""
    text = CONSOLE.sub(typed, page.read_text("utf-8"))
    blocks = "".join(FENCED.findall(text)).replace("\\\n", " ")
    for line in blocks.splitlines():
        words = shlex.shlex(re.sub(r"(^|\s)#.*", "", line).removeprefix("$ "), posix=True, punctuation_chars=True)
        words.whitespace_split = True
        words.commenters = ""  # a number sign within a word is part of an id
        command = []
        for word in [*words, ";"]:
            if set(word) <= set("();<>|&"):
                if command[:1] == ["newsdedup"]:
                    yield command
                command = []
            else:
                command.append(word)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_relative_links_lead_to_files(page):
    prose = FENCED.sub("", page.read_text("utf-8"))
    targets = [target.split("#")[0] for target in LINK.findall(prose) if "://" not in target]

    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_in_code_blocks_parse(page, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(click.Command, "invoke", lambda self, context: None)  # all of a command but its work

    for command in commands(page):
        result = CliRunner().invoke(newsdedup, command[1:], prog_name="newsdedup")
        assert result.exit_code == 0, f"{shlex.join(command)}\n{result.output}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_tables_of_relations_name_only_those_that_exist(page):
    assert relations_in(page) <= {relation.value for relation in Relation}


def test_the_glossary_explains_every_relation():
    assert relations_in(ROOT / "docs/glossary.md") == {relation.value for relation in Relation}


def relations_in(page):
    """What stands in backquotes in the first column of tables headed `relation`."""
    tables = re.findall(r"^\| *relation *\|.*\n\|[-| :]+\n((?:\|.*\n)*)", page.read_text("utf-8"), re.MULTILINE)
    return set(re.findall(r"^\| *`([^`]+)`", "".join(tables), re.MULTILINE))


def test_the_table_of_formats_is_that_of_the_program():
    page = (ROOT / "docs/formats.md").read_text("utf-8")
    table = re.search(r"^\| *format *\|.*\n\|[-| :]+\n((?:\|.*\n)*)", page, re.MULTILINE)[1]
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()]
    suffixes = {name: [s for s, format_ in SUFFIXES.items() if format_ == name] for name in READERS.names()}
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]

    assert {row[0].strip("`"): re.findall(r"`([^`]+)`", row[1]) for row in rows} == suffixes
    assert [row[0].strip("`") for row in rows] == list(READERS.names())
    assert all(row[2] and row[3] for row in rows)
    assert {name for row in rows for name in re.findall(r"`([a-z0-9-]+)`", row[4])} <= set(extras)
