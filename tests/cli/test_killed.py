"""An index whose writer was killed."""

import json
import random
import signal
import subprocess
import sys
import time

import pytest

from newsdedup.stores.sqlite import SqliteStore

KILLS = 12
ARTICLES = 3000


@pytest.fixture(scope="module")
def deliveries(tmp_path_factory):
    folder = tmp_path_factory.mktemp("deliveries")
    for day in range(3):
        with (folder / f"day-{day}.jsonl").open("w") as file:
            for i in range(ARTICLES):
                words = " ".join(f"word{(i * 7919 + j * j * (day + 1)) % 50021}" for j in range(60))
                file.write(json.dumps({"id": f"{day}-{i}", "text": words}) + "\n")
    return folder


def adding(index, delivery):
    line = [sys.executable, "-m", "newsdedup", "index", "add", str(index), str(delivery), "--workers", "1"]
    return subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def test_an_index_survives_kill_9_at_any_moment(tmp_path, deliveries):
    index = tmp_path / "news.index"
    first = adding(index, deliveries / "day-0.jsonl")
    assert first.communicate()[1] == b""
    since = time.monotonic()
    whole = adding(tmp_path / "other.index", deliveries / "day-1.jsonl")
    whole.communicate()
    took = time.monotonic() - since
    dice = random.Random(1)
    killed = 0
    for _ in range(KILLS):
        process = adding(index, deliveries / "day-1.jsonl")
        time.sleep(dice.uniform(0.3, 1.0) * took)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
        store = SqliteStore(index)
        assert store.problems() == []
        assert store.size()[0] in {ARTICLES, 2 * ARTICLES}
        store.close()
    assert killed
    for day, articles in ((1, 2), (2, 3)):
        last = adding(index, deliveries / f"day-{day}.jsonl")
        assert last.communicate()[1] == b""
        store = SqliteStore(index)
        assert (store.size()[0], store.problems()) == (articles * ARTICLES, [])
        store.close()


def test_an_index_survives_kill_9_while_it_is_made(tmp_path, deliveries):
    dice = random.Random(2)
    index = tmp_path / "news.index"
    for _ in range(4):
        process = adding(index, deliveries / "day-0.jsonl")
        while not index.exists():
            assert process.poll() is None
        time.sleep(dice.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        process.communicate()
    last = adding(index, deliveries / "day-0.jsonl")
    assert last.communicate()[1] == b""
    store = SqliteStore(index)
    assert (store.size()[0], store.problems()) == (ARTICLES, [])
    store.close()
