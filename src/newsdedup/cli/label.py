"""`newsdedup label`: the pairs that teach most, shown and answered in the terminal."""

# ruff: noqa: PLC0415  # what draws is imported when the command runs, so that help is quick

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsdedup import wiring
from newsdedup.cli.options import FILE, config_options
from newsdedup.cli.shell import Shell, with_shell
from newsdedup.config.flags import assignment

if TYPE_CHECKING:  # it leads to numpy
    from newsdedup.model.article import Article

_LABELS = {"c": "copy", "r": "revision", "e": "excerpt", "t": "template", "d": "different"}
_VIEW, _SKIP, _QUIT = "v", "s", "q"
_PROMPT = "[c]opy [r]evision [e]xcerpt [t]emplate [d]ifferent (capital: sure), [v]iew [s]kip [q]uit? "


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path())
@click.option("--out", required=True, type=FILE, metavar="FILE", help="The file of labels (JSONL) to add to.")
@click.option("--n", "count", type=click.IntRange(1), default=20, metavar="N", help="Pairs to show; 20 unless given.")
@config_options
@with_shell
def label(
    shell: Shell,
    *,
    paths: tuple[str, ...],
    out: Path,
    count: int,
    config_file: Path | None,
    assignments: tuple[str, ...],
) -> None:
    """Label the pairs in PATH... that teach most.

    Each is answered with a letter, a capital if you are sure, and kept in FILE at once; pairs that FILE holds are not
    shown again. A copy differs in trifles, a revision is the same report filed again (updated, corrected, cut,
    expanded), an excerpt another story that shares passages, a template another story in the same form; all else is
    different. v shows the pair the other way: word by word, or side by side.
    """
    from newsdedup.evaluation.truth import LabelledPair
    from newsdedup.tuning.answers import keep_answer

    config = wiring.configure(config_file, map(assignment, assignments))
    with shell.progress() as progress:
        questions = wiring.questions(paths, out, count, config, progress=progress)
    answers: Counter[str] = Counter()
    for number, (a, b) in enumerate(questions, 1):
        click.echo(f"\n{number} of {len(questions)}", err=True)
        answer = _answer(a, b)
        if answer == _QUIT:
            break
        name = _LABELS.get(answer.lower(), "skipped")
        if answer != _SKIP:
            keep_answer(out, LabelledPair(a.id, b.id, name, sure=answer.isupper()))
        answers[name] += 1
    counts = {name: answers[name] for name in (*_LABELS.values(), "skipped") if answers[name]}
    told = ", ".join(f"{n} {name}" for name, n in counts.items()) or "none"
    shell.result(f"answered: {told}\nlabels:   {out}", {"file": str(out), "shown": len(questions), "answered": counts})


def _answer(a: Article, b: Article) -> str:
    """Show a pair until it is answered: a letter of _LABELS, as it was given, or _SKIP or _QUIT."""
    from rich.console import Console

    from newsdedup.stages.diff.edits import diff
    from newsdedup.writers.terminal import show_diff, show_side_by_side

    console = Console(stderr=True, highlight=False)
    edits = diff(a, b)
    kept = len(a.text) - sum(stop - start for start, stop in (edit.canonical_span for edit in edits))
    word_by_word = 2 * kept >= len(a.text)  # else a diff is a thicket
    while True:
        if word_by_word:
            show_diff(a, b, edits, console)
        else:
            show_side_by_side(a, b, console)
        while (key := _key()).lower() not in {*_LABELS, _VIEW, _SKIP, _QUIT}:
            pass
        if key.lower() != _VIEW:
            return key if key.lower() in _LABELS else key.lower()
        word_by_word = not word_by_word


def _key() -> str:
    """The next key of the terminal, or the first letter of the next line where there is none; _QUIT at the end."""
    click.echo(_PROMPT, err=True, nl=False)
    if not sys.stdin.isatty():
        line = sys.stdin.readline()
        click.echo(err=True)
        return line.strip()[:1] if line else _QUIT
    try:
        key = click.getchar()
    except EOFError:
        key = _QUIT
    click.echo(key, err=True)
    return key
