"""Diffs and evidence in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from newsdedup.model.article import Article
from newsdedup.model.match import Match
from newsdedup.model.report import Edit, EditKind, Facts, Passage
from newsdedup.stages.waterfall import Waterfall
from newsdedup.writers.bars import running_bars
from newsdedup.writers.diffs_folder import diff_text
from newsdedup.writers.rows import Piece, hunks_of, rows_of
from newsdedup.writers.wording import (
    count,
    count_edits,
    match_in_words,
    meaning_of_relation,
    name_of_edit,
    name_of_relation,
    percent,
    visible,
    visible_line,
    when,
)

_WIDTH = 400
_BAR_WIDTH = 32
_MAX_PASSAGES = 5
_MAX_PASSAGE_CHARS = 600


def show_diff(canonical: Article, variant: Article, edits: tuple[Edit, ...], console: Console) -> None:
    """Print what the variant changes, in colour; with [-old-]{+new+} marks where there is no colour."""
    if console.no_color or console.color_system is None:
        _print(console, Text(diff_text(canonical, variant, edits).rstrip("\n")))
        return
    _print(console, Text.assemble(("- ", "red"), visible_line(canonical.id)))
    _print(console, Text.assemble(("+ ", "green"), visible_line(variant.id)))
    counted = ", ".join(f"{n} {name_of_edit(kind, n)}" for kind, n in count_edits(edits))
    _print(console, Text(counted or "The texts are the same.", "dim"))
    for hunk in hunks_of(rows_of(canonical.text, edits, _WIDTH), context=1):
        if hunk.unchanged:
            _print(console, Text(f"… {count(hunk.unchanged, 'unchanged paragraph')}", "dim italic"))
        for row in hunk.rows:
            text = Text.assemble(*(styled for piece in row.pieces for styled in _styled(piece)))
            text.rstrip()
            _print(console, text)
            _print(console, Text())


def show_match(
    match: Match, facts: Facts, passages: Sequence[Passage], console: Console, more: Sequence[str] = ()
) -> None:
    """Print what two articles are to each other, why, with `more` sentences on that, and the passages they share."""
    _print(
        console,
        Text.assemble(
            (name_of_relation(match.relation), "bold"), f" ({percent(match.probability)} likely to be one story)"
        ),
    )
    _print(console, Text.assemble("  a  ", (visible_line(match.a), "cyan")))
    _print(console, Text.assemble("  b  ", (visible_line(match.b), "cyan")))
    _print(console, Text(meaning_of_relation(match.relation), "italic"))
    for sentence in (*match_in_words(match, facts, "a", "b"), *more):
        _print(console, Text(f"  · {sentence}"))
    if passages:
        _print(console, Text(f"{count(len(passages), 'shared passage')}:", "bold"))
    for passage in passages[:_MAX_PASSAGES]:
        text = visible_line(passage.text)
        cut = text if len(text) <= _MAX_PASSAGE_CHARS else text[:_MAX_PASSAGE_CHARS].rstrip() + " …"
        _print(console, Text(f"  “{cut}”", "dim"))
    if len(passages) > _MAX_PASSAGES:
        _print(console, Text(f"  … and {len(passages) - _MAX_PASSAGES} more", "dim italic"))


def show_side_by_side(a: Article, b: Article, console: Console) -> None:
    """Print two articles beside each other, each with what is known of it."""
    table = Table.grid(Column(ratio=1), Column(ratio=1), padding=(0, 2), expand=True)
    table.add_row(*(Text(visible_line(article.id), "cyan") for article in (a, b)))
    table.add_row(*(Text(visible_line(_filing(article)), "bold") for article in (a, b)))
    table.add_row(*(Text(visible(article.text)) for article in (a, b)))
    console.print(table)


def show_no_match(probability: float, sentences: Sequence[str], console: Console) -> None:
    """Print that two articles are no match, and what was measured of them."""
    _print(console, Text.assemble(("Not matched", "bold"), f" ({percent(probability)} likely to be one story)"))
    for sentence in sentences:
        _print(console, Text(f"  · {sentence}"))


def show_waterfall(fall: Waterfall, console: Console) -> None:
    """Print what each feature did to the log-odds of one story, from those of a typical pair to those of this one."""
    _print(console, Text("For and against one story, in log-odds:", "bold"))
    _print(console, Text(f"  {fall.base:+6.2f}  {'':{_BAR_WIDTH}}  a typical pair"))
    bars = running_bars(fall.base, [part.log_odds for part in fall.contributions], _BAR_WIDTH)
    for part, (before, bar, behind) in zip(fall.contributions, bars, strict=True):
        _print(
            console,
            Text.assemble(
                f"  {part.log_odds:+6.2f}  {before}",
                (bar, "green" if part.log_odds > 0 else "red"),
                f"{behind}  {part.meaning} ",
                (f"({part.feature} {part.value:.2f})", "dim"),
            ),
        )
    _print(console, Text(f"  {fall.log_odds:+6.2f}  {'':{_BAR_WIDTH}}  this pair: {percent(fall.probability)}", "bold"))


def _filing(article: Article) -> str:
    return " · ".join(part for part in (article.title, article.publisher, when(article.published)) if part)


def _styled(piece: Piece) -> list[tuple[str, str]]:
    if piece.kind is None:
        return [(visible(piece.old), "")]
    if piece.kind is EditKind.MOVED:
        return [(f"⇅{piece.move} ", "magenta"), (_mark(piece.old), "magenta strike"), (_mark(piece.new), "magenta")]
    return [(_mark(piece.old), "red strike"), (_mark(piece.new), "green")]


def _mark(text: str) -> str:
    return visible(text) if text.strip() else visible(text).replace("\n", "¶\n")


def _print(console: Console, text: Text) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
