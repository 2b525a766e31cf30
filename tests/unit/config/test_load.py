from pathlib import Path

import pytest
import yaml

from newsdedup.config.flags import Flag, assignment
from newsdedup.config.load import load
from newsdedup.config.settings import Config
from newsdedup.errors import ConfigError

POLICY = "live, correction, complete, dated, earliest, publisher, id"
REPORTS = "json, clusters, matches, skipped, canonical, diffs, csv, html"


@pytest.fixture
def write(tmp_path):
    def write(text: str | bytes) -> Path:
        path = tmp_path / "c.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def problems(path: Path | None, *flags: Flag) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(path, flags)
    prefix = f"{path}" if path else "\0"
    return [problem.replace(prefix, "c.yaml") for problem in caught.value.problems]


def test_without_file_and_flags_all_is_default():
    assert load() == Config()


@pytest.mark.parametrize("text", ["", "# nothing\n", "sketch:\n  # seed: 2\n", "---\n", b"\xef\xbb\xbfsketch:\n"])
def test_a_file_that_sets_nothing_is_fine(write, text):
    assert load(write(text)) == Config()


def test_a_flag_goes_over_the_file_and_the_file_over_the_default(write):
    path = write("sketch:\n  seed: 7\n  sample_rate: 4\n")
    config = load(path, [assignment("sketch.seed=9")])
    assert (config.plan.sketch.seed, config.plan.sketch.sample_rate, config.plan.sketch.num_perm) == (9, 4, 128)


def test_the_last_of_two_flags_wins():
    assert load(None, [assignment("sketch.seed=3"), assignment("sketch.seed=4")]).plan.sketch.seed == 4


def test_keys_of_a_group_in_a_section_are_set(write):
    config = load(write("reader:\n  fields:\n    text: [corps]\n  encoding: cp1252\nrun: {workers: 3, diffs: no}\n"))
    assert config.plan.reader.fields.text == ("corps",)
    assert config.plan.reader.fields.title == Config().plan.reader.fields.title
    assert config.plan.reader.encoding == "cp1252"
    assert (config.settings.workers, config.settings.diffs) == (3, False)


def test_the_type_of_the_key_decides_how_a_word_is_read(write):
    config = load(
        write(
            "canonical: {preferred_publishers: [NO, 1843, on, '']}\n"
            "text: {credits: off}\n"
            "verify: {min_probability: 1, copy_alignment: 1e-1}\n"
            "reader: {encoding: , max_archive_members: 1_000}\n"
        )
    )
    assert config.plan.canonical.preferred_publishers == ("NO", "1843", "on", "")
    assert config.plan.text.credits is False
    assert config.plan.verify.min_probability == 1.0
    assert isinstance(config.plan.verify.min_probability, float)
    assert config.plan.verify.copy_alignment == pytest.approx(0.1)
    assert config.plan.reader.encoding is None
    assert config.plan.reader.max_archive_members == 1000


def test_all_mistakes_are_told_at_once_each_with_its_line(write):
    path = write(
        "sketch:\n"
        "  num_prem: 256\n"
        "  seed: lots\n"
        "verify:\n"
        "  min_probability: 1.5\n"
        "  excerpt_run: 2.5\n"
        "cannonical:\n"
        "  policy: [id]\n"
        "canonical:\n"
        "  policy: [live, oldest]\n"
        "text: {credits: maybe}\n"
    )
    assert problems(path, assignment("sketch.rows=0"), Flag("--report", "run.report", '["jsn"]')) == [
        'c.yaml:2: there is no key "sketch.num_prem", did you mean "sketch.num_perm"?',
        'c.yaml:3: sketch.seed must be a whole number, not "lots"',
        "c.yaml:5: verify.min_probability must be from 0 to 1, not 1.5",
        'c.yaml:6: verify.excerpt_run must be a whole number, not "2.5"',
        'c.yaml:7: there is no key "cannonical", did you mean "canonical"?',
        f'c.yaml:10: canonical.policy: there is no "oldest" (there are: {POLICY})',
        'c.yaml:10: canonical.policy must end with "id", which alone decides every tie',
        'c.yaml:11: text.credits must be true or false, not "maybe"',
        "--set sketch.rows=0: sketch.rows must be at least 1, not 0",
        f'--report: run.report: there is no "jsn", did you mean "json"? (there are: {REPORTS})',
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("sketch: {bands: 60}\n", "c.yaml:1: sketch: bands * rows must not exceed num_perm: 60 * 3 > 128"),
        (
            "sketch: {seed: 2,\n num_perm: 64}\n",
            "c.yaml:2: sketch: bands * rows must not exceed num_perm: 37 * 3 > 64",
        ),
        ("sketch:\n  seed: 1\n  seed: 2\n", 'c.yaml:3: "sketch.seed" is given twice, first on line 2'),
        ("text: {}\ntext: {}\n", 'c.yaml:2: "text" is given twice, first on line 1'),
        ("num_perm: 1\n", 'c.yaml:1: there is no key "num_perm", did you mean "sketch.num_perm"?'),
        (
            "sketch.seed: 1\n",
            'c.yaml:1: there is no key "sketch.seed" at this level, write "seed" indented under "sketch:"',
        ),
        ("sketch: 3\n", "c.yaml:1: sketch must hold keys, each as `name: value`"),
        ("- a\n", "c.yaml:1: a configuration must hold keys, each as `name: value`"),
        ("? [a]\n: 1\n", "c.yaml:1: a key must be a word"),
        ("sketch:\n  seed:\n", "c.yaml:2: sketch.seed must be a whole number, not empty"),
        ("sketch:\n  seed: '3'\n", 'c.yaml:2: sketch.seed must be a whole number, not "3"'),
        ("sketch:\n  seed: 1:30\n", 'c.yaml:2: sketch.seed must be a whole number, not "1:30"'),
        ("sketch:\n  seed: [1]\n", "c.yaml:2: sketch.seed must be a whole number, not this list"),
        ("sketch:\n  seed: {a: 1}\n", "c.yaml:2: sketch.seed must be a whole number, not a section"),
        ("verify:\n  min_probability: nan\n", 'c.yaml:2: verify.min_probability must be a number, not "nan"'),
        ("reader:\n  max_record_mb: .inf\n", 'c.yaml:2: reader.max_record_mb must be a number, not ".inf"'),
        ("reader:\n  encoding: utf-9\n", 'c.yaml:2: reader.encoding: there is no encoding "utf-9"'),
        ("reader:\n  encoding: rot13\n", 'c.yaml:2: reader.encoding: there is no encoding "rot13"'),
        (
            "reader:\n  html:\n    extractor: fats\n",
            'c.yaml:3: reader.html.extractor: there is no "fats", did you mean "fast"? (there are: trafilatura, fast)',
        ),
        (
            "reader:\n  fields:\n    text: []\n",
            "c.yaml:3: reader.fields.text must name at least one field, or no record has a text",
        ),
        (
            "reader:\n  fields:\n    id: doc\n",
            'c.yaml:3: reader.fields.id must be a list of words such as [a, b], not "doc"',
        ),
        (
            "reader:\n  fields:\n    id: [[a]]\n",
            "c.yaml:3: reader.fields.id must be a list of words such as [a, b], not this list",
        ),
        ("canonical:\n  policy: [id, live, id]\n", 'c.yaml:2: canonical.policy: "id" is given twice'),
        (
            "canonical:\n  preferred_publishers: [AP]\n  policy: [id]\n",
            'c.yaml:3: canonical.preferred_publishers has no effect unless "publisher" is in canonical.policy',
        ),
        (
            "run: {report: []}\n",
            f"c.yaml:1: run.report must name at least one output (there are: {REPORTS})",
        ),
        (
            "run:\n  report: [diffs]\n  diffs: no\n",
            'c.yaml:3: run.report names nothing but "diffs", which run.diffs turns off',
        ),
        ("run: {workers: 0}\n", "c.yaml:1: run.workers must be from 1 to 1024, not 0"),
        ("sketch: {seed: -1}\n", "c.yaml:1: sketch.seed must be from 0 to 4294967295, not -1"),
        (
            "sketch: {normaliser: 2}\n",
            'c.yaml:1: there is no key "sketch.normaliser", it comes with the version of the program',
        ),
        ("sketch:\n  seed: [1\nx: 2\n", "c.yaml:3: not YAML: expected ',' or ']', but got ':'"),
        ("sketch:\n\tseed: 1\n", "c.yaml:2: not YAML: found character '\\t' that cannot start any token"),
        ("a: 1\n---\nb: 1\n", "c.yaml:2: not YAML: but found another document"),
        (b"a: \xff\n", "c.yaml: not YAML: invalid start byte at position 3"),
        ("a: \0\n", "c.yaml: not YAML: special characters are not allowed at position 3"),
        ("[" * 5000, "c.yaml: not a configuration: nested too deeply"),
    ],
)
def test_a_mistake_is_named_with_its_place(write, text, problem):
    assert problems(write(text)) == [problem]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("seed=1", '--set seed=1: there is no key "seed", did you mean "sketch.seed"?'),
        ("sketch=1", '--set sketch=1: there is no key "sketch", only keys in it, such as sketch.shingle_size'),
        ("sketch.seed", "--set sketch.seed: sketch.seed must be a whole number, not empty"),
        ("sketch.seed=", "--set sketch.seed=: sketch.seed must be a whole number, not empty"),
        ("run.report=[json", "--set run.report=[json: '[json' is not a YAML value"),
        ("text=[]", '--set text=[]: there is no key "text", only keys in it, such as text.credits'),
        ("run.report=a,b", '--set run.report=a,b: run.report must be a list of words such as [a, b], not "a,b"'),
    ],
)
def test_a_mistake_in_a_flag_is_named_as_it_was_written(text, problem):
    assert problems(None, assignment(text)) == [problem]


def test_contradictions_of_a_value_that_is_wrong_in_itself_are_not_told_twice(write):
    assert problems(write("sketch: {bands: 0}\n")) == ["c.yaml:1: sketch.bands must be at least 1, not 0"]


def test_a_flag_is_blamed_for_what_it_contradicts_in_the_file(write):
    path = write("sketch: {num_perm: 64, bands: 21}\n")
    assert load(path).plan.sketch.num_perm == 64
    assert problems(path, assignment("sketch.rows=4")) == [
        "--set sketch.rows=4: sketch: bands * rows must not exceed num_perm: 21 * 4 > 64"
    ]


def test_a_file_that_cannot_be_opened_is_one_problem(tmp_path):
    assert problems(tmp_path / "none.yaml") == ["c.yaml: No such file or directory"]
    assert problems(tmp_path) == ["c.yaml: Is a directory"]


def test_aliases_may_be_used(write):
    assert load(write("reader: {fields: {id: &names [a], slug: *names}}\n")).plan.reader.fields.slug == ("a",)


def test_yaml_is_only_read_never_made_into_objects(write):
    path = write("text: {credits: !!python/object/apply:os.system [exit]}\n")
    assert problems(path) == ["c.yaml:1: text.credits must be true or false, not this list"]
    with pytest.raises(yaml.YAMLError):
        yaml.safe_load(path.read_text())
