"""What of real pages is kept and what is dropped, by strings that the main text must and must not hold."""

import json
import tarfile
from dataclasses import replace

import pytest

from newsdedup.model.article import Article, Origin
from newsdedup.plan import HtmlParams, ReaderParams
from newsdedup.readers.web_page import page_article

LEAST = {"trafilatura": (0.93, 0.93), "fast": (0.97, 0.72)}
"""The least share of strings kept, and of those dropped."""


@pytest.fixture(scope="module")
def pages(shared):
    archive = shared / "data/html.tar.gz"
    if not archive.exists():
        pytest.skip("needs the 80 labelled web pages, which do not ship with the project")
    with tarfile.open(archive) as packed:
        members = {info.name.rpartition("/")[2]: packed.extractfile(info).read() for info in packed if info.isfile()}
    expected = json.loads(members.pop("expected.json"))
    return {name: (members[name], wanted) for name, wanted in expected.items()}


def visible(text):
    """Text as it is seen: one space for any, no soft hyphens."""
    return " ".join(text.replace("\u00ad", "").replace("\u200b", "").split())


@pytest.mark.parametrize("extractor", LEAST)
def test_the_text_of_pages_is_kept_and_their_furniture_dropped(pages, extractor):
    params = replace(ReaderParams(), html=HtmlParams(extractor))
    kept, dropped = [], []
    for name, (data, expected) in pages.items():
        record = page_article(data, name, Origin(name), params)
        text = visible(record.text) if isinstance(record, Article) else ""
        kept += [visible(wanted) in text for wanted in expected["with"]]
        dropped += [visible(unwanted) not in text for unwanted in expected["without"]]

    least_kept, least_dropped = LEAST[extractor]
    assert len(pages) == 80
    assert sum(kept) >= least_kept * len(kept)
    assert sum(dropped) >= least_dropped * len(dropped)
