import json
import random

import pytest
import yaml

WORDS = [
    f"{a}{b}"
    for a in ("bor", "cal", "dem", "fin", "gor", "hal", "jin", "kel", "lum", "mor")
    for b in ("an", "eth", "is", "od", "um")
]


def story(draw, words):
    return " ".join(draw.choices(WORDS, k=words)).capitalize() + "."


@pytest.fixture(autouse=True)
def archives(tmp_path):
    """Two archives; one story is a cut of another, a look-alike has its words in another order and other figures."""
    for name, seed in (("north", 1), ("south", 2)):
        draw = random.Random(seed)
        with (tmp_path / f"{name}.jsonl").open("w") as articles, (tmp_path / f"{name}-pairs.jsonl").open("w") as pairs:
            for number in range(24):
                text = story(draw, 80)
                same = number % 2 == 0
                other = text[: len(text) // 2] + story(draw, 5) if same else story(draw, 60) + text[:120]
                for own, body in ((f"{number}a", text), (f"{number}b", other)):
                    articles.write(json.dumps({"id": own, "text": body}) + "\n")
                label = "revision" if same else "excerpt"
                pairs.write(
                    json.dumps({"a": f"{number}a", "b": f"{number}b", "label": label, "sure": number > 3}) + "\n"
                )
    return tmp_path


NORTH = ("--archive", "north.jsonl", "north-pairs.jsonl")
SOUTH = ("--archive", "south.jsonl", "south-pairs.jsonl")


def test_weights_are_fitted_and_every_command_takes_them(newsdedup, tmp_path):
    done = newsdedup("tune", *NORTH, *SOUTH, "--out", "weights.yaml", "--config-out", "mine.yaml")
    assert (done.code, done.err) == (0, "")
    weights = yaml.safe_load((tmp_path / "weights.yaml").read_text())
    assert weights["fitted_on"] == ["north-pairs.jsonl (24 pairs)", "south-pairs.jsonl (24 pairs)"]
    assert weights["weights"].keys() == weights["typical"].keys()
    shown = json.loads(newsdedup("config", "show", "--config", "mine.yaml", "--json").out)
    assert shown["verify"]["weights"] == weights
    assert newsdedup("run", "north.jsonl", "--out", "report", "--config", "mine.yaml").code == 0
    header = json.loads((tmp_path / "report" / "report.json").read_text())["header"]
    assert header["settings"]["verify"]["weights"] == weights


def test_every_archive_is_scored_on_articles_and_archives_that_the_fit_had_not_seen(newsdedup):
    told = newsdedup("tune", *NORTH, *SOUTH, "--out", "a.yaml").out
    assert "articles it had not seen" in told
    assert told.count("south-pairs.jsonl") == 2
    found = json.loads(newsdedup("tune", *NORTH, *SOUTH, "--out", "b.yaml", "--json").out)
    assert found["cross_validated"].keys() == found["unseen_archive"].keys()
    assert found["cross_validated"]["north-pairs.jsonl"]["f1"] > 0.9
    one = json.loads(newsdedup("tune", *NORTH, "--out", "c.yaml", "--json").out)
    assert one["unseen_archive"] == {}


def test_the_same_labels_give_the_same_bytes(newsdedup, tmp_path):
    for out, workers in (("a.yaml", 1), ("b.yaml", 2)):
        assert newsdedup("tune", *NORTH, *SOUTH, "--out", out, "--set", f"run.workers={workers}").code == 0
    assert (tmp_path / "a.yaml").read_bytes() == (tmp_path / "b.yaml").read_bytes()


def test_a_precision_asked_for_gives_a_probability_that_the_settings_use(newsdedup, tmp_path):
    args = ("tune", *NORTH, *SOUTH, "--out", "w.yaml", "--config-out", "c.yaml", "--target-precision", "0.9", "--json")
    found = json.loads(newsdedup(*args).out)
    assert found["reached"] is True
    settings = yaml.safe_load((tmp_path / "c.yaml").read_text())
    assert settings == {"verify": {"weights": "w.yaml", "min_probability": found["min_probability"]}}


def test_adjusting_with_a_high_penalty_stays_with_the_weights_in_force(newsdedup, tmp_path):
    shipped = json.loads(newsdedup("config", "show", "--json").out)["verify"]["weights"]
    assert newsdedup("tune", *NORTH, "--out", "near.yaml", "--adjust", "--penalty", "1e6").code == 0
    near = yaml.safe_load((tmp_path / "near.yaml").read_text())
    assert near["bias"] == pytest.approx(shipped["bias"], abs=0.01)
    assert near["weights"] == pytest.approx(shipped["weights"], abs=0.01)


def test_labelled_pairs_that_are_not_in_the_archive_are_counted(newsdedup, tmp_path):
    with (tmp_path / "north-pairs.jsonl").open("a") as pairs:
        pairs.write('{"a": "0a", "b": "gone", "label": "copy"}\n')
    done = newsdedup("tune", *NORTH, "--out", "w.yaml")
    assert "north-pairs.jsonl: left out 1 labelled pair" in done.out


def test_files_that_are_there_are_replaced_only_with_force(newsdedup, tmp_path):
    (tmp_path / "w.yaml").write_text("mine")
    refused = newsdedup("tune", *NORTH, "--out", "w.yaml")
    assert (refused.code, refused.err) == (2, "newsdedup: error: w.yaml exists; --force replaces it\n")
    assert newsdedup("tune", *NORTH, "--out", "w.yaml", "--force").code == 0


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('{"a": "0a", "b": "0b", "label": "copy"}\n', "all pairs are labelled the same way"),
        ('{"a": "x", "b": "y", "label": "copy"}\n', "no labelled pair has both its articles in the archive"),
        ("nothing\n", "pairs.jsonl"),
    ],
)
def test_labels_that_cannot_make_a_fit_are_an_error(newsdedup, tmp_path, lines, message):
    (tmp_path / "pairs.jsonl").write_text(lines)
    done = newsdedup("tune", "--archive", "north.jsonl", "pairs.jsonl", "--out", "w.yaml")
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert not (tmp_path / "w.yaml").exists()
