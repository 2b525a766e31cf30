"""Articles that are needed again are read by several workers as by one."""

import gzip
import json

import pytest

from newsdedup.errors import InputChangedError
from newsdedup.model.article import Article
from newsdedup.plan import Plan
from newsdedup.readers import units
from newsdedup.readers.corpus import FileCorpus
from newsdedup.readers.memory import MemoryCorpus
from newsdedup.shelving import shelve
from newsdedup.workers import Workers

READER = Plan().reader


def line(n):
    return json.dumps({"id": f"a{n}", "text": f"{n} winds rose over the Rhine on Monday."}) + "\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Files that are read in parts, together, and as members of others."""
    monkeypatch.setattr(units, "UNIT_BYTES", 2_000)
    monkeypatch.setattr(units, "_SCAN_BYTES", 500)
    (tmp_path / "a.jsonl").write_text("".join(map(line, range(200))))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress("".join(map(line, range(200, 300))).encode()))
    for n in range(300, 320):
        (tmp_path / f"{n}.txt").write_text(f"{n} winds rose over the Rhine on Monday.\n")
    return tmp_path


def articles_of(corpus):
    records = (record for unit in corpus.units() for record in corpus.read_unit(unit, READER))
    return [record for record in records if isinstance(record, Article)]


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("every", [1, 3, 90])
def test_what_is_wanted_is_on_the_shelf(folder, count, every):
    with FileCorpus.open([str(folder)], READER) as corpus, Workers(count) as workers:
        known = articles_of(corpus)
        assert len(known) == 320
        wanted = {article.origin: f"own-{n}" for n, article in enumerate(known) if n % every == 0}
        shelf = shelve(corpus, wanted, READER, workers)
        for article in known:
            if article.origin in wanted:
                again = shelf[wanted[article.origin]].unpacked()
                assert (again.text, again.origin) == (article.text, article.origin)
        if count > 1:
            assert workers.folder
            assert not list(folder.parent.joinpath(workers.folder).iterdir())


def test_only_parts_that_hold_what_is_wanted_are_read(folder):
    with FileCorpus.open([str(folder / "a.jsonl")], READER) as corpus:
        parts = list(corpus.units())
        assert len(parts) > 3
        known = articles_of(corpus)
        first, last = known[0], known[-1]
        again = list(corpus.units_again({last.origin: "last", first.origin: "first"}))
        assert [unit.part for unit in again] == [parts[0].part, parts[-1].part]
        assert [a.id for unit in again for a in corpus.read_again(unit, READER)] == ["first", "last"]


@pytest.mark.parametrize("count", [1, 2])
def test_an_input_that_changed_meanwhile_is_an_error(folder, count):
    with FileCorpus.open([str(folder)], READER) as corpus, Workers(count) as workers:
        wanted = {article.origin: article.id for article in articles_of(corpus)}
        (folder / "310.txt").unlink()
        with pytest.raises(InputChangedError, match=r"310\.txt:0: changed"):
            shelve(corpus, wanted, READER, workers)


@pytest.mark.parametrize("count", [1, 2])
def test_articles_in_memory_are_shelved_too(folder, count):
    with FileCorpus.open([str(folder)], READER) as files:
        known = articles_of(files)
    corpus = MemoryCorpus(known)
    with Workers(count) as workers:
        shelf = shelve(corpus, {known[7].origin: "seven", known[319].origin: "last"}, READER, workers)
    assert [shelf[name].unpacked().text for name in ("seven", "last")] == [known[7].text, known[319].text]
