import json

import pytest


@pytest.fixture
def report(newsdedup, seeds):
    assert newsdedup("run", seeds, "--out", "report", "--workers", 1).code == 0
    return "report/report.json"


def test_run_writes_a_report_and_says_in_a_few_lines_what_it_found(newsdedup, seeds, tmp_path):
    done = newsdedup("run", seeds, "--out", "report")
    assert (done.code, done.err) == (0, "")
    lines = dict(line.split(maxsplit=1) for line in done.out.splitlines())
    assert lines["read"] == "5 articles, 0 skipped"
    assert lines["found"].startswith("1 story with 1 variant,")
    assert lines["report"] == "report/report.html"
    assert (tmp_path / "report" / "report.html").exists()


def test_run_with_json_prints_one_object_of_counts(newsdedup, seeds):
    done = newsdedup("run", seeds, "--out", "report", "--json")
    counts = json.loads(done.out)
    assert (counts["read"], counts["kept"], counts["skipped"]) == (5, 5, {})
    assert (counts["clusters"], counts["variants"], counts["matches"]["revision"]) == (1, 1, 1)
    assert counts["report"] == "report/report.html"


def test_what_was_withdrawn_and_is_still_live_is_said_first(newsdedup, corpus_dir):
    withdrawn = corpus_dir / "wire" / "withdrawn"
    lines = newsdedup("run", withdrawn, "--out", "report").out.splitlines()
    assert lines[:2] == [
        "WITHDRAWN by its sender, still live: KILL-Twelve ill after eating Harnsey mussels",
        "  mussels-printed.txt",
    ]
    assert "versions 2 stories filed more than once, 1 corrected, 2 withdrawn" in lines
    told = json.loads(newsdedup("run", withdrawn, "--out", "report", "--force", "--json").out)
    assert [len(item["live"]) for item in told["withdrawn"]] == [4]
    assert told["versions"] == {"stories": 2, "corrected": 1, "withdrawn": 2}


def test_run_counts_dates_it_could_not_read(newsdedup, tmp_path):
    line = {"text": "The council met on Monday and agreed to mend the old bridge.", "date": "03/04/2024"}
    (tmp_path / "in.jsonl").write_text(json.dumps(line) + "\n")
    done = newsdedup("run", "in.jsonl", "--out", "report")
    assert "dates    1 could not be read\n" in done.out
    assert json.loads((tmp_path / "report/report.json").read_text())["header"]["counts"]["unread_dates"] == 1


def test_run_counts_what_it_skipped_by_reason(newsdedup, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").touch()
    (tmp_path / "in" / "blank.txt").touch()
    (tmp_path / "in" / "story.txt").write_text("The council met on Monday and agreed to mend the old bridge.\n")
    (tmp_path / "in" / "data.bin").write_bytes(bytes(range(256)) * 40)
    done = newsdedup("run", "in", "--out", "report")
    assert done.code == 0
    assert "read     1 article, 3 skipped\nskipped  2 empty, 1 binary\n" in done.out


def test_run_writes_only_the_outputs_that_are_named(newsdedup, seeds, tmp_path):
    done = newsdedup("run", seeds, "--out", "report", "--report", "csv, json", "--no-diffs")
    assert done.code == 0
    assert sorted(p.name for p in (tmp_path / "report").iterdir() if p.name[0] != ".") == [
        "articles.csv",
        "report.json",
    ]
    written = json.loads((tmp_path / "report" / "report.json").read_text())
    assert written["header"]["settings"]["run"] == {"report": ["csv", "json"], "diffs": False}
    assert {variant["edits"] for entry in written["entries"] for variant in entry["variants"]} == {None}


def test_without_diffs_there_is_no_folder_of_them(newsdedup, seeds, tmp_path):
    assert newsdedup("run", seeds, "--out", "report", "--no-diffs").code == 0
    assert (tmp_path / "report" / "canonical").is_dir()
    assert not (tmp_path / "report" / "diffs").exists()


def test_a_report_is_replaced_only_with_force(newsdedup, seeds, report):
    again = newsdedup("run", seeds, "--out", "report")
    assert again.code == 2
    assert "--force" in again.err
    assert newsdedup("run", seeds, "--out", "report", "--force", "-q").code == 0


def test_source_date_epoch_dates_the_report_so_that_two_runs_are_equal(newsdedup, seeds, tmp_path):
    for out, workers in (("a", 1), ("b", 2)):
        done = newsdedup("run", seeds, "--out", out, "--workers", workers, SOURCE_DATE_EPOCH="86400")
        assert done.code == 0
    files = sorted(p.relative_to(tmp_path / "a") for p in (tmp_path / "a").rglob("*") if p.is_file())
    assert [f for f in files if (tmp_path / "a" / f).read_bytes() != (tmp_path / "b" / f).read_bytes()] == []
    header = json.loads((tmp_path / "a" / "report.json").read_text())["header"]
    assert header["created"] == "1970-01-02T00:00:00+00:00"


def test_run_reads_paths_from_a_list(newsdedup, seeds, tmp_path):
    paths = sorted(seeds.iterdir())
    (tmp_path / "list").write_text(f"{paths[0]}\n\n{paths[1]}\r\n")
    assert json.loads(newsdedup("run", "--files-from", "list", "--out", "a", "--json").out)["read"] == 2
    listed = newsdedup("run", paths[2], "--files-from", "-", "--out", "b", "--json", stdin=f"{paths[3]}\n".encode())
    assert json.loads(listed.out)["read"] == 2


def test_run_reads_json_lines_from_standard_input(newsdedup, seeds):
    lines = [json.dumps({"id": p.stem, "text": p.read_text("utf-8")}) for p in sorted(seeds.glob("*.txt"))]
    done = newsdedup("run", "-", "--out", "report", "--json", stdin="\n".join(lines).encode())
    assert (done.code, json.loads(done.out)["kept"], json.loads(done.out)["clusters"]) == (0, 5, 1)


def test_an_output_folder_inside_the_input_is_not_read(newsdedup, seeds, tmp_path):
    (tmp_path / "in").mkdir()
    for path in seeds.iterdir():
        (tmp_path / "in" / path.name).write_bytes(path.read_bytes())
    for _ in range(2):
        done = newsdedup("run", "in", "--out", "in/report", "--force", "--json")
        assert json.loads(done.out)["read"] == 5


def test_verbose_tells_each_stage_where_there_is_no_terminal(newsdedup, seeds):
    assert "read: " in newsdedup("-v", "run", seeds, "--out", "report").err


def test_render_writes_the_outputs_of_a_report_again(newsdedup, report, tmp_path):
    done = newsdedup("render", report, "--out", "again", "--report", "json,html")
    assert (done.code, done.out) == (0, "Wrote json, html to again\n")
    assert (tmp_path / "again" / "report.json").read_bytes() == (tmp_path / report).read_bytes()
    assert (tmp_path / "again" / "report.html").read_bytes() == (tmp_path / "report" / "report.html").read_bytes()
