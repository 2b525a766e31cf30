"""The kernel's tokens are those of the slow, obvious tokeniser, whatever the text."""

import gzip
import itertools
import json
import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdedup.model.sketch import SketchParams
from newsdedup.stages.kernels.words import split_words
from newsdedup.stages.sketch import sign, sketch
from newsdedup.stages.text import codepoints
from newsdedup.stages.text.tokens import sampled, shingle_hashes, token_columns, tokenize, word_hash

PARAMS = SketchParams(num_perm=8, bands=4, rows=2)

newsy = st.text(
    st.one_of(
        st.sampled_from(list("ab AB12.,'’-\n?。ßéÅﬁ½①ة أ\u0640\u0301\u200d가カﾞ中ไ🙂")),
        st.characters(),
    )
)


def kernel_view(text):
    sketches, tokens = sketch([text], PARAMS)
    return tokens.hashes.tolist(), tokens.flags.tolist(), sketches


@given(newsy)
@settings(max_examples=500, deadline=None)
def test_the_kernel_sees_the_tokens_that_the_slow_tokeniser_sees(text):
    hashes, flags, sketches = kernel_view(text)
    tokens = tokenize(text)
    assert hashes == [word_hash(token.folded) for token in tokens]
    assert [flag & 15 for flag in flags] == [int(token.flags) for token in tokens]
    shingles = shingle_hashes(tokens, PARAMS.shingle_size)
    assert sketches.shingles[0] == len(shingles)
    assert sketches.sample_hashes.tolist() == sorted({s for s in shingles if sampled(s, PARAMS.sample_rate)})


@given(newsy)
@settings(max_examples=500, deadline=None)
def test_the_kernel_finds_the_words_where_the_slow_tokeniser_does(text):
    starts, ends, flags, spelt = split_words(codepoints.codes_of(text), *codepoints.load())
    folded = codepoints.text_of(spelt).split()
    assert (starts.tolist(), ends.tolist(), folded, flags.tolist()) == token_columns(text)


@given(st.lists(newsy, max_size=6))
@settings(max_examples=100, deadline=None)
def test_a_batch_gives_what_its_texts_give_one_by_one(texts):
    together, tokens = sketch(texts, PARAMS)
    signatures = sign(texts, PARAMS)
    for i, text in enumerate(texts):
        hashes, flags, alone = kernel_view(text)
        rows = slice(tokens.offsets[i], tokens.offsets[i + 1])
        assert tokens.hashes[rows].tolist() == hashes
        assert tokens.flags[rows].tolist() == flags
        assert together.fingerprints[i] == alone.fingerprints[0]
        assert np.array_equal(together.band_keys[i], alone.band_keys[0])
        assert np.array_equal(signatures[i], sign([text], PARAMS)[0])


@given(newsy)
@settings(max_examples=300, deadline=None)
def test_token_spans_lead_back_to_the_text_in_order(text):
    tokens = tokenize(text)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert all(a.start <= b.start and a.end <= b.end for a, b in itertools.pairwise(tokens))


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Z"))))
@settings(max_examples=300, deadline=None)
def test_composed_and_decomposed_text_match(text):
    assume_same = [unicodedata.normalize(form, text) for form in ("NFC", "NFD", "NFKC")]
    views = [[token.folded for token in tokenize(form)] for form in assume_same[:2]]
    assert views[0] == views[1]


def test_real_text_in_many_scripts_agrees(shared):
    path = shared / "data" / "semeval22t8" / "pairs.jsonl.gz"
    if not path.exists():
        pytest.skip("the development corpora are not beside the project")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for _, line in zip(range(60), lines, strict=False):
            text = json.loads(line)["text1"]
            assert kernel_view(text)[0] == [word_hash(token.folded) for token in tokenize(text)]
