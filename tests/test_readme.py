"""What the README shows is what happens."""

import re
from pathlib import Path

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_python_example_prints_what_it_says(capsys):
    exec(compile(blocks("python")[0], "README.md", "exec"), {})  # the example, as it stands
    assert capsys.readouterr().out == blocks("text")[0]
