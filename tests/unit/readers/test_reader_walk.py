import os
import socket
from pathlib import Path

import pytest

from newsdedup.errors import InputError
from newsdedup.model.article import SkipReason
from newsdedup.readers.walk import walk


def write(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Winds rose.")


def ids(walked):
    return [file.default_id for file in walked.files]


def test_files_come_in_the_order_of_their_paths(tmp_path):
    write(tmp_path, "b.txt", "a/z.txt", "a-b.txt", "A.txt", "ä.txt")
    assert ids(walk([str(tmp_path)])) == ["A.txt", "a-b.txt", "a/z.txt", "b.txt", "ä.txt"]


def test_a_file_given_directly_goes_by_its_name(tmp_path):
    write(tmp_path, "a/z.txt")
    assert ids(walk([str(tmp_path / "a/z.txt")])) == ["z.txt"]


def test_the_source_is_the_path_as_it_was_reached(tmp_path, monkeypatch):
    write(tmp_path, "corpus/a.txt")
    monkeypatch.chdir(tmp_path)
    assert [file.source for file in walk(["./corpus//"]).files] == ["corpus/a.txt"]
    assert [file.source for file in walk(["."]).files] == ["corpus/a.txt"]


def test_a_path_that_does_not_exist_is_named(tmp_path):
    write(tmp_path, "a.txt")
    with pytest.raises(InputError, match=r"no such file or folder: .*nowhere"):
        walk([str(tmp_path / "a.txt"), str(tmp_path / "nowhere")])


@pytest.mark.parametrize("path", ["", "a\0b"])
def test_a_path_that_cannot_be_one_does_not_exist(path):
    with pytest.raises(InputError):
        walk([path])


def test_the_same_file_reached_twice_is_read_once(tmp_path):
    write(tmp_path, "a/x.txt", "a/y.txt")
    assert ids(walk([str(tmp_path / "a"), str(tmp_path / "a/x.txt"), str(tmp_path / "a")])) == ["x.txt", "y.txt"]


def test_the_order_of_the_paths_does_not_matter(tmp_path):
    write(tmp_path, "a/x.txt", "b/x.txt")
    (tmp_path / "a/link").symlink_to(tmp_path / "b")
    paths = [str(tmp_path / "a"), str(tmp_path / "b")]
    assert walk(paths) == walk(paths[::-1])


def test_a_file_keeps_its_own_name_where_a_link_leads_to_it_too(tmp_path):
    write(tmp_path, "z.txt")
    (tmp_path / "a.txt").symlink_to("z.txt")
    assert ids(walk([str(tmp_path)])) == ["z.txt"]


def test_links_that_lead_out_of_the_folder_are_followed(tmp_path):
    write(tmp_path, "elsewhere/x.txt", "in/y.txt")
    (tmp_path / "in/more").symlink_to(tmp_path / "elsewhere")
    assert ids(walk([str(tmp_path / "in")])) == ["more/x.txt", "y.txt"]


def test_a_link_to_a_folder_above_it_is_a_loop(tmp_path):
    write(tmp_path, "a/x.txt")
    (tmp_path / "a/up").symlink_to("..")
    walked = walk([str(tmp_path)])
    assert ids(walked) == ["a/x.txt"]
    assert [skipped.reason for skipped in walked.skipped] == [SkipReason.SYMLINK_LOOP]


def test_a_link_to_itself_is_a_loop(tmp_path):
    (tmp_path / "self").symlink_to("self")
    assert [skipped.reason for skipped in walk([str(tmp_path)]).skipped] == [SkipReason.SYMLINK_LOOP]


def test_a_link_to_nothing_is_named(tmp_path):
    (tmp_path / "gone.txt").symlink_to("nowhere")
    (skipped,) = walk([str(tmp_path)]).skipped
    assert skipped.reason is SkipReason.UNREADABLE
    assert skipped.origin.source.endswith("gone.txt")


def test_pipes_and_sockets_are_never_opened(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe.txt")
    monkeypatch.chdir(tmp_path)  # names of sockets may not be long
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.txt")
        walked = walk([str(tmp_path)])
    assert walked.files == ()
    assert [(skipped.reason, skipped.detail) for skipped in walked.skipped] == [
        (SkipReason.SPECIAL_FILE, "a named pipe"),
        (SkipReason.SPECIAL_FILE, "a socket"),
    ]


def test_hidden_files_are_read_only_if_asked_for(tmp_path):
    write(tmp_path, ".hidden.txt", ".git/x.txt", "a.txt")
    assert ids(walk([str(tmp_path)])) == ["a.txt"]
    assert ids(walk([str(tmp_path)], hidden=True)) == [".git/x.txt", ".hidden.txt", "a.txt"]
    assert ids(walk([str(tmp_path / ".hidden.txt")])) == [".hidden.txt"]


def test_an_excluded_folder_is_passed_over(tmp_path):
    write(tmp_path, "a.txt", "report/canonical/a.txt")
    (tmp_path / "again").symlink_to("report")
    assert ids(walk([str(tmp_path)], exclude=[tmp_path / "report"])) == ["a.txt"]


def test_an_excluded_folder_need_not_exist(tmp_path):
    write(tmp_path, "a.txt")
    assert ids(walk([str(tmp_path)], exclude=[Path("nowhere")])) == ["a.txt"]


def test_a_name_that_is_not_utf_8_is_shown_in_escapes(tmp_path):
    write(tmp_path, os.fsdecode(b"caf\xe9.txt"))
    (file,) = walk([str(tmp_path)]).files
    assert file.default_id == "caf\\xe9.txt"
    file.source.encode()
    assert Path(file.path).read_text() == "Winds rose."
