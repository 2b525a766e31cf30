import re
from pathlib import Path

from newsdedup.config.schema import keys

DOCS = (Path(__file__).parents[3] / "docs" / "configuration.md").read_text("utf-8")


def test_the_documentation_lists_every_key_and_no_other():
    rows = re.findall(r"^\| `([\w.]+)` \| ((?:`\w+` ?)+)\|$", DOCS, re.MULTILINE)
    listed = [f"{section}.{name}" for section, names in rows for name in re.findall(r"`(\w+)`", names)]
    assert listed == list(keys())
