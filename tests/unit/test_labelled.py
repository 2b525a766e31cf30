import numpy as np
import pytest

from newsdedup.labelled import NO_RELATION, measure_pairs
from newsdedup.model.article import Article, Origin
from newsdedup.model.match import COLUMN, RELATIONS, Relation
from newsdedup.plan import Plan
from newsdedup.progress import Silent
from newsdedup.readers.memory import MemoryCorpus
from newsdedup.workers import Workers

STORY = (
    "The council met on Monday and agreed to mend the old bridge over the river before the winter comes. "
    "The mayor said that the work would cost 3 million dollars and be done by the end of June next year. "
    "Nobody spoke against the plan, which two companies from the region had drawn up together last spring."
)
OTHER = (
    "Heavy snow fell in the hills last night and schools in nine villages stayed closed for the whole day. "
    "Ploughs cleared the main roads by noon, but forecasters expect more wind and drifting until Thursday."
)
TEXTS = {"first": STORY, "again": STORY, "snow": OTHER, "page": "See page 3.", "more": "See page 3."}


def measured(*pairs, plan=None, titles=()):
    articles = [
        Article(own, text, Origin("memory", place), title=dict(titles).get(own, ""))
        for place, (own, text) in enumerate(TEXTS.items())
    ]
    with Workers(1) as workers:
        return measure_pairs(MemoryCorpus(articles), pairs, plan or Plan(), workers, Silent())


def test_pairs_come_in_the_order_given_with_their_rows_and_the_lower_place_left():
    found = measured(("snow", "first"), ("first", "nowhere"), ("first", "again"), ("first", "snow"))
    assert found.rows.tolist() == [0, 2, 3]
    assert (found.left.tolist(), found.right.tolist()) == ([0, 0, 0], [2, 1, 2])
    assert found.missing == (("first", "nowhere"),)
    assert np.array_equal(found.evidence[0], found.evidence[2])


def test_a_pair_that_no_test_proposes_is_measured_all_the_same():
    found = measured(("first", "snow"))
    assert (found.proposed.tolist(), found.relation.tolist()) == ([False], [NO_RELATION])
    assert found.evidence[0, COLUMN["words"]] > 0
    assert found.probability[0] < 0.5


def test_equal_articles_are_exact_and_proposed():
    found = measured(("first", "again"))
    assert RELATIONS[found.relation[0]] is Relation.EXACT
    assert (found.probability[0], found.proposed[0]) == (1, True)


def test_short_texts_are_equal_only_with_their_headlines():
    same = measured(("page", "more"))
    assert RELATIONS[same.relation[0]] is Relation.EXACT
    other = measured(("page", "more"), titles=[("page", "Snow"), ("more", "Bridge")])
    assert RELATIONS.index(Relation.EXACT) not in other.relation
    assert not other.proposed[0]


def test_no_pairs_are_no_trouble():
    found = measured()
    assert len(found) == 0
    assert found.evidence.shape == (0, len(COLUMN))


def test_an_article_cannot_be_paired_with_itself():
    with pytest.raises(ValueError, match='"snow" is paired with itself'):
        measured(("snow", "snow"))
