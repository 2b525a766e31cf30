import numpy as np
import pytest

from newsdedup.model.sketch import SketchParams
from newsdedup.stages.sketch import sketch
from newsdedup.stores.content import Kept, pack_text, pack_tokens, unpack

TEXTS = ["", "One.", "It's its; O'Neil paid 4.50 of 4,50 twice, twice.", "汽车 cars Ἀθῆναι", "a \ud800 b\r\n\tc"]


def kept_of(text):
    _, tokens = sketch([text], SketchParams())
    return Kept(tokens.hashes, tokens.letters, tokens.flags)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_comes_back_as_it_was(text):
    assert unpack(pack_text(text)) == text


@pytest.mark.parametrize("text", [*TEXTS, " ".join(f"word{i % 700}" for i in range(3000))])
def test_tokens_come_back_as_they_were(text):
    kept = kept_of(text)
    found = unpack(pack_tokens(kept))
    for name in ("hashes", "letters", "flags"):
        own, other = getattr(found, name), getattr(kept, name)
        assert own.dtype == other.dtype
        assert np.array_equal(own, other)


def test_no_word_can_be_read_in_packed_tokens():
    packed = pack_tokens(kept_of("The harbour board voted seven to two"))
    assert b"harbour" not in packed
