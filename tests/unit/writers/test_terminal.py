"""Diffs and evidence in a terminal."""

from __future__ import annotations

import io

from rich.console import Console

from newsdedup.writers.terminal import show_diff, show_match


def console(*, colour: bool) -> Console:
    return Console(
        file=io.StringIO(), force_terminal=colour, color_system="truecolor" if colour else None, no_color=not colour,
        width=80, legacy_windows=False, _environ={},
    )  # fmt: skip


def shown(console: Console) -> str:
    return console.file.getvalue()


def test_changes_are_coloured(report):
    terminal = console(colour=True)
    entry = report.entries[2]
    show_diff(entry.canonical, entry.variants[1].article, entry.variants[1].edits, terminal)
    assert "\x1b[9;31m1200\x1b[0m\x1b[32m1500\x1b[0m" in shown(terminal)


def test_changes_are_marked_where_there_is_no_colour(report):
    terminal = console(colour=False)
    entry = report.entries[2]
    show_diff(entry.canonical, entry.variants[1].article, entry.variants[1].edits, terminal)
    assert "[-1200-]{+1500+}" in shown(terminal)
    assert "\x1b" not in shown(terminal)


def test_nothing_in_a_text_reaches_the_terminal_as_a_command(report):
    for colour in (True, False):
        terminal = console(colour=colour)
        entry = report.entries[1]
        show_diff(entry.canonical, entry.variants[0].article, entry.variants[0].edits, terminal)
        assert "an escape ␛[31m" in shown(terminal)
        assert "<b>tags</b>" in shown(terminal)


def test_square_brackets_of_a_text_are_not_markup(report):
    link = report.links[0]
    terminal = console(colour=True)
    show_match(link.match, link.facts, link.passages, terminal)
    text = shown(terminal)
    assert "Shared passages" in text
    assert "Xi and Putin have met 42 times" in text
    assert "21% likely to be one story" in text
