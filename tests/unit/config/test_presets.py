import re
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from newsdedup.config.load import load
from newsdedup.config.render import settable
from newsdedup.config.schema import groups, keys
from newsdedup.config.settings import Config
from newsdedup.config.template import template
from newsdedup.plan import Plan

CONFIGS = Path(__file__).parents[3] / "configs"
PRESETS = sorted(CONFIGS.glob("*.yaml"))


def test_the_presets_are_those_the_documentation_names():
    docs = (CONFIGS.parent / "docs" / "configuration.md").read_text("utf-8")
    assert {path.name for path in PRESETS} == set(re.findall(r"`configs/([\w-]+\.yaml)`", docs))


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_a_preset_loads(path):
    load(path)


@pytest.mark.parametrize("path", [p for p in PRESETS if p.stem != "default"], ids=lambda path: path.stem)
def test_a_preset_says_nothing_that_is_the_default_anyway(path):
    given = yaml.safe_load(path.read_text("utf-8"))
    default = settable(Config())
    assert [f"{s}.{k}" for s, values in given.items() for k, v in values.items() if default[s][k] == v] == []


def test_the_default_file_gives_every_key_its_default():
    shown = settable(Config())
    shown["verify"]["weights"] = None  # which stands for the shipped ones
    assert yaml.safe_load(template()) == shown
    assert load(CONFIGS / "default.yaml") == Config()


def test_the_default_file_has_its_keys_in_the_order_of_the_code():
    assert list(_leaves(yaml.safe_load(template()), "")) == list(keys())


def test_the_default_file_explains_every_key():
    lines = template().decode().splitlines()
    unexplained = [
        line.strip()
        for before, line in pairwise(lines)
        if re.match(r" +\w+:", line) and not before.lstrip().startswith("#")
    ]
    assert unexplained == []


def test_the_copy_in_the_repository_is_the_one_in_the_package():
    assert (CONFIGS / "default.yaml").read_bytes() == template()


def test_strict_asks_for_more_than_the_defaults_and_excerpts_for_less():
    strict, default, excerpts = load(CONFIGS / "strict.yaml").plan, Plan(), load(CONFIGS / "excerpts.yaml").plan
    assert strict.verify.min_probability > default.verify.min_probability
    assert strict.verify.excerpt_run > default.verify.excerpt_run > excerpts.verify.excerpt_run
    assert default.sketch.sample_rate > excerpts.sketch.sample_rate


def _leaves(values, above):
    for name, value in values.items():
        dotted = f"{above}{name}"
        if dotted in groups():
            yield from _leaves(value, f"{dotted}.")
        else:
            yield dotted
