"""Many texts at once have the matching view that each has on its own: no credit is in a text that was not looked at."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsdedup.plan import TextParams
from newsdedup.stages.text import codepoints
from newsdedup.stages.text.agencies import AGENCIES
from newsdedup.stages.text.view import matching_codes, matching_text

pieces = st.one_of(
    st.sampled_from(AGENCIES),
    st.sampled_from(
        [
            "LONDON", "NEW YORK", "Oslo", "Abu Dhabi", "N.J.", "Österreich", "北京", "الرياض", "ÉVRY", "St. Ives-",
            "March 3", "3. May", "Sept٣", "3月18日", "Reuters/", "APEC", "電", "By Jane Doe", "VON", "Von Eva Mann",
            "Published 18.03.24", "Last Updated: 3 May", "First published", "date 2024-03-19", "Date: 2024-03-19T08:00Z",
            "Reporting by Jane Doe", "additional reporting by X Y", "(Editing by John Roe)", "(With inputs from agencies)",
            "This story has not been edited by us", "auto-generated from a syndicated feed", "All Rights Reserved",
            "may not be published, broadcast, rewritten", "© 2024", "(c) 2024", "Copyright", "REUTER", "ap.", "x" * 61, "y" * 121,
            "Shares fell on Monday, and he said so", "K", "İ",
        ]
    ),
    st.sampled_from(list(" \t\n\r\u00a0\u3000\u2028.,:;-–—_/()（）【】[]＝='’\"")),
    st.sampled_from([" (", ") - ", " - ", ":\n", ", ", "\n\n", " " * 400]),
    st.characters(),
)  # fmt: skip


@given(st.lists(st.lists(pieces, max_size=14).map("".join), max_size=4))
@example(["Oslo (Reuters)\nAP", "SALVADOR, Feb 26 - Showers.\n" + "x " * 500 + "\n Upi.\n", "\u00a0\u3000\tPTI"])
@example(["A B C  - AP:", "A B C-D - NTB\t:", "A B C D - NTB:", "Al-Riyadh - SPA:", "-- \n AP", "APEC领导人会议电 x"])
@example(["x" * 590 + "\nPARIS, March 3 -", "x" * 560 + "\n(AP)" + " " * 300, "(" * 130 + "AP)", "\ud800 (AP) -"])
@settings(max_examples=800, deadline=None)
def test_the_view_of_many_texts_is_that_of_each(texts):
    codes, offsets = matching_codes(texts, TextParams())
    for text, start, end in zip(texts, offsets[:-1], offsets[1:], strict=True):
        assert np.array_equal(codes[start:end], codepoints.codes_of(matching_text(text, TextParams())))


@given(st.lists(pieces, max_size=3).map("".join))
def test_code_points_are_those_of_the_text(text):
    assert codepoints.codes_of(text).tolist() == list(map(ord, text))
