from datetime import UTC, datetime

import pytest

from newsdedup.model.article import ArticleRef, Origin, Status
from newsdedup.plan import CanonicalParams
from newsdedup.stages.canonical import CRITERIA, rank, reason


def ref(own, **fields):
    return ArticleRef(own, Origin(own), **{"words": 300, **fields})


def best(*refs, params=None):
    params = params or CanonicalParams()
    chosen = min(refs, key=lambda r: rank(r, params))
    return chosen.id, reason(chosen, [r for r in refs if r is not chosen], params)


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


@pytest.mark.parametrize("words", range(0, 2000, 37))
def test_the_order_is_the_same_in_every_company(words):
    params = CanonicalParams()
    assert (rank(ref("a", words=words), params) < rank(ref("b", words=500), params)) is not (
        rank(ref("b", words=500), params) < rank(ref("a", words=words), params)
    )


def test_every_version_of_an_item_up_to_the_one_that_withdrew_it_is_barred():
    params = CanonicalParams()
    killed = {"urn:newsml:northwire.example:20240402:TOLL": 2}
    versions = [ref(f"v{n}", guid=f"urn:newsml:northwire.example:20240402:TOLL:{n}") for n in (1, 2, 3)]
    assert [rank(version, params, killed)[0] for version in versions] == [True, True, False]


def test_where_all_were_withdrawn_the_reason_says_so():
    refs = ref("a", status=Status.CANCELED), ref("b", title="KILL-Bank of Oslo")
    assert best(*refs) == ("a", "all of them were withdrawn or are under embargo, and it ranks first")
