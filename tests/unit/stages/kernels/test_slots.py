"""What others have in the places of a text."""

import numpy as np
import pytest

from newsdedup.model.sketch import SketchParams
from newsdedup.stages.kernels.slots import SAME, UNKNOWN, WORDS, fill_entries
from newsdedup.stages.sketch import sketch

TEXT = "Emir of Tabuk met the head of police on Monday at noon and praised the work of 40 officers in the town"


def entries_of(text, *others):
    """Beside each word of the text: what each of the others has there."""
    tokens = sketch([text, *others], SketchParams())[1]
    n = int(tokens.offsets[1])
    entries = np.full((len(others), n), 99, np.uint32)
    fill_entries(
        0, np.arange(1, len(others) + 1), tokens.hashes, tokens.letters, tokens.flags, tokens.offsets, 3, entries
    )
    return entries


def places_of(row, value):
    return [TEXT.split()[i] for i in np.flatnonzero(row == value)]


def test_a_text_has_its_own_words_everywhere():
    assert (entries_of(TEXT, TEXT) == SAME).all()


def test_what_stands_between_the_same_neighbours_is_the_entry_and_equal_ones_are_equal():
    jeddah, mecca = TEXT.replace("Tabuk", "Jeddah"), TEXT.replace("Tabuk", "holy Mecca").replace("noon", "night")
    first, again, other = entries_of(TEXT, jeddah, jeddah + " today", mecca)
    (at,) = np.flatnonzero(first != SAME)
    assert TEXT.split()[at] == "Tabuk"
    assert first[at] == again[at] != other[at]
    assert first[at] & WORDS
    assert np.flatnonzero(other != SAME).tolist() == [at, TEXT.split().index("noon")]


def test_an_entry_of_figures_alone_is_marked():
    (row,) = entries_of(TEXT, TEXT.replace("40", "55"))
    (at,) = np.flatnonzero(row != SAME)
    assert row[at] not in {SAME, UNKNOWN}
    assert not row[at] & WORDS


@pytest.mark.parametrize(
    "other",
    [
        TEXT.replace(" on Monday", ""),
        TEXT.replace("on Monday", "who was there with nine men of his own and two from the coast"),
        TEXT.removesuffix(" in the town"),
    ],
)
def test_what_was_cut_or_written_anew_is_not_known(other):
    (row,) = entries_of(TEXT, other)
    assert set(row.tolist()) == {SAME, UNKNOWN}


def test_a_misprint_is_the_word_itself():
    assert (entries_of(TEXT, TEXT.replace("praised", "praisad")) == SAME).all()


def test_there_may_be_nothing_to_align():
    assert (entries_of(TEXT, "", "no", "wholly unlike words that stand here instead") == UNKNOWN).all()
    assert entries_of("", TEXT).shape == (1, 0)
