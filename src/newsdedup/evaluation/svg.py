"""A square plot of two shares as SVG that needs nothing else: paper, grid, scales, and marks at places in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

WIDTH, HEIGHT = 640, 690
_LEFT, _TOP, _SIDE = 80, 92, 500

INK, MUTED, GRID = "#1c2430", "#667080", "#e4e8ee"
BLUE, ORANGE = "#1f5fbf", "#d9730d"

XY = tuple[float, float]
"""Two shares, 0.0 .. 1.0, from the lower left corner."""


def at(x: float, y: float) -> XY:
    """Where a place in the plot is on the paper, in pixels from the upper left corner."""
    return round(_LEFT + x * _SIDE, 2), round(_TOP + (1 - y) * _SIDE, 2)


def text(place: XY, words: str, *, anchor: str = "start", size: int = 13, colour: str = INK, bold: bool = False) -> str:
    """Words at a place on the paper."""
    x, y = place
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="{size}" fill="{colour}"{weight}>'
        f"{escape(words)}</text>"
    )


def line(points: Sequence[XY], colour: str, *, width: float = 2, dashes: str = "") -> str:
    """A line through places in the plot."""
    path = " ".join(f"{x:g},{y:g}" for x, y in (at(*point) for point in points))
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}"'
        f' stroke-linejoin="round" stroke-linecap="round"{dashed}/>'
    )


def dot(point: XY, radius: float, colour: str, *, said: str) -> str:
    """A disc at a place in the plot; `said` is shown where the pointer rests on it."""
    x, y = at(*point)
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="{radius:.1f}" fill="{colour}" stroke="#fff" stroke-width="1.5">'
        f"<title>{escape(said)}</title></circle>"
    )


def plot(title: str, subtitle: str, x_name: str, y_name: str, key: str, marks: Iterable[str]) -> str:
    """The whole picture; `key` says below it what the marks are, of which later ones lie above earlier ones."""
    middle = _TOP + _SIDE / 2
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
            f'role="img" aria-label="{escape(title)}: {escape(subtitle)}" '
            'font-family="system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif">'
        ),
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        text((_LEFT, 40), title, size=20, bold=True),
        text((_LEFT, 64), subtitle, colour=MUTED),
        *_scales(),
        text((_LEFT + _SIDE / 2, _TOP + _SIDE + 48), x_name, anchor="middle", size=14),
        f'<g transform="rotate(-90 28 {middle:g})">{text((28, middle), y_name, anchor="middle", size=14)}</g>',
        text((_LEFT + _SIDE / 2, _TOP + _SIDE + 80), key, anchor="middle", size=12, colour=MUTED),
        *marks,
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _scales() -> Iterable[str]:
    for tick in range(0, 11, 2):
        share = tick / 10
        yield line([(share, 0), (share, 1)], GRID, width=1)
        yield line([(0, share), (1, share)], GRID, width=1)
        x, y = at(share, 0)
        yield text((x, y + 22), f"{share:.1f}", anchor="middle", colour=MUTED)
        x, y = at(0, share)
        yield text((x - 10, y + 4.5), f"{share:.1f}", anchor="end", colour=MUTED)
