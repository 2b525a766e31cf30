import json

import pytest

from newsdedup.errors import UnknownNameError
from newsdedup.registry import Registry, did_you_mean

TABLE = {"json": "json:loads", "text": "builtins:str"}


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """A package with two entry points, as pip leaves it: one of a name of its own and one of a built-in part."""
    info = tmp_path / "extra_formats-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: extra-formats\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[tests.formats]\nnewsml = extra_formats:read\njson = extra_formats:read\n")
    (tmp_path / "extra_formats.py").write_text("def read(): return 'newsml'\n")
    monkeypatch.syspath_prepend(tmp_path)


def test_a_part_of_the_table_is_loaded_by_its_name():
    assert Registry("format", TABLE).load("json") is json.loads
    assert Registry("format", TABLE).names() == ("json", "text")


def test_parts_are_imported_only_when_asked_for():
    registry = Registry("format", TABLE | {"broken": "no_such_module:read"})
    assert registry.load("text") is str
    with pytest.raises(ModuleNotFoundError):
        registry.load("broken")


def test_installed_packages_add_parts(installed):
    registry = Registry("format", TABLE, "tests.formats")
    assert registry.names() == ("json", "text", "newsml")
    assert registry.load("newsml")() == "newsml"


def test_an_installed_package_cannot_replace_a_part_of_the_program(installed):
    assert Registry("format", TABLE, "tests.formats").load("json") is json.loads


def test_an_unknown_name_is_answered_with_a_guess_and_all_names(installed):
    with pytest.raises(UnknownNameError) as caught:
        Registry("format", TABLE, "tests.formats").load("jsno")
    assert str(caught.value) == 'no format is called "jsno", did you mean "json"? (there are: json, text, newsml)'


def test_no_guess_is_made_where_nothing_is_near():
    assert did_you_mean("newsml", ["json", "text"]) == ""
