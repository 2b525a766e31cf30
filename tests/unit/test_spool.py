"""Tokens in files."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newsdedup.model.sketch import SketchParams
from newsdedup.spool import TokenSpool, leave
from newsdedup.stages.sketch import sketch

texts_of = st.lists(st.lists(st.text("abcdef 1.", max_size=30), max_size=4), max_size=5)


@given(texts_of, st.booleans())
def test_what_was_appended_or_left_comes_back_in_its_order(tmp_path_factory, parts, left):
    folder = tmp_path_factory.mktemp("left")
    spool = TokenSpool()
    for texts in parts:
        tokens = sketch(texts, SketchParams())[1]
        spool.append(leave(tokens, str(folder)) if left else tokens)
    found, expected = spool.finish(), sketch([text for texts in parts for text in texts], SketchParams())[1]
    for name in ("hashes", "letters", "flags", "offsets"):
        assert np.array_equal(getattr(found, name), getattr(expected, name))
    assert list(folder.iterdir()) == []
