"""Rows of a diff as rows of a table on the page: the most of it by far, and so not left to a template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from newsdedup.model.report import EditKind
from newsdedup.writers.rows import Piece, Row
from newsdedup.writers.wording import name_of_edit, visible

_TITLES = {kind: name_of_edit(kind) for kind in EditKind}


def table_rows(rows: Iterable[Row], anchor: str) -> Markup:
    """Rows of two cells, the canonical text and the variant; moves are linked to each other by ids after `anchor`."""
    return Markup("".join([_table_row(row, anchor) for row in rows]))  # noqa: S704  # all text in it is escaped


def _table_row(row: Row, anchor: str) -> str:
    if not row.changed:
        text = row.old
        cell = f'{_blank(text)}" dir="auto">{_escaped(text.rstrip())}</td>'
        return f'<tr class="same"><td class="old{cell}<td class="new{cell}</tr>\n'
    old = _cell([(piece.old, piece) for piece in row.pieces], "del", anchor)
    new = _cell([(piece.new, piece) for piece in row.pieces], "ins", anchor)
    return (
        f'<tr><td class="old{_blank(row.old)}" dir="auto">{old}</td>'
        f'<td class="new{_blank(row.new)}" dir="auto">{new}</td></tr>\n'
    )


def _blank(text: str) -> str:
    return "" if text.strip() else " none"


def _cell(side: Sequence[tuple[str, Piece]], tag: str, anchor: str) -> str:
    """One side of a changed row; white space at its end is left out."""
    last = len(side) - 1
    parts: list[str] = []
    for i, (text, piece) in enumerate(side):
        if piece.kind is None:
            parts.append(_escaped(text.rstrip() if i == last else text))
        elif text:
            body = text.rstrip("\n") if text.strip() else text
            parts.append(f'<{tag} class="k-{piece.kind.value}" title="{_TITLES[piece.kind]}"')
            parts.append(">" if piece.move is None else _move_link(piece.move, tag, anchor))
            parts += [_marked(body), f"</{tag}>"]
            if i != last:
                parts.append(text[len(body) :])
    return "".join(parts)


def _move_link(move: int, tag: str, anchor: str) -> str:
    own, other, title, arrow = (
        ("old", "new", "see where it went", "⇢") if tag == "del" else ("new", "old", "see where it was", "⇠")
    )
    return (
        f' id="{anchor}m{move}{own}"><a class="move" href="#{anchor}m{move}{other}" title="{title}">'
        f"moved&#160;{move}&#160;{arrow}</a> "
    )


def _marked(text: str) -> str:
    """Changed text, escaped, its line ends shown where there is nothing else to see."""
    return _escaped(text) if text.strip() else _escaped(text).replace("\n", "¶")


def _escaped(text: str) -> str:
    return str(escape(visible(text)))
