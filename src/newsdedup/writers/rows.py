"""A variant beside its canonical article, cut into rows that a person can read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from newsdedup.model.report import Edit, EditKind

_CLOSING = "[\"'”’»)\\]」』]*"
_BREAK = re.compile(
    rf"[\n。！？.!?؟…](?:(?<=\n)\n*|(?<=[。！？])[。！？]*{_CLOSING}\s*|(?<=[.!?؟…])[.!?؟…]*{_CLOSING}(?:\s+|$))"
)
"""Where a line or a sentence ends; it begins with a set of characters, as such a pattern is found far faster."""
_SENTENCE_END = re.compile(rf"[.!?؟…。！？]{_CLOSING}\s*$")
_LEADING_SPACE = re.compile(r"\s*")


class Piece(NamedTuple):
    """A stretch of both texts: equal where `kind` is None, else `old` in the canonical text stands as `new`."""

    old: str
    new: str
    kind: EditKind | None = None
    move: int | None = None


class Row(NamedTuple):
    """Pieces shown side by side: a line of the texts, or a sentence where lines are long.

    `old` and `new` are its two sides, `old_line` and `new_line` the lines, from 1, on which it begins in each text.
    """

    pieces: tuple[Piece, ...]
    old: str
    new: str
    changed: bool
    old_line: int
    new_line: int


@dataclass(frozen=True, slots=True)
class Hunk:
    """Changed rows with their context, after `unchanged` rows that are not shown."""

    unchanged: int
    rows: tuple[Row, ...]


def pieces_of(canonical: str, edits: Sequence[Edit]) -> Iterator[Piece]:
    """The canonical text and the edits as pieces in order: all `old` make it up, all `new` make up the variant."""
    at = 0
    for edit in edits:
        start, end = edit.canonical_span
        if start > at:
            same = canonical[at:start]
            yield Piece(same, same)
        yield Piece(canonical[start:end], edit.text, edit.kind, edit.move)
        at = end
    if at < len(canonical):
        same = canonical[at:]
        yield Piece(same, same)


def rows_of(canonical: str, edits: Sequence[Edit], width: int) -> list[Row]:
    """Cut both texts at line ends, and at the ends of sentences once a row has `width` characters."""
    rows: list[Row] = []
    row: list[Piece] = []
    old_line = new_line = 1
    first_old_line = first_new_line = 1
    length = 0
    old_end = new_end = ""
    for piece in _slid(list(pieces_of(canonical, edits))):
        for part in _parts(piece):
            row.append(part)
            if part.kind is None:  # most are, and then the two sides are one
                old_end = new_end = part.old
                length += len(old_end)
                lines = old_end.count("\n")
                old_line, new_line = old_line + lines, new_line + lines
                closed = old_end[-1] == "\n" or (length >= width and _SENTENCE_END.search(old_end) is not None)
            else:
                length += max(len(part.old), len(part.new))
                old_line, new_line = old_line + part.old.count("\n"), new_line + part.new.count("\n")
                old_end, new_end = part.old or old_end, part.new or new_end
                ends = [end for end in (old_end, new_end) if end]
                closed = all(end[-1] == "\n" for end in ends) or (
                    length >= width and all(map(_SENTENCE_END.search, ends))
                )
            if closed:
                rows.append(_row(row, first_old_line, first_new_line))
                row.clear()
                first_old_line, first_new_line = old_line, new_line
                length = 0
                old_end = new_end = ""
    if row:
        rows.append(_row(row, first_old_line, first_new_line))
    return rows


def _row(pieces: list[Piece], old_line: int, new_line: int) -> Row:
    old = new = "".join([piece.old for piece in pieces])
    changed = any([piece.kind for piece in pieces])  # noqa: C419  # a list is twice as fast as a generator
    if changed:
        new = "".join([piece.new for piece in pieces])
    return Row(tuple(pieces), old, new, changed, old_line, new_line)


def hunks_of(rows: Sequence[Row], context: int) -> Iterator[Hunk]:
    """The changed rows, each with up to `context` unchanged rows around it.

    A last hunk without rows counts the unchanged rows at the end.
    """
    shown_to = 0
    for start, end in _shown(rows, context):
        yield Hunk(start - shown_to, tuple(rows[start:end]))
        shown_to = end
    if shown_to < len(rows):
        yield Hunk(len(rows) - shown_to, ())


def _shown(rows: Sequence[Row], context: int) -> list[tuple[int, int]]:
    """Ranges of rows around the changed ones, joined where they touch."""
    ranges: list[tuple[int, int]] = []
    for i, row in enumerate(rows):
        if row.changed:
            start, end = max(0, i - context), min(len(rows), i + context + 1)
            if ranges and start <= ranges[-1][1]:
                start = ranges.pop()[0]
            ranges.append((start, end))
    return ranges


def _slid(pieces: list[Piece]) -> Iterator[Piece]:
    """Move what is only added or only cut past the line ends it begins with, so that it covers whole paragraphs.

    A paragraph added after "one." may be told as "¶two." before "¶"; as "two.¶" after "¶" it is the same.
    """
    for i, piece in enumerate(pieces):
        follower = pieces[i + 1] if piece.kind and not (piece.old and piece.new) and i + 1 < len(pieces) else None
        if follower and not follower.kind:
            one_side = piece.old or piece.new
            space = _LEADING_SPACE.match(one_side)
            lead = space[0] if space else ""
            if "\n" in lead and lead != one_side and follower.old.startswith(lead):
                yield Piece(lead, lead)
                turned = one_side[len(lead) :] + lead
                yield Piece(turned if piece.old else "", turned if piece.new else "", piece.kind, piece.move)
                rest = follower.old[len(lead) :]
                pieces[i + 1] = Piece(rest, rest)
                continue
        yield piece


def _parts(piece: Piece) -> Sequence[Piece]:
    """Sentences and lines of a piece.

    A replacement stays whole, for its sides need not have the same sentences, and so does what was moved.
    """
    if piece.kind is EditKind.MOVED or (piece.kind and piece.old and piece.new):
        return (piece,)
    text = piece.old or piece.new
    first = _BREAK.search(text)
    if first is None or first.end() == len(text):  # as with most
        return (piece,) if text else ()
    ends = [found.end() for found in _BREAK.finditer(text)]
    if ends[-1] < len(text):
        ends.append(len(text))
    parts = [text[start:end] for start, end in pairwise((0, *ends))]
    if piece.kind is None:
        return [Piece(part, part) for part in parts]
    return [Piece(part if piece.old else "", part if piece.new else "", piece.kind, piece.move) for part in parts]
