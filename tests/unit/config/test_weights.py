from pathlib import Path

import pytest

from newsdedup.config.flags import Flag, assignment
from newsdedup.config.load import load
from newsdedup.config.render import resolved, settable, to_yaml
from newsdedup.config.settings import Config
from newsdedup.errors import ConfigError
from newsdedup.model.weights import Weights, shipped_weights, weights_from
from newsdedup.stages.features import FEATURES

GOOD = "fitted_on: [mine, 2006]\nbias: -2\nweights:\n  headline: 1.5\n  words: 1e-1\ntypical:\n  words: 4\n"
READ = Weights(-2.0, {"headline": 1.5, "words": 0.1}, {"words": 4.0}, ("mine", "2006"))


@pytest.fixture
def write(tmp_path):
    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return path

    return write


def problems(path: Path | None, *flags: Flag) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(path, flags)
    return [problem.replace(f"{path.parent}/" if path else "\0", "") for problem in caught.value.problems]


def test_without_a_file_the_shipped_weights_are_in_force(write):
    assert load().plan.verify.weights == shipped_weights()
    assert load(write("c.yaml", "verify: {weights: }\n")).plan.verify.weights == shipped_weights()


def test_the_shipped_weights_name_only_features_there_are():
    shipped = shipped_weights()
    assert shipped.weights
    assert {*shipped.weights, *shipped.typical} <= set(FEATURES)


def test_weights_survive_being_written_and_read():
    assert weights_from(READ.to_yaml()) == READ


def test_a_path_begins_at_the_file_that_holds_it(write, monkeypatch, tmp_path):
    write("sub/w.yaml", GOOD)
    config = write("sub/c.yaml", "verify:\n  weights: w.yaml\n")
    monkeypatch.chdir(tmp_path)
    assert load(config).plan.verify.weights == READ
    assert load(Path("sub/c.yaml")).plan.verify.weights == READ


def test_a_path_in_a_flag_begins_at_the_working_directory(write, monkeypatch, tmp_path):
    write("sub/w.yaml", GOOD)
    monkeypatch.chdir(tmp_path)
    assert load(None, [assignment("verify.weights=sub/w.yaml")]).plan.verify.weights == READ


def test_an_absolute_path_is_taken_as_it_is(write):
    weights = write("w.yaml", GOOD)
    assert load(write("sub/c.yaml", f"verify: {{weights: {weights}}}\n")).plan.verify.weights == READ


def test_weights_stand_whole_in_what_is_shown_which_is_a_configuration_again(write):
    config = load(None, [assignment(f"verify.weights={write('w.yaml', GOOD)}")])
    assert settable(config)["verify"]["weights"]["weights"] == {"headline": 1.5, "words": 0.1}
    assert resolved(config.plan, config.settings)["verify"]["weights"]["bias"] == -2
    assert load(write("shown.yaml", to_yaml(config))) == config


def test_all_mistakes_of_a_file_of_weights_are_told_with_its_lines_among_those_of_the_configuration(write):
    write(
        "w.yaml",
        "bais: 1\nweights:\n  haedline: 1.5\n  words: many\n  words: 2\n  days: .nan\ntypical: 3\nfitted_on: mine\n",
    )
    config = write("c.yaml", "verify:\n  weights: w.yaml\n  excerpt_run: 2.5\nsketch: {seed: -1}\n")
    features = ", ".join(FEATURES)
    assert problems(config) == [
        'w.yaml:1: there is no part of weights "bais", did you mean "bias"? (there are: bias, weights, typical, fitted_on)',
        "w.yaml:1: weights without `bias`",
        f'w.yaml:3: there is no feature "haedline", did you mean "headline"? (there are: {features})',
        'w.yaml:4: words must be a number, not "many"',
        'w.yaml:5: "words" is given twice',
        'w.yaml:6: days must be a number, not ".nan"',
        "w.yaml:7: typical must hold features, each as `name: number`",
        'w.yaml:8: fitted_on must be a list of words such as [a, b], not "mine"',
        'c.yaml:3: verify.excerpt_run must be a whole number, not "2.5"',
        "c.yaml:4: sketch.seed must be from 0 to 4294967295, not -1",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "w.yaml: No such file or directory"),
        ("", "w.yaml: no weights: they are a `bias` and `weights`, a number for each feature"),
        ("- 1\n", "w.yaml:1: no weights: they are a `bias` and `weights`, a number for each feature"),
        ("bias: 1\n", "w.yaml:1: weights without `weights`"),
        ("bias: 1\nweights: {words: [1]}\n", "w.yaml:2: words must be a number, not this list"),
        ("bias: [1\nweights: {}\n", "w.yaml:2: not YAML: expected ',' or ']', but got ':'"),
    ],
)
def test_a_mistake_in_a_file_of_weights_is_named_with_its_place(write, text, problem):
    if text is not None:
        write("w.yaml", text)
    assert problems(write("c.yaml", "verify: {weights: w.yaml}\n")) == [problem]


def test_a_mistake_in_weights_written_in_place_is_named_with_its_line(write):
    config = write("c.yaml", "verify:\n  weights:\n    bias: 1\n    weights: {wrods: 1}\n")
    features = ", ".join(FEATURES)
    assert problems(config) == [f'c.yaml:4: there is no feature "wrods", did you mean "words"? (there are: {features})']


def test_a_mistake_in_weights_of_a_flag_is_named_as_it_was_written():
    flag = assignment("verify.weights=[w.yaml]")
    assert problems(None, flag) == [
        "--set verify.weights=[w.yaml]: verify.weights must be the path of a file of weights"
    ]
    flag = assignment("verify.weights={bias: 1}")
    assert problems(None, flag) == ["--set verify.weights={bias: 1}: weights without `weights`"]


def test_two_configurations_of_equal_weights_are_equal(write):
    in_place = write(
        "c.yaml",
        f"verify:\n  weights: {{bias: {shipped_weights().bias}, weights: {dict(shipped_weights().weights)}}}\n",
    )
    found = load(in_place).plan.verify.weights
    assert (found.bias, found.weights) == (shipped_weights().bias, shipped_weights().weights)
    assert Config() == load()
