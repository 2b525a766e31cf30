"""Who is kept, and why, against the criteria read one by one."""

import math
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdedup.model.article import ArticleRef, Origin, Status
from newsdedup.model.catalog import STATUSES, Catalog, microseconds
from newsdedup.model.filing import FILING_CODE, Filing
from newsdedup.plan import CanonicalParams
from newsdedup.stages.canonical import CRITERIA, reasons, stand
from newsdedup.stages.text.kills import killed_items, killed_versions
from newsdedup.stages.text.wire import filing_of


def ref(own, **fields):
    return ArticleRef(own, Origin(own), **{"words": 300, **fields})


def catalog(refs):
    def texts(name):
        return tuple(getattr(article, name) for article in refs)

    rows = np.arange(len(refs), dtype=np.int32)
    return Catalog(
        ids=texts("id"), sources=texts("id"), source=rows, record=np.zeros(len(refs), np.int32), titles=texts("title"),
        publishers=texts("publisher"), publisher=rows,
        published=np.array([microseconds(article.published) for article in refs], np.int64),
        status=np.array([STATUSES.index(article.status) for article in refs], np.uint8),
        words=np.array(texts("words"), np.int32), slugs=texts("slug"), slug=rows, guids=texts("guid"), guid=rows,
        versions=texts("version"), version=rows,
        filing=np.array([FILING_CODE[filing_of(article).filing] for article in refs], np.uint8),
    )  # fmt: skip


def best(*refs, params=None):
    known = catalog(refs)
    rows = np.arange(len(refs))
    standings = stand(known, rows, params or CanonicalParams())
    chosen, runner_up = np.argsort(standings.places)[:2]
    (why,) = reasons(known, np.array([chosen]), np.array([runner_up]), standings)
    return refs[chosen].id, why


def on(day):
    return datetime(2024, 3, day, tzinfo=UTC)


def test_a_withdrawn_article_is_never_kept_over_a_live_one():
    own, why = best(ref("a", words=900, status=Status.CANCELED), ref("b"))
    assert (own, why) == ("b", "it is neither withdrawn nor under embargo")


def test_a_kill_in_the_headline_withdraws():
    assert best(ref("a", title="KILL: Bank of Oslo"), ref("b"))[0] == "b"


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Status.WITHHELD},
        {"status": Status.EMBARGOED},
        {"title": "STORY WITHDRAWN - Bank of Oslo"},
        {"title": "撤稿：奥斯陆银行"},
        {"title": "Bank of Oslo cuts rate", "slug": "BC-EU--Oslo-Rate, KILL"},
        {"title": "EMBARGOED-Bank of Oslo cuts rate"},
    ],
)
def test_what_may_not_be_used_is_not_kept_whatever_the_policy_says(fields):
    params = CanonicalParams(policy=("complete", "id"))
    assert best(ref("a", words=900, **fields), ref("b"), params=params)[0] == "b"


def test_a_headline_that_only_tells_of_a_withdrawal_withdraws_nothing():
    assert best(ref("a", title="Offer for Bank of Oslo withdrawn"), ref("b"))[0] == "a"


def test_a_correction_is_kept_over_what_it_corrects():
    own, why = best(ref("a"), ref("b", title="CORRECTED-Bank of Oslo cuts rate"))
    assert (own, why) == ("b", "it corrects the others")


def test_the_most_complete_is_kept():
    assert best(ref("a", words=100), ref("b", words=300)) == ("b", "it is the most complete (300 words)")


def test_of_two_alike_in_length_the_dated_then_the_earliest_is_kept():
    assert best(ref("a"), ref("b", published=on(3)))[0] == "b"
    assert best(ref("a", published=on(4)), ref("b", published=on(3))) == (
        "b",
        "it is the earliest (2024-03-03 00:00 UTC)",
    )


def test_preferred_publishers_decide_in_their_order():
    params = CanonicalParams(preferred_publishers=("Gazette", "Post"))
    refs = (ref("a", publisher="post"), ref("b", publisher="GAZETTE"), ref("c"))
    assert best(*refs, params=params) == ("b", "its publisher is preferred")


def test_the_id_decides_last():
    assert best(ref("b"), ref("a")) == ("a", "its id comes first")


def test_the_default_policy_names_every_criterion_once():
    assert sorted(CanonicalParams().policy) == sorted(CRITERIA)


refs_of = st.builds(
    ref,
    st.just("x"),
    words=st.integers(0, 2000),
    published=st.none() | st.integers(1, 5).map(on),
    publisher=st.sampled_from(["", "Post", "Gazette"]),
    title=st.sampled_from(["Bank cuts rate", "KILL-Bank cuts rate", "CORRECTED-Bank cuts rate"]),
    status=st.sampled_from([Status.USABLE, Status.EMBARGOED]),
)


def slow_rank(article, params):
    """What the default policy sorts an article by."""
    filing = filing_of(article).filing
    preferred = [name.casefold() for name in params.preferred_publishers]
    publisher = article.publisher.casefold()
    return (
        filing in {Filing.KILL, Filing.EMBARGO},
        filing is not Filing.CORRECTION,
        -round(math.log(max(article.words, 1)) / math.log(1.1)),
        article.published is None,
        article.published or datetime.max.replace(tzinfo=UTC),
        preferred.index(publisher) if publisher in preferred else len(preferred),
        article.id,
    )


@given(st.lists(refs_of, max_size=12), st.sets(st.integers(0, 11)))
def test_articles_stand_as_the_policy_sorts_them_and_in_the_same_order_in_any_company(found, asked):
    refs = [ref(f"id{7 * i % 13}", **fields(article)) for i, article in enumerate(found)]
    params = CanonicalParams(preferred_publishers=("gazette", "Post"))
    known, rows = catalog(refs), sorted(row for row in asked if row < len(refs))
    places = stand(known, np.array(rows, np.int64), params).places
    assert sorted(rows, key=places.__getitem__) == sorted(rows, key=lambda row: slow_rank(refs[row], params))
    assert len({int(places[row]) for row in rows}) == len(rows)
    n = len(refs)
    assert {row for row in range(n) if places[row] < n} == {r for r in rows if not slow_rank(refs[r], params)[0]}


def fields(article):
    return {name: getattr(article, name) for name in ("words", "published", "publisher", "title", "status")}


ITEM = "urn:newsml:northwire.example:20240402:TOLL"


def test_every_version_of_an_item_up_to_the_one_that_withdrew_it_is_barred():
    versions = [ref(f"v{n}", guid=f"{ITEM}:{n}", words=900) for n in (1, 2, 3)]
    kill = ref("kill", title="KILL-Bridge toll", guid=f"{ITEM}:2")
    known = catalog([*versions, kill, ref("other")])
    assert killed_items(known) == {ITEM: 2}
    rows = np.arange(5)
    assert killed_versions(known, rows, killed_items(known)).tolist() == [True, True, False, True, False]
    places = stand(known, rows, CanonicalParams()).places
    assert [place >= 5 for place in places.tolist()] == [True, True, False, True, False]
    assert best(*versions, kill)[0] == "v3"


def test_an_item_withdrawn_by_no_known_version_is_withdrawn_in_all():
    known = catalog([ref("kill", title="KILL-Bridge toll", guid="toll"), ref("a", guid="toll"), ref("b", guid="ferry")])
    assert killed_versions(known, np.array([2, 1]), killed_items(known)).tolist() == [False, True]


def test_an_article_that_others_match_is_said_to_be_kept_for_that_though_another_stands_better():
    known = catalog([ref("a", words=300), ref("b", words=900)])
    standings = stand(known, np.arange(2), CanonicalParams())
    assert reasons(known, np.array([0]), np.array([1]), standings) == ["it is the one that all others match"]


def test_articles_not_asked_about_stand_behind_all_others():
    known = catalog([ref("a"), ref("b", title="KILL-Bridge toll"), ref("c", words=900)])
    places = stand(known, np.array([1, 0]), CanonicalParams()).places
    assert places[0] < 3 <= places[1] < places[2]


def test_where_all_were_withdrawn_the_reason_says_so():
    refs = ref("a", status=Status.CANCELED), ref("b", title="KILL-Bank of Oslo")
    assert best(*refs) == ("a", "all of them were withdrawn or are under embargo, and it ranks first")
