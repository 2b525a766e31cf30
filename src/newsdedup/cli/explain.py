"""`newsdedup explain`: why two articles were matched, or were not."""

# ruff: noqa: PLC0415  # what draws is imported when the command runs, so that help is quick

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsdedup import wiring
from newsdedup.cli.options import config_options
from newsdedup.cli.shell import Shell, with_shell
from newsdedup.config.flags import assignment

if TYPE_CHECKING:
    from rich.console import Console


@click.command()
@click.argument("a", type=click.Path())
@click.argument("b", type=click.Path())
@click.option("--in", "inside", multiple=True, metavar="PATH", help="A corpus that holds A and B; may be repeated.")
@config_options
@with_shell
def explain(
    shell: Shell, *, a: str, b: str, inside: tuple[str, ...], config_file: Path | None, assignments: tuple[str, ...]
) -> None:
    """Show why two articles are one story, or are not.

    A and B are files or, with --in, ids of articles in that corpus.
    """
    from newsdedup.stages.waterfall import lsh_miss_chance, waterfall
    from newsdedup.writers.forms import evidence_form, facts_form, tests_form
    from newsdedup.writers.terminal import show_match, show_no_match, show_waterfall
    from newsdedup.writers.wording import evidence_in_words, lsh_in_words, proposal_in_words

    config = wiring.configure(config_file, map(assignment, assignments))
    found = wiring.compare_two(a, b, inside, config.plan)
    fall = waterfall(found.evidence, config.plan.verify.weights)
    missed = lsh_miss_chance(found.evidence.jaccard, config.plan.sketch)
    data = {
        "a": found.a.id,
        "b": found.b.id,
        "relation": found.match.relation.value if found.match else None,
        "probability": found.probability,
        "tests": tests_form(found.tests),
        "lsh_miss_chance": round(missed, 4),
        **evidence_form(found.evidence),
        "facts": facts_form(found.facts),
        "base": round(fall.base, 3),
        "contributions": [
            {
                "feature": part.feature,
                "value": round(part.value, 4),
                "contribution": round(part.log_odds, 3),
                "meaning": part.meaning,
            }
            for part in fall.contributions
        ],
        "passages": [{"a": list(p.a_span), "b": list(p.b_span), "text": p.text} for p in found.passages],
    }

    def draw(console: Console) -> None:
        lsh = lsh_in_words(found.evidence.jaccard, missed)
        if found.match:
            show_match(found.match, found.facts, found.passages, console, more=[lsh])
        else:
            said = evidence_in_words(found.evidence, found.facts, None)
            show_no_match(found.probability, [*said, proposal_in_words(found.tests), lsh], console)
        if abs(fall.probability - found.probability) < 0.01:  # else a rule decided: equal texts, or too short ones
            show_waterfall(fall, console)

    shell.draw(draw, data)
