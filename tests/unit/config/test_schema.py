from newsdedup.config.document import from_flags
from newsdedup.config.flags import Flag
from newsdedup.config.limits import LIMITS
from newsdedup.config.schema import FACTS, build, keys, sections
from newsdedup.config.settings import Config
from newsdedup.config.values import convert
from newsdedup.model.weights import Weights


def test_every_number_has_limits_and_its_default_lies_within():
    numbers = {key.name: key.default for key in keys().values() if key.type in (int, float, int | None)}
    assert set(numbers) == set(LIMITS)
    assert [name for name, value in numbers.items() if value is not None and value not in LIMITS[name]] == []


def test_every_section_of_the_plan_has_keys():
    assert {name.partition(".")[0] for name in keys()} == set(sections())


def test_every_key_has_a_type_that_can_be_read():
    examples = {"tuple": "[a]", "bool": "true", "int": "1", "float": "0.5", "str": "a"}
    for key in keys().values():
        if key.type is Weights:  # tests/unit/config/test_weights.py
            continue
        example = next(example for name, example in examples.items() if name in str(key.type))
        (given,) = from_flags([Flag("flag", key.name, example)])
        assert convert(given.node, key.type) is not None


def test_facts_are_fields_but_not_keys():
    assert not FACTS & set(keys())


def test_building_from_the_defaults_gives_the_defaults():
    assert build({key.name: key.default for key in keys().values()}) == build({}) == Config()
