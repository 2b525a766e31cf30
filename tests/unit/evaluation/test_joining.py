from newsdedup.evaluation.joining import joined


def test_what_shares_an_id_is_one_whatever_the_order():
    groups = [("d", "c"), ("b", "a"), ("e", "f"), ("c", "b")]
    assert joined(groups) == joined(groups[::-1]) == {**dict.fromkeys("abcd", "a"), **dict.fromkeys("ef", "e")}


def test_a_long_chain_is_one():
    chain = [(str(i), str(i + 1)) for i in range(20_000)]
    assert set(joined(chain).values()) == {"0"}
