"""canonical/: the text as it came, below a front matter that any YAML reader takes."""

from __future__ import annotations

import dataclasses

import yaml
from hypothesis import given
from hypothesis import strategies as st
from sample_report import ARABIC, HOSTILE

from newsdedup.writers.canonical_folder import _quoted
from newsdedup.writers.folder import write_report


def parts(path):
    _, front_matter, text = path.read_bytes().decode("utf-8").split("---\n", 2)
    return yaml.safe_load(front_matter), text


def test_the_front_matter_names_the_article_and_its_variants(report, tmp_path):
    write_report(report, tmp_path, ["canonical"], force=False)
    front_matter, text = parts(tmp_path / "canonical" / "ar_فيضان.txt")
    assert front_matter == {
        "id": "ar/فيضان.txt",
        "source": "corpus/ar.jsonl",
        "title": "عودة 1200 شخص بعد الفيضان",
        "publisher": "",
        "published": None,
        "cluster": "c3",
        "reason": "it is dated",
        "variants": [
            {"id": "ar/same.txt", "source": "corpus/ar.jsonl", "relation": "exact", "probability": 1.0},
            {"id": "ar/فيضان-2.txt", "source": "corpus/ar.jsonl", "relation": "revision", "probability": 0.88},
        ],
    }
    assert text == ARABIC


def test_the_text_is_as_it_came_to_the_last_byte(report, tmp_path):
    text = f"\ufeff---\r\n{HOSTILE}\r\n\r \u2028 no end of line"
    entries = [dataclasses.replace(e, canonical=dataclasses.replace(e.canonical, text=text)) for e in report.entries]
    bare = [dataclasses.replace(e, variants=()) for e in entries]
    write_report(dataclasses.replace(report, entries=bare), tmp_path, ["canonical"], force=False)
    for path in (tmp_path / "canonical").iterdir():
        assert path.read_bytes().decode("utf-8").split("---\n", 2)[2] == text


@given(st.text(st.characters()))
def test_any_string_survives_as_yaml(text):
    written = f"key: {_quoted(text)}\n".encode()
    assert yaml.safe_load(written) == {"key": text}
