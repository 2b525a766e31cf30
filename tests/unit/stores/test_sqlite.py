import shutil
import sqlite3
import subprocess
import sys

import numpy as np
import pytest

from newsdedup.errors import StoreError
from newsdedup.indexing import add, check_header, create, prune, remove, with_ids
from newsdedup.model.sketch import SketchParams
from newsdedup.plan import Plan, TextParams
from newsdedup.progress import Silent
from newsdedup.readers.corpus import FileCorpus
from newsdedup.stores.interface import FORMAT, numbers_of
from newsdedup.stores.sqlite import SqliteStore
from newsdedup.workers import Workers

PLAN = Plan()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "news.index"


@pytest.fixture
def store(path, corpus_dir):
    """An index of the wire corpus."""
    made = SqliteStore(path)
    create(made, PLAN, text=True)
    with FileCorpus.open([str(corpus_dir / "wire")], PLAN.reader) as corpus, Workers(1) as workers:
        add(corpus, made, PLAN, workers, Silent())
    yield made
    made.close()


def test_what_is_closed_is_one_file(store, path):
    store.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_an_index_of_other_parameters_names_each_and_the_way_out(store):
    plan = Plan(sketch=SketchParams(num_perm=256, bands=74), text=TextParams(credits=False))
    with pytest.raises(StoreError) as caught:
        check_header(store, plan)
    assert str(caught.value) == (
        f"{store.name}: the index was built with sketch.num_perm = 128 (the settings say 256), sketch.bands = 37"
        " (the settings say 74), text.credits = true (the settings say false); use --set sketch.num_perm=128"
        " --set sketch.bands=37 --set text.credits=true, or build a new index"
    )


def test_an_index_of_another_normaliser_must_be_built_again(store, path):
    store.close()
    with sqlite3.connect(path) as db:
        db.execute("""UPDATE header SET value = replace(value, '"normaliser": 3', '"normaliser": 2')""")
    with pytest.raises(StoreError, match="reads texts in another way; build it again"):
        check_header(SqliteStore(path), PLAN)


def test_an_index_of_a_newer_format_asks_for_the_newer_program(store, path):
    store.close()
    with sqlite3.connect(path) as db:
        db.execute("UPDATE header SET value = 99 WHERE name = 'format'")
    with pytest.raises(StoreError, match=f"has format 99, this program reads {FORMAT}; use the newer program"):
        SqliteStore(path).header()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda path: path.write_bytes(b"Story one.\n"), "is not an index"),
        (lambda path: path.write_bytes(path.read_bytes()[: 16384 * 3 + 5]), "cut short"),
        (lambda path: path.write_bytes(path.read_bytes()[:100] + b"\xff" * 60000 + path.read_bytes()[60100:]), "damaged"),
        (lambda path: (path.unlink(), path.mkdir()), "is a folder; an index is one file, such as"),
        (lambda path: (path.unlink(), sqlite3.connect(path).executescript("CREATE TABLE t (a); PRAGMA application_id = 5")), "another program"),
    ],
    ids=["no database", "cut short", "overwritten", "folder", "foreign"],
)  # fmt: skip
def test_a_file_that_is_no_sound_index_is_told_at_once(store, path, damage, message):
    store.close()
    damage(path)
    with pytest.raises(StoreError, match=message):
        SqliteStore(path).header()


def test_verify_finds_an_altered_chunk(store, path):
    store.close()
    with sqlite3.connect(path) as db:
        own, chunk = db.execute("SELECT id, entries FROM chunks LIMIT 1 OFFSET 1").fetchone()
        db.execute("UPDATE chunks SET entries = ? WHERE id = ?", (chunk[:80] + b"\0" + chunk[81:], own))
    (problem,) = SqliteStore(path).problems()
    assert problem.endswith("entries are not as they were written")


def test_verify_finds_a_lost_article(store, path):
    store.close()
    with sqlite3.connect(path) as db:
        db.execute("DELETE FROM articles WHERE number = 3")
    assert any("are recorded" in problem for problem in SqliteStore(path).problems())


@pytest.mark.parametrize("pruned", [False, True])
def test_what_is_removed_cannot_be_found_in_the_file(store, path, pruned):
    (row,) = with_ids(store, ["unrelated/beekeepers.txt"])
    assert row.content in path.read_bytes() or row.content in path.with_name("news.index-wal").read_bytes()
    with store.writing():
        remove(store, [row], PLAN)
    if pruned:
        prune(store, None, PLAN)
        assert store._db.execute("SELECT count(*) FROM removed").fetchone() == (0,)
        for (chunk,) in store._db.execute("SELECT entries FROM chunks"):
            assert row.number not in numbers_of(np.frombuffer(chunk, np.uint64))
    for file in path.parent.iterdir():
        data = file.read_bytes()
        assert row.content not in data
        assert row.title.encode() not in data
    assert store.problems() == []


def test_prune_gives_room_back(store, path, tmp_path):
    store.close()
    before = path.stat().st_size
    with store.writing():
        remove(store, list(store.all_rows()), PLAN)
    prune(store, None, PLAN)
    store.close()
    assert path.stat().st_size < before / 2


def test_a_reader_sees_one_moment_while_another_writes(store, path, corpus_dir):
    reader = SqliteStore(path)
    with reader.reading():
        before = reader.size()
        with store.writing():
            remove(store, with_ids(store, ["wall-1"]), PLAN)
        assert reader.size() == before
        assert len(with_ids(reader, ["wall-1"])) == 1
    with reader.reading():
        assert with_ids(reader, ["wall-1"]) == []
    reader.close()


def test_a_full_disk_leaves_the_index_as_it_was(store, path, corpus_dir, tmp_path):
    store.close()
    more = tmp_path / "more.jsonl"
    more.write_text(
        "".join(
            f'{{"id": "m{i}", "text": "{" ".join(f"w{i * 31 + j * j}" for j in range(200))}"}}\n' for i in range(2000)
        )
    )
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000)); "
    code = f"{limit}import sys; from newsdedup.__main__ import main; sys.argv = ['newsdedup', 'index', 'add', '{path}', '{more}']; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2
    assert "disk" in done.stderr
    assert "Traceback" not in done.stderr
    again = SqliteStore(path)
    assert (again.size()[0], again.problems()) == (104, [])
    again.close()


def test_where_nothing_can_be_written_an_index_can_be_read(store, path, tmp_path):
    store.close()
    unshare = shutil.which("unshare")
    script = (
        f"mount --bind {path.parent} {path.parent} && mount -o remount,bind,ro {path.parent} &&"
        f" {sys.executable} -m newsdedup index info {path} && ! {sys.executable} -m newsdedup index prune {path}"
    )
    if unshare is None or subprocess.run([unshare, "-rm", "true"], check=False, capture_output=True).returncode:
        pytest.skip("no mount namespaces here (unshare -rm)")
    done = subprocess.run([unshare, "-rm", "sh", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "articles  104" in done.stdout
    assert "read-only" in done.stderr
