import json

import yaml


def test_init_writes_a_file_that_validates_and_shows_as_the_defaults(newsdedup, tmp_path):
    assert newsdedup("config", "init").out == "Wrote newsdedup.yaml\n"
    checked = newsdedup("config", "validate", "newsdedup.yaml")
    assert (checked.code, checked.out, checked.err) == (0, "newsdedup.yaml: no mistakes\n", "")
    assert newsdedup("config", "show", "--config", "newsdedup.yaml").out == newsdedup("config", "show").out


def test_init_replaces_a_file_only_with_force(newsdedup, tmp_path):
    (tmp_path / "mine.yaml").write_text("text: {credits: no}\n")
    refused = newsdedup("config", "init", "mine.yaml")
    assert (refused.code, refused.err) == (2, "newsdedup: error: mine.yaml exists; --force replaces it\n")
    assert (tmp_path / "mine.yaml").read_text() == "text: {credits: no}\n"
    assert newsdedup("config", "init", "mine.yaml", "--force").code == 0
    assert "credits: true" in (tmp_path / "mine.yaml").read_text()


def test_show_puts_defaults_file_and_flags_together(newsdedup, tmp_path):
    (tmp_path / "c.yaml").write_text("sketch: {seed: 5, sample_rate: 2}\n")
    args = ("config", "show", "--config", "c.yaml", "--set", "sketch.seed=6")
    shown = yaml.safe_load(newsdedup(*args).out)
    assert (shown["sketch"]["seed"], shown["sketch"]["sample_rate"], shown["sketch"]["rows"]) == (6, 2, 3)
    assert json.loads(newsdedup(*args, "--json").out) == shown


def test_validate_lists_every_mistake_and_exits_with_2(newsdedup, tmp_path):
    (tmp_path / "c.yaml").write_text("sketch:\n  num_prem: 256\n  bands: 60\nverify:\n  min_probability: 75\n")
    problems = [
        'c.yaml:2: there is no key "sketch.num_prem", did you mean "sketch.num_perm"?',
        "c.yaml:3: sketch: bands * rows must not exceed num_perm: 60 * 3 > 128",
        "c.yaml:5: verify.min_probability must be from 0 to 1, not 75",
    ]
    told = newsdedup("config", "validate", "c.yaml")
    assert (told.code, told.out) == (2, "")
    assert told.err.splitlines() == [f"newsdedup: error: {problem}" for problem in problems]
    data = newsdedup("config", "validate", "c.yaml", "--json")
    assert (data.code, data.err) == (2, "")
    assert json.loads(data.out) == {"file": "c.yaml", "valid": False, "problems": problems}
