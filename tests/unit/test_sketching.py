import itertools
import random

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsdedup.model.article import Article, Origin
from newsdedup.plan import Plan
from newsdedup.progress import Silent
from newsdedup.readers.corpus import FileCorpus
from newsdedup.readers.memory import MemoryCorpus
from newsdedup.sketching import sketch_corpus, tell_apart
from newsdedup.stages.sketch import sketch
from newsdedup.stages.text.view import matching_text
from newsdedup.workers import Workers

PLAN = Plan()


def sketched(corpus, workers=1):
    with Workers(workers) as pool:
        return sketch_corpus(corpus, PLAN, pool, Silent())


def short(title, text):
    """The fingerprint of a short text under a headline."""
    return int(sketched(MemoryCorpus([Article("a", text, Origin("m", 0), title)])).sketches.fingerprints[0])


def test_of_equal_ids_the_first_keeps_its_own():
    assert tell_apart(["a", "b", "a", "a", "b"]) == ("a", "b", "a~2", "a~3", "b~2")


def test_an_id_is_never_changed_to_one_that_another_article_has():
    assert tell_apart(["a", "a", "a~2"]) == ("a", "a~3", "a~2")
    assert tell_apart(["a~2", "a~2", "a", "a"]) == ("a~2", "a~2~2", "a", "a~3")


@given(st.lists(st.sampled_from(["a", "a~2", "a~3", "a~2~2", "b"]), max_size=12))
@example(["a", "a", "a~2", "a~2", "a~3"])
def test_ids_told_apart_are_unique_and_begin_with_what_was_given(ids):
    own = tell_apart(ids)
    assert len(set(own)) == len(ids)
    assert all(new == old or new.startswith(f"{old}~") for new, old in zip(own, ids, strict=True))
    assert all(own[ids.index(given_id)] == given_id for given_id in ids)


def test_a_short_text_under_two_headlines_is_two_texts():
    assert short("Rain in Oslo", "See page 3.") != short("Snow in Bergen", "See page 3.")
    assert short("Rain in Oslo", "See page 3.") == short("RAIN IN OSLO", "see page 3")


def test_short_texts_that_repeat_their_headline_are_told_apart():
    lines = ["Rain in Oslo", "Snow in Bergen", "Profit rose in May", ""]
    assert len({short(line, line) for line in lines}) == len(lines)


def test_headline_and_short_text_cannot_change_places():
    assert short("Rain in Oslo", "See page 3.") != short("See page 3.", "Rain in Oslo")


def test_a_long_text_under_two_headlines_is_one_text():
    text = "The harbour board voted on Tuesday to close the old ferry pier by the end of June."
    assert short("Pier to close", text) == short("Ferry pier closes", text)


def test_a_corpus_is_sketched_as_its_matching_texts_are(corpus_dir):
    files = sorted((corpus_dir / "seeds").glob("*.txt"))
    with FileCorpus.open([str(corpus_dir / "seeds")], PLAN.reader) as corpus:
        found = sketched(corpus)
        texts = [record.text for unit in corpus.units() for record in corpus.read_unit(unit, PLAN.reader)]
    expected, tokens = sketch([matching_text(text, PLAN.text) for text in texts], PLAN.sketch)
    assert [origin.source for origin in map(found.catalog.origin, range(5))] == [str(file) for file in files]
    assert np.array_equal(found.sketches.band_keys, expected.band_keys)
    assert np.array_equal(found.sketches.sample_hashes, expected.sample_hashes)
    assert np.array_equal(found.tokens.hashes, tokens.hashes)
    assert np.array_equal(found.tokens.offsets, tokens.offsets)


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Folders of many files and of one large one, so that there are many units, some of them parts of a file."""
    top = tmp_path_factory.mktemp("folders")
    rng = random.Random(1)
    words = ["".join(pair) for pair in itertools.product("bdgklmnprst", "aeiou")]

    def text():
        return " ".join(rng.choice(words) for _ in range(40))

    for name in ("north", "south"):
        (top / name).mkdir()
        for i in range(600):
            (top / name / f"{i}.txt").write_text(text())
        (top / name / "empty.txt").write_text("")
    lines = (f'{{"id": "{rng.choice("xyz")}", "title": "{text()[:9]}", "text": "{text()}"}}\n' for _ in range(20_000))
    (top / "large.jsonl").write_text("".join(lines))
    return top


def columns(found):
    arrays = (
        found.catalog.published, found.catalog.record, found.catalog.source, found.sketches.band_keys,
        found.sketches.fingerprints, found.sketches.sample_hashes, found.sketches.sample_offsets,
        found.tokens.hashes, found.tokens.letters, found.tokens.flags, found.tokens.offsets,
    )  # fmt: skip
    return [found.catalog.ids, found.catalog.titles, found.skipped, *(array.tobytes() for array in arrays)]


def test_the_result_is_the_same_for_any_number_of_workers_and_any_order_of_paths(folders):
    paths = [str(folders / name) for name in ("north", "south", "large.jsonl")]
    with FileCorpus.open(paths, PLAN.reader) as corpus:
        assert len(list(corpus.units())) >= 3
        expected = columns(sketched(corpus))
    for workers, order in ((2, paths[::-1]), (3, [paths[1], paths[2], paths[0]])):
        with FileCorpus.open(order, PLAN.reader) as corpus:
            assert columns(sketched(corpus, workers)) == expected


def test_nothing_is_lost(folders, corpus_dir):
    with FileCorpus.open([str(folders), str(corpus_dir / "wire")], PLAN.reader) as corpus:
        found = sketched(corpus, workers=2)
        read = [*corpus.found, *(record for unit in corpus.units() for record in corpus.read_unit(unit, PLAN.reader))]
    rows = range(len(found.catalog))
    assert len(read) == len(found.catalog) + len(found.skipped)
    assert {record.origin for record in read} == {
        *map(found.catalog.origin, rows),
        *(skipped.origin for skipped in found.skipped),
    }
    assert len(found.sketches) == len(found.tokens) == len(found.catalog) == len(set(found.catalog.ids))


def test_an_empty_corpus_is_no_special_case():
    found = sketched(MemoryCorpus([]))
    assert (len(found.catalog), len(found.sketches), len(found.tokens), found.skipped) == (0, 0, 0, ())
