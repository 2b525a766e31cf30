"""Invented corpora whose articles are related in known ways; the same for the same numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import invented
import numpy as np

Made = dict[str, str]

_NOTICE = """The harbour authority gives notice that the inner basin will be closed to all traffic from six in the
morning on Monday until the repair of the lock gates is complete. Vessels that lie in the basin must leave it by
Sunday at noon. Those that remain will be towed at the expense of their owners. The ferry to the outer islands will
leave from the north quay, every hour from seven and every half hour at weekends. Holders of season tickets need not
change them. The fish market stays open. Lorries reach it by way of the old bridge, where no more than one may cross
at a time. Claims for loss of trade are to be made in writing to the office of the authority within thirty days,
with the accounts of the last three years. The engineers expect the work to take eleven weeks. A further notice will
be given when the basin opens again."""

_FORM = """{name} said its net profit for the quarter to {month} was {a} mln dlrs against {b} mln a year earlier.
Sales came to {c} mln dlrs against {d} mln. Earnings per share were {e} cts against {f} cts, on {g} mln shares
outstanding. The board declared a quarterly dividend of {h} cts a share, payable {month} {i} to holders of record on
{month} {j}. Orders in hand at the end of the quarter stood at {k} mln dlrs. The company said it saw no reason to
change its forecast for the year. It employs {l} people in {m} works."""
_MONTHS = ("January", "March", "April", "June", "July", "September", "October", "December")


def stories(count: int) -> Iterator[Made]:
    """Invented articles, each fifth an altered copy of the one before it."""
    originals = count - count // 5
    made = invented.articles(originals)
    number = 0
    for article in made:
        yield article
        number += 1
        if number % 5 == 4 and number < count:
            yield invented.altered(article)
            number += 1


def near_copies(count: int) -> Iterator[Made]:
    """One notice, each time under another headline with two words changed; one in four lacks its last sentences."""
    words = _NOTICE.split()
    names = invented.vocabulary()
    for number in range(count):
        rng = np.random.default_rng((2, number))
        own = list(words)
        for place in rng.integers(len(own), size=2):
            own[place] = names[rng.integers(len(names))]
        if number % 4 == 3:
            del own[-int(rng.integers(10, 40)) :]
        yield {"id": f"n{number}", "title": f"Basin closed, says the {names[number]} paper", "text": " ".join(own)}


def siblings(count: int) -> Iterator[Made]:
    """One form filled with other names and figures each time: no two are one story."""
    names = invented.vocabulary()
    for number in range(count):
        rng = np.random.default_rng((3, number))
        figures = {letter: f"{rng.integers(10, 99_999) / 10:,.1f}" for letter in "abcdefghk"}
        name = f"{names[1000 + number % 50_000].capitalize()} {names[rng.integers(5_000)].capitalize()}"
        text = _FORM.format(
            name=name,
            month=_MONTHS[rng.integers(len(_MONTHS))],
            i=rng.integers(1, 29),
            j=rng.integers(1, 29),
            l=f"{rng.integers(50, 90_000):,}",
            m=rng.integers(2, 60),
            **figures,
        )
        yield {"id": f"s{number}", "title": f"{name} quarterly results", "text": text}


def long_articles(count: int, chars: int) -> Iterator[Made]:
    """Articles of about `chars` characters; each tenth is the one before it with one word in fifty changed."""
    words = np.array(invented.vocabulary(), object)
    length = sum(map(len, words[:5_000])) / 5_000 + 1
    before: list[str] = []
    for number in range(count):
        rng = np.random.default_rng((4, number))
        if number % 10 == 9:
            own = list(before)
            for place in rng.integers(len(own), size=len(own) // 50):
                own[place] = words[rng.integers(5_000)]
        else:
            own = words[rng.integers(5_000, size=int(chars / length))].tolist()
            own[::12] = [f"{word.capitalize()}." for word in own[::12]]
        before = own
        yield {"id": f"l{number}", "title": " ".join(own[1:8]), "text": " ".join(own)}


def write(file: Path, articles: Iterable[Made]) -> Path:
    """The articles as JSONL."""
    with file.open("w", encoding="utf-8") as stream:
        for article in articles:
            stream.write(json.dumps(article) + "\n")
    return file
