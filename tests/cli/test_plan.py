import json
import subprocess
import sys


def test_a_plan_is_a_table_and_three_figures(newsdedup, seeds):
    done = newsdedup("plan", seeds)

    assert (done.code, done.err) == (0, "")
    heads = [line.split()[0] for line in done.out.splitlines() if line]
    assert heads == ["format", "text", "time", "memory", "output"]


def test_a_plan_of_several_formats_ends_its_table_with_their_sums(newsdedup, seeds):
    data = json.loads(newsdedup("plan", seeds.parent, "--json").out)

    assert [line.split()[0] for line in newsdedup("plan", seeds.parent).out.splitlines() if line][-4] == "all"
    for total in ("files", "size_bytes", "articles"):
        assert data[total] == sum(kind[total] for kind in data["formats"]) > 0
    assert data["seconds"]["all"] >= data["seconds"]["clusters"] > 0
    assert data["output_bytes"]["all"] > data["output_bytes"]["clusters"] > 0
    assert data["memory_bytes"] > 0


def test_a_plan_heeds_the_settings(newsdedup, tmp_path):
    (tmp_path / ".a.txt").write_text("A story.")

    assert json.loads(newsdedup("plan", ".", "--json").out)["files"] == 0
    assert json.loads(newsdedup("plan", ".", "--json", "--set", "reader.hidden=true").out)["files"] == 1


def test_a_path_that_is_not_there_is_2(newsdedup):
    done = newsdedup("plan", "none")

    assert (done.code, done.out, done.err) == (2, "", "newsdedup: error: no such file or folder: none\n")


def test_a_plan_compiles_and_extracts_nothing(seeds):
    code = (
        "import sys\n"
        "from newsdedup.__main__ import main\n"
        "try: main()\n"
        "finally: print(sorted({'numba', 'datasketch', 'trafilatura'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "plan", str(seeds.parent)], capture_output=True, text=True, check=True
    )
    assert done.stderr == "[]\n"
