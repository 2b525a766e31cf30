"""Reports into folders: whole or not at all, and nothing of the user's is touched."""

from __future__ import annotations

import dataclasses
import errno
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from sample_report import sample_report

from newsdedup.errors import OutputError, UnknownNameError
from newsdedup.writers import WRITERS, output_of
from newsdedup.writers.folder import MANIFEST, check_output, write_report

ALL = ("json", "clusters", "matches", "skipped", "canonical", "diffs", "csv", "html")


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_every_output_stands_where_its_name_says(report, tmp_path):
    write_report(report, tmp_path / "new" / "out", ALL, force=False)
    assert {p.name for p in (tmp_path / "new" / "out").iterdir()} == {MANIFEST, *map(output_of, ALL)}
    assert set(ALL) == set(WRITERS.names())


def test_the_same_report_gives_the_same_bytes(tmp_path):
    write_report(sample_report(), tmp_path / "a", ALL, force=False)
    write_report(sample_report(), tmp_path / "b", ALL, force=False)
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_entries_and_links_are_read_only_once(report, tmp_path):
    streamed = dataclasses.replace(report, entries=iter(list(report.entries)), links=iter(list(report.links)))
    write_report(streamed, tmp_path / "a", ALL, force=False)
    write_report(report, tmp_path / "b", ALL, force=False)
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_a_report_is_not_replaced_without_force(report, tmp_path):
    write_report(report, tmp_path, ["csv"], force=False)
    before = tree(tmp_path)
    with pytest.raises(OutputError, match=r"holds a report already.*--force"):
        write_report(report, tmp_path, ["html"], force=False)
    assert tree(tmp_path) == before


def test_force_removes_older_outputs_that_were_not_chosen_now(report, tmp_path):
    write_report(report, tmp_path, ALL, force=False)
    write_report(report, tmp_path, ["csv"], force=True)
    assert {p.name for p in tmp_path.iterdir()} == {MANIFEST, "articles.csv"}


def test_what_is_left_of_a_report_that_was_replaced_goes_with_the_next(report, tmp_path, monkeypatch):
    write_report(report, tmp_path, ["csv"], force=False)
    with monkeypatch.context() as killed:  # while the older one is removed
        killed.setattr("newsdedup.writers.staging.shutil.rmtree", lambda *_, **__: None)
        write_report(report, tmp_path, ["csv"], force=True)
    assert len(list(tmp_path.iterdir())) == 3
    write_report(report, tmp_path, ["csv"], force=True)
    assert {p.name for p in tmp_path.iterdir()} == {MANIFEST, "articles.csv"}


def test_files_of_the_user_stay(report, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    write_report(report, tmp_path, ALL, force=False)
    write_report(report, tmp_path, ["csv"], force=True)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_file_of_the_user_by_a_name_of_ours_is_never_replaced(report, tmp_path):
    (tmp_path / "articles.csv").write_text("the input itself")
    for force in (False, True):
        with pytest.raises(OutputError, match=r"articles\.csv, which newsdedup did not write"):
            write_report(report, tmp_path, ["csv"], force=force)
    write_report(report, tmp_path, ["html"], force=False)
    write_report(report, tmp_path, ["html"], force=True)
    assert (tmp_path / "articles.csv").read_text() == "the input itself"


def test_a_file_of_the_user_within_a_folder_of_ours_is_never_removed(report, tmp_path):
    write_report(report, tmp_path, ALL, force=False)
    (tmp_path / "diffs" / "notes.md").write_text("mine")
    with pytest.raises(OutputError, match=r"diffs: holds notes\.md"):
        write_report(report, tmp_path, ALL, force=True)
    assert (tmp_path / "diffs" / "notes.md").read_text() == "mine"


def test_a_tampered_manifest_reaches_nothing_outside(report, tmp_path):
    outside = tmp_path / "outside"
    outside.write_text("keep")
    out = tmp_path / "out"
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    (out / MANIFEST).write_bytes(b"../outside\n/etc/passwd\n..\n.\nnotes.txt\n\xff\n")
    write_report(report, out, ["csv"], force=True)
    assert outside.read_text() == "keep"
    assert (out / "notes.txt").read_text() == "mine"


def test_a_file_is_not_a_folder(tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError, match="is a file"):
        check_output(tmp_path / "out", ALL, force=True)
    with pytest.raises(OutputError, match="is a file"):
        check_output(tmp_path / "out" / "below", ALL, force=True)


def test_an_unknown_output_is_named_with_a_guess(tmp_path):
    with pytest.raises(UnknownNameError, match='did you mean "clusters"'):
        check_output(tmp_path, ["clutsers"], force=False)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_told_before_the_work(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="no permission"):
        check_output(tmp_path / "out", ALL, force=False)


def test_checking_changes_nothing(tmp_path):
    check_output(tmp_path / "a" / "b", ALL, force=False)
    assert list(tmp_path.iterdir()) == []


def test_an_input_that_fails_midway_leaves_the_old_report_and_its_own_error(report, tmp_path):
    write_report(report, tmp_path, ALL, force=False)
    before = tree(tmp_path)

    def failing():
        yield next(iter(report.entries))
        raise OSError(errno.EIO, "the input went away")

    with pytest.raises(OSError, match="the input went away"):
        write_report(dataclasses.replace(report, entries=failing()), tmp_path, ALL, force=True)
    assert tree(tmp_path) == before
    with pytest.raises(OSError, match="the input went away"):
        write_report(dataclasses.replace(report, entries=failing()), tmp_path / "new" / "out", ALL, force=False)
    assert not (tmp_path / "new").exists()


def test_a_move_that_fails_is_undone(report, tmp_path, monkeypatch):
    write_report(report, tmp_path, ALL, force=False)
    before = tree(tmp_path)
    rename, calls = Path.rename, []

    def failing(self, target):
        calls.append(target)
        if len(calls) == 11:
            raise OSError(errno.EIO, "bad sector")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OutputError, match="bad sector"):
        write_report(report, tmp_path, ALL, force=True)
    assert tree(tmp_path) == before
    assert {p.name for p in tmp_path.iterdir()} == {MANIFEST, *map(output_of, ALL)}


def test_a_full_disk_is_one_line_and_leaves_nothing(report, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root")
    try:
        with pytest.raises(OutputError, match=r"^[^\n]*the disk is full; free some space[^\n]*$"):
            write_report(report, disk / "out", ALL, force=False)
        assert list(disk.iterdir()) == []
        write_report(report, disk / "out", ["csv"], force=False)
        before = tree(disk)
        with pytest.raises(OutputError, match="the disk is full"):
            write_report(report, disk / "out", ALL, force=True)
        assert tree(disk) == before
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_file_size_limit_is_told_as_a_full_disk(tmp_path):
    script = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[1])\n"
        "from sample_report import sample_report\n"
        "from newsdedup.errors import OutputError\n"
        "from newsdedup.writers.folder import write_report\n"
        "import newsdedup.writers.report_html, newsdedup.writers.report_json\n"
        "report = sample_report()\n"
        "try:\n    write_report(report, pathlib.Path(sys.argv[2]), ['csv', 'json', 'html'], force=False)\n"
        "except OutputError as error:\n    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", script, str(Path(__file__).parent), str(tmp_path / "out")],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "the disk is full" in done.stdout, done.stderr
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_an_installed_writer_makes_what_it_is_called():
    assert output_of("stories.atom") == "stories.atom"
