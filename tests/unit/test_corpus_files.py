import bz2
import gzip
import importlib.util
import itertools
import json
import lzma
import tarfile
import zipfile
import zlib
from collections import Counter, defaultdict
from io import BytesIO
from pathlib import Path

import pytest
import zstandard
from pyarrow import feather, parquet

from newsdedup.model.article import Article, Skipped, SkipReason
from newsdedup.model.match import Relation
from newsdedup.plan import ReaderParams
from newsdedup.readers.corpus import FileCorpus
from newsdedup.readers.reading import read_unit

CORPUS = Path(__file__).parents[2] / "corpus"
WIRE = CORPUS / "wire"
LINES = [json.loads(line) for line in (CORPUS / "truth.jsonl").read_text("utf-8").splitlines()]
RECORDS = [line for line in LINES if "id" in line]
PAIRS = [line for line in LINES if "pair" in line]


def gunzipped(data):
    """All that is in a gzip file, which may be several, the last of them truncated."""
    out = b""
    while data:
        member = zlib.decompressobj(wbits=31)
        out += member.decompress(data)
        data = member.unused_data
    return out


DECOMPRESS = {
    ".bz2": bz2.decompress,
    ".gz": gunzipped,
    ".xz": lzma.decompress,
    ".zst": lambda data: zstandard.ZstdDecompressor().decompress(data),
}
JOINING = {relation.value for relation in Relation if relation.joins}


def test_truth_names_every_file_of_the_corpus_and_no_other():
    files = {path.relative_to(WIRE).as_posix() for path in WIRE.rglob("*") if path.is_file()}

    assert {record["source"].split("!")[0] for record in RECORDS} == files


def test_ids_and_origins_are_unique():
    assert Counter(record["id"] for record in RECORDS).most_common(1)[0][1] == 1
    assert Counter((record["source"], record["record"]) for record in RECORDS).most_common(1)[0][1] == 1


def test_records_of_a_source_are_numbered_from_0_without_a_gap():
    numbers = defaultdict(list)
    for record in RECORDS:
        numbers[record["source"]].append(record["record"])

    assert all(found == list(range(len(found))) for found in numbers.values())


def test_a_record_is_skipped_if_and_only_if_it_has_a_known_reason():
    reasons = {reason.value for reason in SkipReason}

    for record in RECORDS:
        assert (record["relation"] == "skipped") == (record["skip"] in reasons)
        assert record["skip"] is None or record["skip"] in reasons


def test_a_story_has_one_canonical_article_that_all_its_variants_are_of():
    stories = defaultdict(list)
    for record in RECORDS:
        if record["story"]:
            stories[record["story"]].append(record)

    for members in stories.values():
        (canonical,) = [member for member in members if member["relation"] == "canonical"]
        variants = [member for member in members if member is not canonical]
        assert variants
        assert canonical["of"] is None
        assert all(variant["relation"] in JOINING and variant["of"] == canonical["id"] for variant in variants)


def test_only_members_of_a_story_have_a_joining_relation():
    for record in RECORDS:
        assert (record["story"] is not None) == (record["relation"] in JOINING | {"canonical"})


def test_pairs_are_of_articles_sorted_and_told_once():
    articles = {record["id"] for record in RECORDS if not record["skip"]}

    assert {id_ for line in PAIRS for id_ in line["pair"]} <= articles
    assert all(a < b for a, b in (line["pair"] for line in PAIRS))
    assert len({tuple(line["pair"]) for line in PAIRS}) == len(PAIRS)


def test_pairs_say_what_records_say():
    of_records = {(*sorted((record["id"], record["of"])), record["relation"]) for record in RECORDS if record["of"]}
    of_pairs = {(*line["pair"], line["relation"]) for line in PAIRS if line["relation"] != "template"}

    assert of_pairs == of_records


def test_every_template_article_is_paired_with_all_others_of_its_form():
    neighbours = defaultdict(set)
    for line in PAIRS:
        if line["relation"] == "template":
            a, b = line["pair"]
            neighbours[a] |= {a, b}
            neighbours[b] |= {a, b}

    assert set(neighbours) == {record["id"] for record in RECORDS if record["relation"] == "template"}
    forms = {frozenset(form) for form in neighbours.values()}
    assert all(a.isdisjoint(b) for a, b in itertools.combinations(forms, 2))


@pytest.mark.parametrize(
    "name", [record["source"] for record in RECORDS if record["source"].endswith(".jsonl") and record["record"] == 0]
)
def test_truth_has_a_line_for_each_line_of_a_jsonl_file(name):
    lines = (WIRE / name).read_bytes().splitlines()

    assert len(lines) == sum(record["source"] == name for record in RECORDS)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("copies/islands-utf16.txt", "utf-16"),
        ("copies/gazette.csv", "cp1252"),
        ("languages/german.txt", "cp1252"),
        ("languages/spanish.txt", "cp1252"),
        ("languages/russian.txt", "koi8-r"),
        ("languages/japanese.txt", "shift_jis"),
        ("broken/wrong-encoding.html", "cp1252"),
        ("formats/story-cp1252.txt", "cp1252"),
    ],
)
def test_encodings_are_those_the_readme_names_and_not_utf_8(name, encoding):
    data = (WIRE / name).read_bytes()

    assert data.decode(encoding).encode(encoding) == data
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")


def test_packed_files_hold_what_the_plain_files_beside_them_say(tmp_path):
    pack = script("pack")
    pack.main(WIRE, tmp_path)
    made = [path for path in sorted(tmp_path.rglob("*")) if path.is_file()]

    assert made
    for path in made:
        # compressors differ between machines in what they write, not in what they mean
        committed = WIRE / path.relative_to(tmp_path)
        assert unpacked(path.name, committed.read_bytes()) == unpacked(path.name, path.read_bytes()), committed


def test_the_truncated_file_breaks_off_within_its_last_line():
    with pytest.raises(EOFError):
        gzip.decompress((WIRE / "broken/truncated.jsonl.gz").read_bytes())


def test_the_corpus_reads_as_truth_says():
    with FileCorpus.open([str(WIRE)], ReaderParams()) as corpus:
        read = [*corpus.found, *(record for unit in corpus.units() for record in read_unit(unit, ReaderParams()))]

    outcomes = [
        (
            record.id if isinstance(record, Article) else None,
            record.reason.value if isinstance(record, Skipped) else None,
        )
        for record in read
    ]
    origins = [(record.origin.source.removeprefix(f"{WIRE}/"), record.origin.record) for record in read]
    assert dict(zip(origins, outcomes, strict=True)) == {
        (record["source"], record["record"]): (None if record["skip"] else record["id"], record["skip"])
        for record in RECORDS
    }


def script(name):
    spec = importlib.util.spec_from_file_location(name, CORPUS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def unpacked(name, data):
    path = Path(name)
    if path.suffix == ".parquet":
        return parquet.read_table(BytesIO(data)).to_pylist()
    if path.suffix == ".arrow":
        return feather.read_table(BytesIO(data)).to_pylist()
    if path.suffix in DECOMPRESS:
        return unpacked(path.stem, DECOMPRESS[path.suffix](data))
    if path.suffix == ".zip":
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return [(member, archive.read(member)) for member in archive.namelist()]
    if path.suffix == ".tar":
        with tarfile.open(fileobj=BytesIO(data)) as archive:
            return [(member.name, archive.extractfile(member).read()) for member in archive]
    return data
