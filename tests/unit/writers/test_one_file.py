import stat

import pytest

from newsdedup.errors import OutputError
from newsdedup.writers.one_file import check_file, write_file


def test_a_file_is_written_whole_with_nothing_left_beside_it(tmp_path):
    write_file(tmp_path / "w.yaml", "Grüße\n")
    assert (tmp_path / "w.yaml").read_text("utf-8") == "Grüße\n"
    assert [path.name for path in tmp_path.iterdir()] == ["w.yaml"]
    (tmp_path / "plain").touch()
    assert stat.S_IMODE((tmp_path / "w.yaml").stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)


def test_a_write_that_fails_leaves_what_was_there(tmp_path):
    write_file(tmp_path / "w.yaml", "old")
    with pytest.raises(UnicodeEncodeError):
        write_file(tmp_path / "w.yaml", "new \ud800")
    assert (tmp_path / "w.yaml").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["w.yaml"]


def test_a_file_that_is_there_may_be_replaced_only_with_force(tmp_path):
    (tmp_path / "w.yaml").touch()
    check_file(tmp_path / "w.yaml", force=True)
    with pytest.raises(OutputError, match="--force replaces it"):
        check_file(tmp_path / "w.yaml", force=False)


@pytest.mark.parametrize(("name", "message"), [("", "is a folder"), ("no/w.yaml", "there is no folder")])
def test_what_cannot_be_written_is_told_before_the_work(tmp_path, name, message):
    with pytest.raises(OutputError, match=message):
        check_file(tmp_path / name, force=True)
