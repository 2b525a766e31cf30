"""The same input gives the same bytes, for any order of paths, number of workers, size of batch or hash seed."""

import filecmp
import os
import subprocess
import sys

import pytest

from newsdedup import deduplicate, explain, sketching
from newsdedup.engines import local
from newsdedup.writers.folder import write_report


def run(paths, out, *, workers="1", hash_seed="0"):
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "SOURCE_DATE_EPOCH": "1710800000"}
    subprocess.run(
        [sys.executable, "-m", "newsdedup", "-q", "run", *paths, "--out", str(out), "--workers", workers],
        check=True,
        env=environment,
        capture_output=True,
    )


def same(a, b):
    compared = filecmp.dircmp(a, b, ignore=[])
    assert not compared.left_only
    assert not compared.right_only
    _, differing, unread = filecmp.cmpfiles(a, b, compared.common_files, shallow=False)
    assert differing == unread == []
    for folder in compared.common_dirs:
        same(a / folder, b / folder)


@pytest.fixture(scope="module")
def reference(tmp_path_factory, corpus_dir):
    out = tmp_path_factory.mktemp("reference") / "report"
    run([str(corpus_dir / "wire"), str(corpus_dir / "seeds")], out)
    return out


@pytest.mark.parametrize(("reverse", "workers", "hash_seed"), [(True, "1", "1"), (False, "2", "2"), (True, "3", "3")])
def test_a_report_is_the_same_bytes_however_it_is_made(reference, corpus_dir, tmp_path, reverse, workers, hash_seed):
    paths = [str(corpus_dir / "wire"), str(corpus_dir / "seeds")]
    run(paths[::-1] if reverse else paths, tmp_path / "report", workers=workers, hash_seed=hash_seed)
    same(reference, tmp_path / "report")


def test_a_report_is_the_same_bytes_without_compiled_kernels_on_disk(reference, corpus_dir, tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "kernels"))
    paths = [str(corpus_dir / "wire"), str(corpus_dir / "seeds")]
    run(paths, tmp_path / "cold")
    assert list((tmp_path / "kernels").rglob("*.nbc"))  # they were compiled
    run(paths, tmp_path / "warm")
    same(reference, tmp_path / "cold")
    same(reference, tmp_path / "warm")


@pytest.mark.parametrize(
    ("chars", "pairs", "workers"), [(1, 1, 1), (2_000, 7, 1), (2_000, 7, 2), (10_000_000, 1 << 20, 1)]
)
def test_matches_and_stories_are_the_same_bytes_for_any_size_of_batch(
    reference, corpus_dir, tmp_path, monkeypatch, chars, pairs, workers
):
    monkeypatch.setattr(sketching, "BATCH_CHARS", chars)
    monkeypatch.setattr(local, "BATCH_PAIRS", pairs)
    names = ("matches", "clusters")
    report = deduplicate([corpus_dir / "wire", corpus_dir / "seeds"], workers=workers, diffs=False)
    write_report(report, tmp_path / "report", names, force=False)
    for name in names:
        assert (tmp_path / "report" / f"{name}.jsonl").read_bytes() == (reference / f"{name}.jsonl").read_bytes()


@pytest.mark.parametrize(("chars", "workers"), [(1, 1), (1, 2), (5_000, 3)])
def test_diffs_are_the_same_bytes_for_any_size_of_batch(reference, corpus_dir, tmp_path, monkeypatch, chars, workers):
    monkeypatch.setattr(explain, "BATCH_BYTES", chars)
    report = deduplicate([corpus_dir / "wire", corpus_dir / "seeds"], workers=workers)
    write_report(report, tmp_path / "report", ("canonical", "diffs"), force=False)
    for name in ("canonical", "diffs"):
        same(reference / name, tmp_path / "report" / name)
