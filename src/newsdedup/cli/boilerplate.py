"""`newsdedup boilerplate`: what publishers print around their stories."""

# ruff: noqa: PLC0415  # what words the result is imported when a command runs, so that help is quick

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsdedup import wiring
from newsdedup.cli.options import config_options
from newsdedup.cli.shell import Shell, with_shell
from newsdedup.config.flags import assignment

if TYPE_CHECKING:  # it loads numpy
    from newsdedup.boilerplate import Explained, Learned, Part

PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path())


@click.group()
def boilerplate() -> None:
    """Show what publishers print around their stories.

    It is learned from their articles: lines that many of them hold which are different stories otherwise. It counts
    for nothing when articles are compared, and is never cut from what is written out.
    """


@boilerplate.command("list")
@PATHS
@config_options
@with_shell
def list_(shell: Shell, *, paths: tuple[str, ...], config_file: Path | None, assignments: tuple[str, ...]) -> None:
    """List the lines that each publisher in PATH... repeats.

    Before each stands in how many articles it was found; of a publisher that has more, a thousand are looked at.
    """
    config = wiring.configure(config_file, map(assignment, assignments))
    with shell.progress() as progress:
        found = wiring.learned_lines(paths, config, progress=progress)
    data = [
        {
            "publisher": learned.publisher,
            "articles": learned.articles,
            "lines": [{"text": line.text, "articles": line.articles} for line in learned.lines],
        }
        for learned in found
    ]
    shell.result(_listed(found), {"publishers": data})


@boilerplate.command()
@PATHS
@click.option("--article", required=True, metavar="ID", help="Which article, by the id that a report gives it.")
@config_options
@with_shell
def explain(
    shell: Shell, *, paths: tuple[str, ...], article: str, config_file: Path | None, assignments: tuple[str, ...]
) -> None:
    """Show what counts for little in an article, and why.

    What was learned of its publisher counts for nothing when articles are compared, and neither do credits; known
    phrases count. None of these is a passage that articles share, or a change of a story in a diff.
    """
    config = wiring.configure(config_file, map(assignment, assignments))
    with shell.progress() as progress:
        found = wiring.explain_article(paths, article, config, progress=progress)
    data = {
        "article": found.article,
        "publisher": found.publisher,
        "learned_from": found.read,
        "words": found.words,
        "compared_words": found.left,
        "parts": [
            {"span": list(part.span), "text": part.text, "why": part.why.value, "articles": part.articles or None}
            for part in found.parts
        ],
    }
    shell.result(_explained(found), data)


def _listed(found: tuple[Learned, ...]) -> str:
    from newsdedup.writers.wording import count, visible_line

    if not any(learned.lines for learned in found):
        return f"No lines that stories repeat were found ({count(len(found), 'publisher')} with enough articles)."
    blocks = []
    for learned in found:
        if learned.lines:
            head = f"{visible_line(learned.publisher)}, {count(learned.articles, 'article')}"
            lines = (f"{line.articles:7,}  {visible_line(line.text)}" for line in learned.lines)
            blocks.append("\n".join((head, *lines)))
    return "\n\n".join(blocks)


def _explained(found: Explained) -> str:
    from newsdedup.writers.wording import count, visible_line

    name = visible_line(found.article)
    lines = [f"{name}: compared by {found.left:,} of {count(found.words, 'word')}"]
    if not found.read:
        lines.append("Nothing was learned of its publisher: it has no name, or too few articles.")
    elif found.left == found.words and any(part.articles for part in found.parts):
        lines.append("Hardly any words would be left without what was learned, so it is compared by all.")
    lines += [f"{_reason(part, found)}: {visible_line(' '.join(part.text.split()))}" for part in found.parts]
    return "\n".join(lines)


def _reason(part: Part, found: Explained) -> str:
    from newsdedup.boilerplate import Why
    from newsdedup.writers.wording import visible_line

    match part.why:
        case Why.LEARNED:
            return f"in {part.articles:,} of {found.read:,} articles of {visible_line(found.publisher)}"
        case Why.CREDIT:
            return "a credit"
        case Why.PATTERN:
            return "a known phrase"
