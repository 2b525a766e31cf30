"""Notices of one day that fill one form are told apart, and versions of one story are not."""

import itertools
import random
from datetime import UTC, datetime

import pytest

from newsdedup import deduplicate

TOWNS = ("Riyadh", "Jeddah", "Mecca", "Medina", "Dammam", "Tabuk", "Abha", "Hail")
GUESTS = ("head of police", "president of the court", "director of schools", "chairman of the chamber")
NAMES = ("Qahtani", "Otaibi", "Harbi", "Shammari", "Ghamdi", "Zahrani", "Dosari", "Anazi")


def found(texts, **more):
    """The stories, as sets of places among the texts; all were published on one day unless told otherwise."""
    when = {"published": datetime(2022, 5, 2, 9, tzinfo=UTC).isoformat()} | more
    articles = [{"id": f"{i:02}", "text": text} | when for i, text in enumerate(texts)]
    result = deduplicate(articles, workers=1, diffs=False)
    return {frozenset(map(int, cluster.members)) for cluster in result.clusters}, result


def notice(town, guest, name):
    return (
        f"The emir of {town} received in his office today the {guest}, {name}, who offered his congratulations on the "
        "blessed feast. His Highness was shown a report on the work of the department and on what it does for citizens "
        "and residents. He stressed that all must work harder to serve the people, as the wise leadership directs. "
        "The deputy of the emirate and several officials attended the reception."
    ).lower()  # as in scripts without capitals, where no name can be told


def test_one_form_filled_for_several_towns_of_one_day_is_several_stories():
    stories, result = found(map(notice, TOWNS, GUESTS * 2, NAMES))
    assert stories == set()
    assert {match.relation.value for match in result.matches} == {"template"}
    assert max(match.probability for match in result.matches) < 0.5


def test_copies_of_such_a_notice_stay_with_it():
    texts = [notice(*filled) for filled in zip(TOWNS, GUESTS * 2, NAMES, strict=True)]
    copies = [text.replace("his office", "the palace") for text in texts[:3]]
    assert found([*texts, *copies])[0] == {frozenset({i, len(texts) + i}) for i in range(3)}


def test_a_story_of_which_every_outlet_changes_a_few_words_is_one():
    rng = random.Random(3)
    words = notice("Tabuk", GUESTS[0], NAMES[0]).split()
    texts = []
    for outlet in range(8):
        own = list(words)
        for at in rng.sample(range(3, len(own) - 3), 5):
            own[at] = f"put{'abcdefgh'[outlet]}{own[at][::-1]}"
        texts.append(" ".join(own))
    assert found(texts)[0] == {frozenset(range(8))}


def test_a_story_whose_figures_rise_is_one():
    text = (
        "At least {0} people were killed when a bus fell into a ravine near the town of Chilecito on Monday, officials "
        "said. The bus, built in 1998, was on its way from the capital to the coast with 52 passengers when the driver "
        "lost control in heavy rain at 4.30 a.m. on Route 40. Rescuers worked through the night with 3 cranes; {0} bodies "
        "were brought to the hospital, where relatives were waiting. The governor declared 2 days of mourning and said "
        "the road would be closed until it has been made safe. In 2015 a crash on the same road killed 11 people."
    )
    assert found([text.format(toll) for toll in (5, 7, 12, 13, 19, 21, 23)])[0] == {frozenset(range(7))}


@pytest.mark.parametrize("few", [2, 3])
def test_a_few_texts_tell_nothing_of_what_a_form_leaves_open(few):
    stories, _ = found(list(itertools.islice(map(notice, TOWNS, GUESTS * 2, NAMES), few)))
    assert stories == {frozenset(range(few))}
