import gzip
import json
import tarfile
from dataclasses import replace

import pytest

from newsdedup.errors import InputError
from newsdedup.forecast import UNREAD, Costs, forecast
from newsdedup.plan import HtmlParams, ReaderParams
from newsdedup.readers.corpus import FileCorpus

READER = ReaderParams()


def kinds(found):
    return {kind.format: (kind.files, kind.articles) for kind in found.kinds}


def lines(count):
    return b"".join(json.dumps({"id": str(i), "text": f"word{i:05} " * 50}).encode() + b"\n" for i in range(count))


def test_the_seeds_are_five_articles_of_one_format(corpus_dir):
    found = forecast([str(corpus_dir / "seeds")], READER)

    assert kinds(found) == {"text": (5, 5)}
    assert found.size_bytes == sum(path.stat().st_size for path in (corpus_dir / "seeds").iterdir())


def test_files_and_bytes_are_those_of_a_run(corpus_dir):
    found = forecast([str(corpus_dir)], READER)

    with FileCorpus.open([str(corpus_dir)], READER) as corpus:
        assert (found.files, found.size_bytes) == (corpus.files, corpus.size_bytes)


def test_lines_are_counted_by_how_long_the_first_ones_are(tmp_path):
    (tmp_path / "short.jsonl").write_bytes(lines(7))
    (tmp_path / "long.jsonl").write_bytes(lines(20_000))

    assert forecast([str(tmp_path)], READER).articles == pytest.approx(20_007, rel=0.05)


def test_a_compressed_file_is_taken_for_what_it_holds_and_weighs_more(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(lines(2_000))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(lines(2_000)))
    plain = forecast([str(tmp_path / "a.jsonl")], READER)
    packed = forecast([str(tmp_path / "b.jsonl.gz")], READER)

    assert list(kinds(packed)) == ["jsonl"]
    assert packed.size_bytes == (tmp_path / "b.jsonl.gz").stat().st_size
    assert packed.articles / packed.size_bytes == pytest.approx(4 * plain.articles / plain.size_bytes, rel=0.05)


def test_a_packed_archive_is_counted_as_one(tmp_path, corpus_dir):
    with tarfile.open(tmp_path / "seeds.tgz", "w:gz") as archive:
        archive.add(corpus_dir / "seeds", "seeds")

    assert list(kinds(forecast([str(tmp_path)], READER))) == ["tar"]


def test_what_no_reader_takes_is_counted_without_articles(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7 and so on")
    (tmp_path / "damaged.gz").write_bytes(b"\x1f\x8b\x08 but not really")

    assert kinds(forecast([str(tmp_path)], READER)) == {UNREAD: (3, 0)}


def test_one_json_object_is_one_article_and_a_long_list_is_many(tmp_path):
    (tmp_path / "one.json").write_text(json.dumps({"text": "word " * 3_000}))
    (tmp_path / "many.json").write_text(json.dumps([{"text": "word " * 400}] * 100))

    assert kinds(forecast([str(tmp_path)], READER))["json"] == (2, pytest.approx(81, abs=2))


def test_time_memory_and_output_grow_with_the_articles_as_the_costs_say(tmp_path):
    costs = Costs()
    (tmp_path / "a.jsonl").write_bytes(lines(1_000))
    found = forecast([str(tmp_path)], READER)
    n = found.articles

    assert found.clusters_s == costs.start_s + n / costs.articles_per_s
    assert found.report_s == costs.start_s + costs.all_outputs * n / costs.articles_per_s
    assert found.memory_bytes == costs.memory_bytes + n * costs.memory_per_article
    assert found.clusters_bytes == n * costs.cluster_bytes_per_article
    assert found.report_bytes == n * costs.output_bytes_per_article
    assert forecast([str(tmp_path)], READER, replace(costs, start_s=60)).clusters_s > 60


def test_web_pages_take_their_extractors_time(tmp_path):
    for i in range(300):
        (tmp_path / f"{i}.html").write_text("<html><body><p>A story.</p></body></html>")
    careful = forecast([str(tmp_path)], READER)
    fast = forecast([str(tmp_path)], replace(READER, html=HtmlParams("fast")))

    assert careful.clusters_s - fast.clusters_s == pytest.approx(
        300 * (1 / Costs().pages_per_s - 1 / Costs().fast_pages_per_s)
    )


def test_hidden_files_are_counted_if_they_would_be_read(tmp_path):
    (tmp_path / ".hidden.txt").write_text("A story.")

    assert forecast([str(tmp_path)], READER).files == 0
    assert forecast([str(tmp_path)], replace(READER, hidden=True)).files == 1


def test_a_path_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        forecast([str(tmp_path / "none")], READER)
