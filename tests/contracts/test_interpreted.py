"""Kernels that are worked as plain Python give the bytes that compiled ones give."""

import itertools
import json
import os
import random
import subprocess
import sys

import pytest
from kernel_digest import DIGESTS

BEGINNINGS = {
    "compiled": "import newsdedup.api",
    "interpreted": "from newsdedup.stages.kernels.compiled import interpret; interpret()",
}
COMMAND = "from newsdedup.__main__ import console; console()"
DIGEST = "import kernel_digest; kernel_digest.main()"

# RuntimeWarning: a number that wraps though no hash is made of it, or in a thread that was not told to let it
PYTHON = [sys.executable, "-W", "error::RuntimeWarning", "-c"]


def worked(mode, *args, cwd):
    """What a command prints, and its exit code."""
    done = subprocess.run(
        [*PYTHON, f"{BEGINNINGS[mode]}; {COMMAND}", "-q", *map(str, args)],
        cwd=cwd,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1710800000"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, done.stdout


def bytes_in(folder):
    return {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def notice(town, guest, name):
    return (
        f"The emir of {town} received in his office today the {guest}, {name}, who offered his congratulations on the "
        "blessed feast. His Highness was shown a report on the work of the department and on what it does for citizens "
        "and residents. He stressed that all must work harder to serve the people, as the wise leadership directs. "
        "The deputy of the emirate and several officials attended the reception."
    ).lower()


def form():
    """One form filled many times on one day."""
    towns = ("Riyadh", "Jeddah", "Mecca", "Medina", "Dammam", "Tabuk", "Abha", "Hail")
    guests = ("head of police", "president of the court", "director of schools", "chairman of the chamber") * 2
    names = ("Qahtani", "Otaibi", "Harbi", "Shammari", "Ghamdi", "Zahrani", "Dosari", "Anazi")
    texts = [notice(*filled) for filled in zip(towns, guests, names, strict=True)]
    return [{"text": text} for text in [*texts, *(text.replace("his office", "the palace") for text in texts[:3])]]


def scripts():
    """Two versions each of one report in several scripts, one of them cut, with misprints and other figures."""
    reports = (
        "وصل رئيس الوزراء إلى العاصمة يوم الاثنين لإجراء محادثات حول اتفاق المياه مع 14 من ممثلي المدن الواقعة على النهر. ",
        "周一上午，河口镇的渡轮因大风停运三个小时，约二百四十名乘客在码头等候，下午两点恢复通航，无人受伤。",
        "월요일 오전 강풍으로 연락선 운항이 세 시간 동안 중단되어 승객 240명이 부두에서 기다렸다고 해운청이 밝혔다. ",
        "सोमवार को तेज़ हवा के कारण नौका सेवा तीन घंटे बंद रही और लगभग 240 यात्री घाट पर प्रतीक्षा करते रहे। ",
        "В понедельник из-за сильного ветра паром стоял три часа, 240 пассажиров ждали на пристани, сообщила компания. ",
        "Am Montag fiel die Fähre wegen Sturms drei Stunden aus; 2.400,50 Euro kostete das den Betreiber Weiß & Söhne. ",
        "On Monday the ferry stood still for 3.5 hours, ½ of them at night; O'Brien's ﬁrm lost €1,240.75. ",
    )
    for report in reports:
        whole = report * 3 + report[::-1]
        yield {"text": whole, "title": report[:30]}
        yield {"text": whole.replace("240", "250").replace("e", "é", 2) + report[:20], "title": report[:28]}
        yield {"text": report * 2}


def odd():
    """Texts of which there is little to say, or too much."""
    rng = random.Random(5)
    table = "\n".join(f"{row} {rng.random() * 1e6:,.2f} {rng.randint(0, 99)}% {rng.random():.3f}" for row in range(60))
    spoilt = "\n".join(line if i % 7 else line[::-1] for i, line in enumerate(table.split("\n")))
    repeated = "the same words over and over again " * 60
    long = ["".join(rng.choices("abcdefgiklmnoprstu", k=rng.randint(6, 9))) for _ in range(1800)]
    misprinted = [word if i % 6 else word[1:] for i, word in enumerate(long)]  # more of them than 255
    texts = (table, spoilt, "", "...", "one", "a b c", repeated, repeated + "and an end", repeated, table, "ﷺ ﷺ ﷺ")
    texts += " ".join(long), " ".join(misprinted)
    return [{"text": text} for text in texts]


def with_furniture():
    """Stories of one publisher from day to day, between the same lines."""
    rng = random.Random(7)
    words = ["".join(rng.choices("abcdefgiklmnoprstu", k=rng.randint(2, 9))) for _ in range(900)]
    for i in range(10):
        own = " ".join(rng.choices(words, k=70))
        text = f"Sign up here for our daily letter.\n{own}.\nAll rights are reserved by the Herald.\nFollow us there and here."
        yield {"text": text, "publisher": "Herald", "published": f"2024-03-{i + 1:02}T10:00:00Z"}
        if i % 3 == 0:
            yield {"text": f"{own}.", "publisher": "Gazette", "published": f"2024-03-{i + 1:02}T12:00:00Z"}


def versions():
    """Many versions of one report, each of which takes up half of another."""
    rng = random.Random(11)
    words = ["".join(rng.choices("abdegiklmnoprstuv", k=rng.randint(2, 9))) for _ in range(400)]
    text = rng.choices(words, k=90)
    for i in range(9):
        for at in rng.sample(range(90), 12):
            text[at] = rng.choice(words).capitalize() if at % 5 else f"{rng.randint(2, 9999)}"
        end = rng.randint(50, 90)
        written = ". ".join(" ".join(text[k : k + 9]).capitalize() for k in range(0, end, 9))
        yield {"text": written, "title": " ".join(text[:7]), "published": f"2024-03-{1 + i // 3:02}T10:00:00Z"}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inputs")
    for make in (form, scripts, odd, with_furniture, versions):
        lines = [json.dumps({"id": f"{make.__name__}-{i}"} | record) for i, record in enumerate(make())]
        (folder / f"{make.__name__}.jsonl").write_text("\n".join(lines))
    return folder


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_run_writes_the_same_bytes(inputs, corpus_dir, tmp_path, workers):
    for mode in BEGINNINGS:
        worked(mode, "run", inputs, corpus_dir / "seeds", "--out", tmp_path / mode, "--workers", workers, cwd=inputs)
    written = bytes_in(tmp_path / "compiled")
    assert written == bytes_in(tmp_path / "interpreted")
    # and it is of every kind
    relations = {json.loads(line)["relation"] for line in written_lines(written, "matches.jsonl")}
    assert relations == {"exact", "copy", "revision", "excerpt", "template"}


def written_lines(written, name):
    return next(content for path, content in written.items() if path.name == name).splitlines()


def test_a_run_over_all_kinds_of_wire_text_writes_the_same_bytes(corpus_dir, tmp_path):
    for mode in BEGINNINGS:
        worked(mode, "run", corpus_dir / "wire", "--out", tmp_path / mode, cwd=tmp_path)
    assert bytes_in(tmp_path / "compiled") == bytes_in(tmp_path / "interpreted")


COMMANDS = {
    "evaluate": ("evaluate", "{corpus}/wire/copies", "--truth", "{corpus}/truth.jsonl", "--out", "{out}"),
    "boilerplate": ("boilerplate", "list", "{inputs}/with_furniture.jsonl"),
    "boilerplate explain": ("boilerplate", "explain", "--article", "with_furniture-0", "{inputs}/with_furniture.jsonl"),
    "explain": ("explain", "scripts-0", "scripts-1", "--in", "{inputs}/scripts.jsonl"),
    "diff": ("diff", "{corpus}/seeds/000_f8132226b954f208.txt", "{corpus}/seeds/001_fe9412587d9097ce.txt"),
    "check": ("check", "{inputs}/form.jsonl", "--against", "{inputs}", "--format", "json"),
    "index add": ("index", "add", "{out}.index", "{inputs}"),
    "check an index": ("check", "{inputs}/odd.jsonl", "--against", "{beside}/index add.index", "--format", "json"),
}


@pytest.fixture(scope="module")
def beside(tmp_path_factory):
    return {mode: tmp_path_factory.mktemp(mode) for mode in BEGINNINGS}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_the_same(inputs, corpus_dir, beside, name):
    told = []
    for mode, folder in beside.items():
        places = {"corpus": corpus_dir, "inputs": inputs, "out": folder / name, "beside": folder}
        told.append(worked(mode, *(part.format(**places) for part in COMMANDS[name]), cwd=folder)[:2])
        told[-1] = json.dumps(told[-1]).replace(str(folder), "")
    assert told[0] == told[1]
    first, second = (bytes_in(folder / name) for folder in beside.values())
    assert first == second


def test_every_kernel_gives_the_same_arrays_of_what_comes_by_chance():
    told = {}
    for mode, beginning in BEGINNINGS.items():
        done = subprocess.run(
            [*PYTHON, f"import sys; sys.path.append({os.path.dirname(__file__)!r}); {beginning}; {DIGEST}"],  # noqa: PTH120
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        told[mode] = done.stdout.splitlines()
    assert len(told["compiled"]) == len(DIGESTS)
    assert [(a, b) for a, b in itertools.zip_longest(*told.values()) if a != b] == []
