import pytest

from newsdedup.model.report import Cluster


def test_a_cluster_of_sorted_members_with_one_of_them_canonical_is_fine():
    assert Cluster("x", "b", ("a", "b", "c")).canonical == "b"


@pytest.mark.parametrize(
    ("canonical", "members", "complaint"),
    [
        ("a", ("a",), "at least two members"),
        ("a", ("b", "a"), "sorted and unique"),
        ("a", ("a", "a"), "sorted and unique"),
        ("c", ("a", "b"), "c is not a member"),
    ],
)
def test_a_cluster_that_cannot_be_says_what_is_wrong(canonical, members, complaint):
    with pytest.raises(ValueError, match=f"cluster x: .*{complaint}"):
        Cluster("x", canonical, members)
