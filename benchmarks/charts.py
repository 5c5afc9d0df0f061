"""Plots as SVG, written by hand: bars and lines over logarithmic scales.

They are read on light and on dark pages: the page shows through, and a style sheet inside the
picture asks for the reader's scheme.
"""

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, log10
from typing import NamedTuple

WIDTH = 760
ROW = 26  # height of a bar with its gap, in pixels
LEFT, RIGHT, TOP = 250, 110, 46  # what the labels take
PLOT_HEIGHT = 300

# Told apart also by those who see no red or no green (Okabe and Ito), on white and on black.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#999999")

STYLE = """\
text { font: 13px system-ui, sans-serif; fill: #24292f }
.title { font-weight: 600; font-size: 14px }
.small { font-size: 12px; fill: #57606a }
.grid { stroke: #d0d7de; stroke-width: 1 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .small { fill: #9198a1 }
  .grid { stroke: #3d444d }
}"""


class Bar(NamedTuple):
    """A bar: its name, its length, what is written behind it, and whether it is ours."""

    name: str
    value: float
    label: str
    ours: bool = False


def _svg(width: float, height: float, title: str, body: Sequence[str]) -> str:
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
            f'width="{width:.0f}" height="{height:.0f}" role="img" aria-label="{escape(title)}">',
            f"<style>\n{STYLE}\n</style>",
            _text(12, 24, title, "title"),
            *body,
            "</svg>\n",
        ]
    )


def _text(x: float, y: float, words: str, style: str = "", anchor: str = "start") -> str:
    kind = f' class="{style}"' if style else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{kind}>{escape(words)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="grid" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _powers(values: Sequence[float]) -> list[float]:
    """Powers of ten around positive values, two at least."""
    first, last = floor(log10(min(values))), ceil(log10(max(values)))
    return [10.0**power for power in range(first, max(last, first + 1) + 1)]


def bars(title: str, rows: Sequence[Bar], *, logarithmic: bool = True) -> str:
    """Horizontal bars, one below the other, from the first power of ten (or from nought)."""
    values = [row.value for row in rows]
    marks = _powers(values) if logarithmic else [0.0, max(values)]
    low, high = marks[0], marks[-1]
    width = WIDTH - LEFT - RIGHT

    def place(value: float) -> float:
        part = log10(value / low) / log10(high / low) if logarithmic else value / high
        return LEFT + width * part

    height = TOP + ROW * len(rows) + 12
    body = [_line(place(mark), TOP - 6, place(mark), height - 12) for mark in marks]
    for number, row in enumerate(rows):
        y = TOP + ROW * number
        colour = COLOURS[0] if row.ours else COLOURS[4]
        end = place(row.value)
        body.append(_text(LEFT - 8, y + 14, row.name, anchor="end"))
        body.append(
            f'<rect x="{LEFT}" y="{y + 2}" width="{max(end - LEFT, 1):.1f}" height="{ROW - 8}" '
            f'rx="2" fill="{colour}"/>'
        )
        body.append(_text(end + 6, y + 14, row.label, "small"))
    return _svg(WIDTH, height, title, body)


def curves(
    title: str,
    across: str,
    series: Mapping[str, Sequence[tuple[float, float]]],
    unit: str,
) -> str:
    """Lines over two logarithmic scales: a straight one at 45 degrees is linear growth.

    ``series`` holds (x, y) by name; ``across`` says what x is, ``unit`` what y is.
    """
    points = [point for line in series.values() for point in line]
    columns, rows = _powers([x for x, _ in points]), _powers([y for _, y in points])
    left, width = 70, WIDTH - 70 - 190
    bottom = TOP + PLOT_HEIGHT

    def place(x: float, y: float) -> tuple[float, float]:
        right = log10(x / columns[0]) / log10(columns[-1] / columns[0])
        up = log10(y / rows[0]) / log10(rows[-1] / rows[0])
        return left + width * right, bottom - PLOT_HEIGHT * up

    body: list[str] = []
    for mark in columns:
        x, _ = place(mark, rows[0])
        body += [_line(x, TOP, x, bottom), _text(x, bottom + 18, short(mark), "small", "middle")]
    for mark in rows:
        _, y = place(columns[0], mark)
        body += [
            _line(left, y, left + width, y),
            _text(left - 8, y + 4, short(mark), "small", "end"),
        ]
    names: list[tuple[float, str, str]] = []
    for number, (name, line) in enumerate(series.items()):
        colour = COLOURS[number % len(COLOURS)]
        spots = [place(x, y) for x, y in line]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        body.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        body += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in spots]
        names.append((spots[-1][1], name, colour))
    below = 0.0
    for y, name, colour in sorted(names):  # beside the ends of the lines, none over another
        y = below = max(y, below + 18)
        body.append(f'<circle cx="{left + width + 16}" cy="{y:.1f}" r="4" fill="{colour}"/>')
        body.append(_text(left + width + 26, y + 4, name))
    body.append(_text(left + width / 2, bottom + 38, f"{across} → {unit}", "small", "middle"))
    return _svg(WIDTH, bottom + 50, title, body)


def short(number: float) -> str:
    """A power of ten as people write it.

    >>> short(1000), short(1e7), short(0.01)
    ('1k', '10M', '0.01')
    """
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if number >= size:
            return f"{number / size:g}{letter}"
    return f"{number:g}"
