import itertools
from dataclasses import replace

import numpy as np
import pytest
from datasketch import MinHash

from newsdedup.model.sketch import SketchParams
from newsdedup.stages.kernels.permutations import DEFAULT, drawn, permutations
from newsdedup.stages.kernels.sketch import band_keys
from newsdedup.stages.sketch import EMPTY, samples_of, sign, sketch
from newsdedup.stages.text.tokens import shingle_hashes, signature_hash, tokenize


def read(corpus_dir):
    return [path.read_text("utf-8") for path in sorted((corpus_dir / "seeds").glob("*.txt"))]


@pytest.mark.parametrize(("num_perm", "seed"), [(128, 1), (64, 7), (100, 3)])
def test_signatures_are_those_of_datasketch_bit_for_bit(corpus_dir, num_perm, seed):
    texts = [*read(corpus_dir), "新华社北京电 " + "国家主席习近平星期一致电祝贺" * 3, "short text here"]
    params = SketchParams(num_perm=num_perm, seed=seed, bands=2, rows=2)
    for row, text in zip(sign(texts, params), texts, strict=True):
        oracle = MinHash(num_perm=num_perm, seed=seed, scheme="affine32", hashfunc=signature_hash)
        oracle.update_batch(shingle_hashes(tokenize(text), params.shingle_size))
        assert np.array_equal(row, oracle.hashvalues)


def test_the_permutations_that_are_kept_are_those_that_datasketch_draws():
    assert np.array_equal(permutations(DEFAULT.num_perm, DEFAULT.seed), drawn(DEFAULT.num_perm, DEFAULT.seed))


def test_a_text_without_a_shingle_has_an_empty_signature_as_in_datasketch():
    texts = ["", "two words", "   \n"]
    sketches, tokens = sketch(texts, SketchParams())
    assert (sign(texts, SketchParams()) == EMPTY).all()
    assert (MinHash(num_perm=128, scheme="affine32").hashvalues == EMPTY).all()
    assert sketches.words.tolist() == [0, 2, 0]
    assert len(tokens.hashes) == 2


@pytest.mark.parametrize(("bands", "rows"), [(37, 3), (64, 2), (1, 128)])
def test_two_texts_have_a_band_key_in_common_if_and_only_if_their_signatures_agree_in_all_its_rows(
    corpus_dir, bands, rows
):
    texts = read(corpus_dir)
    texts += [text[:cut] for text in texts for cut in (200, 900, 1500)]
    params = SketchParams(bands=bands, rows=rows)
    signatures, keys = sign(texts, params), sketch(texts, params)[0].band_keys
    assert (keys.dtype, keys.shape) == (np.uint32, (len(texts), bands))
    for a, b in itertools.combinations(range(len(texts)), 2):
        alike = (signatures[a] == signatures[b])[: bands * rows].reshape(bands, rows).all(axis=1)
        assert ((keys[a] == keys[b]) == alike).all()


def test_band_keys_of_signatures_that_differ_in_one_row_differ_in_its_band_only():
    signature = np.arange(12, dtype=np.uint32)
    keys, others = np.zeros((2, 4), np.uint32)
    band_keys(signature, 3, keys)
    for row in range(12):
        changed = signature.copy()
        changed[row] += 1
        band_keys(changed, 3, others)
        assert np.flatnonzero(keys != others).tolist() == [row // 3]


def test_a_sketch_of_fewer_bands_has_the_first_of_the_keys(corpus_dir):
    texts, params = read(corpus_dir), SketchParams()
    keys = sketch(texts, params)[0].band_keys
    assert np.array_equal(sketch(texts, replace(params, bands=5))[0].band_keys, keys[:, :5])


def test_samples_of_two_texts_hold_the_same_part_of_what_they_share(corpus_dir):
    a, b = read(corpus_dir)[1:3]
    params = SketchParams(sample_rate=4)
    sketches, _ = sketch([a, b], params)
    first, second = (
        set(sketches.sample_hashes[sketches.sample_offsets[i] : sketches.sample_offsets[i + 1]].tolist())
        for i in (0, 1)
    )
    shingles = [set(shingle_hashes(tokenize(text), 3)) for text in (a, b)]
    assert first & second == {s for s in shingles[0] & shingles[1] if (s & 0xFFFFFFFF) < (1 << 32) // 4}


def test_an_empty_batch_is_no_special_case():
    sketches, tokens = sketch([], SketchParams())
    assert len(sketches) == len(tokens) == 0


def test_texts_that_grow_when_folded_are_sketched_whole():
    sketches, _ = sketch(["\ufdfa" * 50], SketchParams())
    assert sketches.words[0] == len(tokenize("\ufdfa" * 50))


@pytest.mark.parametrize("wrong", [{"bands": 43, "rows": 3}, {"num_perm": 0}, {"sample_rate": 0}])
def test_parameters_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match="must"):
        SketchParams(**wrong)


@pytest.mark.parametrize("rate", [1, 4])
def test_samples_follow_from_tokens_alone(corpus_dir, rate):
    texts = [*read(corpus_dir), "", "two words", "国家主席习近平星期一致电祝贺" * 20, "the same words again and " * 40]
    sketches, tokens = sketch(texts, SketchParams(sample_rate=rate))
    hashes, offsets = samples_of(tokens, sketches.params)
    assert hashes.tolist() == sketches.sample_hashes.tolist()
    assert offsets.tolist() == sketches.sample_offsets.tolist()
