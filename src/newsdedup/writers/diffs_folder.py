"""diffs/: one file for each variant, with its changes to the canonical article marked word by word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from newsdedup.model.article import Article
from newsdedup.model.match import Match
from newsdedup.model.report import Edit, Entry, Link, Report
from newsdedup.writers.names import file_names
from newsdedup.writers.rows import Hunk, Piece, Row, hunks_of, rows_of
from newsdedup.writers.wording import count_edits, name_of_edit, visible, visible_line

_WIDTH = 160
_CONTEXT = 1


class DiffsFolder:
    """Writes diffs/."""

    texts = True

    def renderer(self, _report: Report) -> Callable[[Entry], dict[str, bytes]]:
        return _diffs

    def begin(self, folder: Path, report: Report) -> None:
        self._folder = folder / "diffs"
        self._folder.mkdir()
        self._names = file_names(
            (member for c in report.clusters for member in c.members if member != c.canonical), ".diff"
        )

    def entry(self, rendered: dict[str, bytes]) -> None:
        for variant_id, content in rendered.items():
            (self._folder / self._names[variant_id]).write_bytes(content)

    def link(self, link: Link) -> None:
        """Articles that are only linked have no diff."""

    def end(self) -> None:
        """Each file was closed when it was written."""


def _diffs(entry: Entry) -> dict[str, bytes]:
    """What the file of each variant holds, by the variant's id."""
    return {
        variant.article.id: diff_text(entry.canonical, variant.article, variant.edits, variant.match).encode(
            "utf-8", "backslashreplace"
        )
        for variant in entry.variants
        if variant.edits is not None
    }


def diff_text(canonical: Article, variant: Article, edits: tuple[Edit, ...], match: Match | None = None) -> str:
    """A diff to be read: `-` a line cut, `+` a line added, `~` a line with [-old-]{+new+} words in it.

    It is headed by what the match says. A line end that was changed stands as ¶. The numbers after @@ are the first
    line and how many there are, as in any unified diff; lines that are long paragraphs are cut into sentences.
    """
    return "".join([f"{line.rstrip(' ')}\n" for line in _lines(canonical, variant, edits, match)])


def _lines(canonical: Article, variant: Article, edits: tuple[Edit, ...], match: Match | None) -> Iterator[str]:
    yield f"--- {visible_line(canonical.id)}"
    yield f"+++ {visible_line(variant.id)}"
    counted = ", ".join(f"{n} {name_of_edit(kind, n)}" for kind, n in count_edits(edits)) or "no edits"
    verdict = f"{match.relation.value}, probability {match.probability:.2f}: " if match else ""
    yield f"# {verdict}{counted}"
    for hunk in hunks_of(rows_of(canonical.text, edits, _WIDTH), _CONTEXT):
        if hunk.rows:
            yield _place(hunk)
            for row in hunk.rows:
                yield from _row_lines(row)


def _place(hunk: Hunk) -> str:
    first = hunk.rows[0]
    old = _count_lines("".join([row.old for row in hunk.rows]))
    new = _count_lines("".join([row.new for row in hunk.rows]))
    return f"@@ -{first.old_line},{old} +{first.new_line},{new} @@"


def _count_lines(text: str) -> int:
    return text.count("\n") + (not text.endswith("\n") if text else 0)


def _row_lines(row: Row) -> Iterator[str]:
    if not row.changed:
        yield from [f"  {line}" for line in visible(row.old).split("\n") if line.strip()]
        return
    sign = "-" if not row.new else "+" if not row.old else "~"
    whole = len(row.pieces) == 1 and sign != "~" and row.pieces[0].move is None
    text = row.old + row.new if whole else "".join(map(_marked, row.pieces))
    yield from [f"{sign} {line}" for line in visible(text).rstrip("\n").split("\n")]


def _marked(piece: Piece) -> str:
    if piece.kind is None:
        return piece.old
    moved = "" if piece.move is None else f"moved {piece.move}: "
    old = f"[-{moved}{_one_line(piece.old)}-]" if piece.old else ""
    new = f"{{+{moved}{_one_line(piece.new)}+}}" if piece.new else ""
    return old + new


def _one_line(text: str) -> str:
    """Line ends within a mark as ¶; one that only ends it is left to the line."""
    inner = text.rstrip("\n") if text.strip() else text
    return inner.replace("\r\n", "\n").replace("\n", "¶")
