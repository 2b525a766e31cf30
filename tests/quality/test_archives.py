"""Verdicts on the labelled pairs of four archives never get worse unnoticed.

The labels ship with the project (`corpus/gold`), the archives do not; where they lie beside it they are read from
there. The floors in `floors.json` hold for one corpus, told by its hash, and only `pytest --set-floors` changes them.
"""

import hashlib
import json
import math
from pathlib import Path

import pytest

from newsdedup.config.settings import Config
from newsdedup.progress import Silent
from newsdedup.wiring import evaluate

ARCHIVES = {
    "reuters21578": "reuters21578",
    "reuters106k": "reuters106k-dev.jsonl.gz",
    "asprout": "asprout.jsonl.gz",
    "saudinewsnet": "saudinewsnet-dev.jsonl.gz",
}
FLOORS = Path(__file__).parent / "floors.json"


def hash_of(path):
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def rounded_down(value):
    return math.floor(value * 1000) / 1000


@pytest.mark.parametrize("archive", ARCHIVES)
def test_verdicts_on_labelled_pairs_reach_their_floors(archive, shared, corpus_dir, set_floors):
    corpus, labels = shared / "data" / ARCHIVES[archive], corpus_dir / "gold" / f"{archive}-dev.jsonl"
    if not corpus.exists():
        pytest.skip("the archive may not ship with the project, and is not beside it")
    scores = evaluate([str(corpus)], [labels], None, Config(), progress=Silent()).figures["sure"].scores
    measured = {
        "corpus": hash_of(corpus),
        "labels": hash_of(labels),
        "f1": rounded_down(scores.own_verdict.f1),
        "precision": rounded_down(scores.own_verdict.precision.value),
        "clustered_f1": rounded_down(scores.clustered.f1),
        "proposed": rounded_down(scores.proposed.value),
        "look_alikes_kept_apart": rounded_down(1 - scores.look_alikes_joined.value),
    }
    floors = json.loads(FLOORS.read_text("utf-8"))
    if set_floors:
        FLOORS.write_text(json.dumps({**floors, archive: measured}, indent=2) + "\n", "utf-8")
        return
    floor = floors[archive]
    assert (measured["corpus"], measured["labels"]) == (floor["corpus"], floor["labels"]), "floors of another corpus"
    assert {name: value for name, value in measured.items() if value < floor[name]} == {}


def test_every_archive_has_a_floor():
    assert sorted(json.loads(FLOORS.read_text("utf-8"))) == sorted(ARCHIVES)
