import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from newsdedup.cli.main import newsdedup
from newsdedup.cli.options import report_options
from newsdedup.writers import WRITERS

DOCS = Path(__file__).parents[2] / "docs" / "commands.md"
HEAVY = {"numpy", "numba", "datasketch", "trafilatura", "lxml", "jinja2", "rapidfuzz", "ftfy", "rich", "yaml", "orjson"}


def commands(group: click.Group, path: tuple[str, ...] = ()):
    ctx = click.Context(group)
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


ALL = {(): newsdedup, **dict(commands(newsdedup))}


def help_of(path: tuple[str, ...]) -> str:
    result = CliRunner().invoke(newsdedup, [*path, "--help"], prog_name="newsdedup", terminal_width=100)
    assert result.exit_code == 0
    return result.output


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_the_documented_help_is_what_the_command_prints(path):
    title = " ".join(("newsdedup", *path))
    documented = re.search(rf"^## {title}\n\n```\n(.*?)```\n", DOCS.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert documented, f"docs/commands.md has no help of {title}"
    assert documented[1] == help_of(path)


def test_the_documentation_has_no_command_that_does_not_exist():
    titles = re.findall(r"^## newsdedup ?(.*)$", DOCS.read_text("utf-8"), re.MULTILINE)
    assert [tuple(title.split()) for title in titles] == list(ALL)


@pytest.mark.parametrize("path", [path for path in ALL if path], ids=" ".join)
def test_a_command_says_in_one_line_of_a_narrow_terminal_what_it_does(path):
    short = ALL[path].get_short_help_str(80)
    assert short.endswith(".")
    assert not short.endswith("...")
    assert f"{path[-1]} " in CliRunner().invoke(newsdedup, [*path[:-1], "--help"], terminal_width=80).output
    assert short in CliRunner().invoke(newsdedup, [*path[:-1], "--help"], terminal_width=80).output


@pytest.mark.parametrize("path", [(), *(path for path in ALL if path)], ids=" ".join)
def test_help_loads_nothing_heavy(path):
    code = (
        "import sys\n"
        "from newsdedup.__main__ import main\n"
        "try: main()\n"
        f"finally: print(sorted({HEAVY} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *path, "--help"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: newsdedup")
    assert done.stderr == "[]\n"


def test_the_help_of_report_names_every_output():
    (option,) = [p for p in click.command()(report_options(lambda: None)).params if p.name == "report"]
    assert option.help.partition(": ")[2] == f"{', '.join(WRITERS.names())}."


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("newsdedup ", "run plan check index render diff explain boilerplate evaluate label tune config compile"),
        ("newsdedup re", "render"),
        ("newsdedup config v", "validate"),
        ("newsdedup index v", "verify"),
    ],
)
def test_a_shell_can_complete_commands(words, expected):
    env = os.environ | {
        "_NEWSDEDUP_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    done = subprocess.run([sys.executable, "-m", "newsdedup"], capture_output=True, text=True, env=env, check=False)
    assert [line.removeprefix("plain,") for line in done.stdout.splitlines()] == expected.split()
