"""`newsdedup index`: an index made, changed and looked at."""

# ruff: noqa: PLC0415  # what a command needs is imported when it runs, so that help is quick

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsdedup import wiring, wiring_index
from newsdedup.cli.clock import now
from newsdedup.cli.options import config_options
from newsdedup.cli.paths import input_paths, listed
from newsdedup.cli.shell import Shell, with_shell
from newsdedup.cli.times import moment
from newsdedup.config.flags import Flag, assignment

if TYPE_CHECKING:
    from newsdedup.stores.interface import Filter

INDEX = click.argument("name", metavar="INDEX", type=click.Path())


@click.group()
def index() -> None:
    """Keep an index of articles to check deliveries against.

    INDEX is a file, or redis://HOST:PORT/DB?name=NAME for one that several machines share.
    """


@index.command()
@INDEX
@click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path(allow_dash=True))
@click.option(
    "--files-from", metavar="FILE", type=click.Path(allow_dash=True), help="Also add the paths that FILE lists."
)
@click.option("--no-text", is_flag=True, help="Keep no text that can be read; then there are no diffs.")
@click.option("--workers", type=int, metavar="N", help="Processes to use; one for each core unless given.")
@config_options
@with_shell
def add(
    shell: Shell,
    *,
    name: str,
    paths: tuple[str, ...],
    files_from: str | None,
    no_text: bool,
    workers: int | None,
    config_file: Path | None,
    assignments: tuple[str, ...],
) -> None:
    """Add articles; makes the index if there is none.

    All of them are added or, if it is interrupted, none. What the index has already stays as it is.
    """
    flags = [assignment(text) for text in assignments]
    if workers is not None:
        flags.append(Flag("--workers", "run.workers", str(workers)))
    config = wiring.configure(config_file, flags)
    inputs = input_paths(paths, files_from, none_listed=True)
    with shell.progress() as progress:
        done = wiring_index.index_add(
            name, inputs, config, text=False if no_text else None, stdin=sys.stdin.buffer, progress=progress
        )
    for skipped in () if shell.quiet else done.skipped:
        click.echo(f"newsdedup: skipped {skipped.origin}: {skipped.reason.value}, {skipped.detail}", err=True)
    text = f"Added {done.added:,} articles to {name}; {done.known:,} were known, {len(done.skipped):,} skipped."
    shell.result(text, {"added": done.added, "known": done.known, "skipped": len(done.skipped)})


@index.command()
@INDEX
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--ids-from", metavar="FILE", type=click.Path(allow_dash=True), help="Also the ids that FILE lists.")
@with_shell
def remove(shell: Shell, *, name: str, ids: tuple[str, ...], ids_from: str | None) -> None:
    """Take articles out by their ids.

    Text and particulars go at once; what is left of their keys leads nowhere, and goes with `prune`.
    """
    wanted = [*ids, *(listed(ids_from, "--ids-from") if ids_from else ())]
    if not wanted:
        raise click.UsageError("nothing to remove: give an ID.")
    done = wiring_index.index_remove(name, wanted)
    shell.result(f"Removed {done.removed:,} articles from {name}.", {"removed": done.removed})


@index.command()
@INDEX
@with_shell
def info(shell: Shell, *, name: str) -> None:
    """Show what an index holds and how it was built."""
    header, articles, size = wiring_index.index_info(name)
    data = {
        "index": name,
        "format": header.format,
        "articles": articles,
        "texts": header.text,
        "bytes": size,
        "params": header.params,
    }
    params = ", ".join(f"{s}.{k}={json.dumps(v)}" for s, values in header.params.items() for k, v in values.items())
    rows = {
        "articles": f"{articles:,}",
        "texts": "kept" if header.text else "not kept",
        "size": "" if size is None else f"{size:,} bytes",
        "format": str(header.format),
        "params": params,
    }
    shell.result("\n".join(f"{key:9} {value}" for key, value in rows.items() if value), data)


@index.command()
@INDEX
@click.argument("ids", nargs=-1, metavar="ID...", required=True)
@with_shell
def query(shell: Shell, *, name: str, ids: tuple[str, ...]) -> None:
    """Show what an index knows of articles.

    `newsdedup check` compares; this only looks up ids.
    """
    from newsdedup.indexing import ref_of
    from newsdedup.writers.forms import ref_form
    from newsdedup.writers.wording import visible_line, when

    refs = [ref_of(row) for row in wiring_index.index_query(name, ids)]
    missing = [own for own in ids if own not in {ref.id for ref in refs}]
    lines = [
        f"{visible_line(ref.id)}: {visible_line(ref.title)} ({visible_line(str(ref.origin))},"
        f" {when(ref.published) or 'undated'}, {ref.words:,} words, {ref.status.value})"
        for ref in refs
    ]
    lines += [f"{visible_line(own)}: not in {name}" for own in missing]
    shell.result("\n".join(lines), {"articles": [ref_form(ref) for ref in refs], "missing": missing})


@index.command()
@INDEX
@with_shell
def verify(shell: Shell, *, name: str) -> None:
    """Read all of an index and see that it is sound."""
    articles = wiring_index.index_verify(name)
    shell.result(f"{name} is sound: {articles:,} articles.", {"sound": True, "articles": articles})


@index.command()
@INDEX
@click.option("--older-than", metavar="DATE", help="Take out what was published before DATE, or longer than 90d ago.")
@click.option("--publisher", multiple=True, metavar="NAME", help="Take out what NAME published; may be repeated.")
@click.option("--status", multiple=True, metavar="NAME", help="Take out what is canceled, withheld, embargoed, ...")
@with_shell
def prune(
    shell: Shell, *, name: str, older_than: str | None, publisher: tuple[str, ...], status: tuple[str, ...]
) -> None:
    """Take out old articles and free the room.

    Of what is given all must hold. Without an option only what `remove` left behind goes.
    """
    done = wiring_index.index_prune(name, _filter(older_than, publisher, status))
    shell.result(f"Removed {done.removed:,} articles from {name}.", {"removed": done.removed})


def _filter(older_than: str | None, publisher: tuple[str, ...], status: tuple[str, ...]) -> Filter | None:
    from newsdedup.model.article import Status
    from newsdedup.model.catalog import STATUSES
    from newsdedup.stores.interface import Filter

    if not (older_than or publisher or status):
        return None
    known = [one.value for one in Status]
    for one in status:
        if one not in known:
            raise click.BadParameter(f'"{one}" is none of {", ".join(known)}', param_hint="--status")
    return Filter(
        before=moment(older_than, "--older-than", now()) if older_than else None,
        publishers=frozenset(publisher),
        statuses=frozenset(STATUSES.index(Status(one)) for one in status),
    )


@index.command()
@INDEX
@click.argument("others", nargs=-1, required=True, metavar="OTHER...", type=click.Path())
@with_shell
def merge(shell: Shell, *, name: str, others: tuple[str, ...]) -> None:
    """Add the articles of other indexes.

    They must have been built with the same parameters. What INDEX has already stays as it is.
    """
    with shell.progress() as progress:
        done = wiring_index.index_merge(name, others, progress)
    text = f"Added {done.added:,} articles to {name}; {done.known:,} were known."
    shell.result(text, {"added": done.added, "known": done.known})
