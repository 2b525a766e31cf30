import json
from dataclasses import replace

import yaml

from newsdedup.config.load import load
from newsdedup.config.render import resolved, settable, to_yaml
from newsdedup.config.settings import Config, Settings
from newsdedup.plan import CanonicalParams, Plan, ReaderParams

ODD = Config(
    Plan(
        reader=ReaderParams(encoding="cp1252", hidden=True),
        canonical=CanonicalParams(preferred_publishers=("no", "1", "null", "الجزيرة", "a, b: c", "", 'O\'Neil "x"\n')),
    ),
    Settings(report=("json",), diffs=False, workers=3),
)


def test_a_rendered_configuration_loads_as_the_same(tmp_path):
    for config in (Config(), ODD):
        path = tmp_path / "shown.yaml"
        path.write_text(to_yaml(config), "utf-8")
        assert load(path) == config


def test_lists_stand_on_one_line_and_nothing_is_escaped_that_need_not_be():
    assert "  policy: [live, correction, complete, dated, earliest, publisher, id]\n" in to_yaml(Config())
    assert "الجزيرة" in to_yaml(ODD)


def test_resolved_settings_are_plain_values_that_json_keeps():
    settings = resolved(ODD.plan, ODD.settings)
    assert json.loads(json.dumps(settings)) == settings


def test_resolved_settings_do_not_depend_on_the_number_of_workers():
    many = replace(ODD, settings=replace(ODD.settings, workers=64))
    assert resolved(ODD.plan, ODD.settings) == resolved(many.plan, many.settings)
    assert "workers" not in yaml.dump(resolved(ODD.plan, ODD.settings))


def test_resolved_settings_record_the_version_of_the_normaliser_which_nobody_can_set():
    assert resolved(ODD.plan, ODD.settings)["sketch"]["normaliser"] == ODD.plan.sketch.normaliser
    assert "normaliser" not in settable(ODD)["sketch"]
