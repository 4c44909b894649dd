"""What is written in a panel: the years and numbers at its axes, the values and changes at its points."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.charts import looks
from desktop.charts.fonts import families
from desktop.charts.labels import SIZES, Box, Label, place
from desktop.charts.looks import Colours
from desktop.charts.series import Line, Panel, Point, SeriesData, runs
from desktop.text import say_in

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DIGIT = 0.072  # inches of a digit at an axis
SMALL = 8.0  # points of the numbers at an axis
LABELLED = 3  # lines whose points carry their values; of more, they are told by hovering
AT_AXIS, AT_POINT, RULE = "axis", "point", "rule"
"""What texts and lines are labelled, to be told apart."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A panel on its axes: each point of its lines with the height at which it stands there."""

    axes: Axes
    panel: Panel
    spots: tuple[tuple[Line, Point, float], ...]


class Pen:
    """Writes texts in a panel; those of the last chart are written over, which is sooner than to make new ones."""

    def __init__(self, axes: Axes, family: str) -> None:
        self._axes, self._family, self._spare = axes, family, list(reversed(axes.texts))

    def write(
        self, x: float, y: float, words: str, transform: Any, *, ha: str, va: str, size: float, colour: str, label: str
    ) -> None:
        """Write words at a place of the transform's coordinates."""
        look = {"ha": ha, "va": va, "fontsize": size, "color": colour, "transform": transform, "label": label}
        if self._spare:
            self._spare.pop().update({"x": x, "y": y, "text": words, **look})
        else:
            self._axes.text(x, y, words, family=self._family, parse_math=False, zorder=4, **look)

    def rest(self) -> None:
        """Take away what was written before and not written over."""
        for old in self._spare:
            old.remove()


def write_numbers(drawn: Drawn, series: SeriesData, colours: Colours) -> None:
    """Write all numbers of a panel anew for the part of it that is in view."""
    axes = drawn.axes
    for old in [artist for artist in axes.collections if artist.get_label() == RULE]:
        old.remove()
    pen = Pen(axes, families(series.language)[0])
    _write_years(drawn, series, colours, pen)
    _write_heights(drawn, colours, pen)
    if len(drawn.panel.lines) <= LABELLED:
        _write_labels(drawn, series.language, colours, pen)
    pen.rest()


def _write_years(drawn: Drawn, series: SeriesData, colours: Colours, pen: Pen) -> None:
    """Write the years, as many as there is room for, and under each how many districts stand behind its quartiles."""
    from matplotlib.transforms import ScaledTranslation

    axes, (left, right) = drawn.axes, drawn.axes.get_xlim()
    years = [year for year in series.years if left <= year <= right]
    behind = {spread.year: f"({spread.districts})" for spread in drawn.panel.spreads}
    wide = max([4, *(len(count) - 1 for count in behind.values())]) * DIGIT + 0.1
    every = max(1, math.ceil((right - left) * wide / (axes.bbox.width / axes.figure.dpi)))
    below = axes.get_xaxis_transform() + ScaledTranslation(0, -SMALL / 72, axes.figure.dpi_scale_trans)
    for year in years[::-every]:  # the last one is told in any case
        words = f"{year}\n{behind[year]}" if year in behind else str(year)
        pen.write(year, 0, words, below, ha="center", va="top", size=SMALL, colour=colours.muted, label=AT_AXIS)


def _write_heights(drawn: Drawn, colours: Colours, pen: Pen) -> None:
    """Write the numbers at the y axis, and draw a rule at each."""
    from matplotlib.collections import LineCollection
    from matplotlib.ticker import MaxNLocator
    from matplotlib.transforms import ScaledTranslation

    axes, panel, (low, high) = drawn.axes, drawn.panel, drawn.axes.get_ylim()
    stated = [point.value for line in panel.lines for point in line.points if point.value is not None]
    # The room above 100% is for labels only.
    top = 100.0 if panel.indicator.kind == "percent" and max(stated, default=0.0) <= 100 < high else high
    whole = panel.indicator.kind == "count"
    found = MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10], integer=whole).tick_values(low, top)
    heights = [float(y) for y in found if low <= y <= top]
    beside = axes.get_yaxis_transform() + ScaledTranslation(-6 / 72, 0, axes.figure.dpi_scale_trans)
    for y in heights:
        words = f"{round(y, 9):,.10g}"
        pen.write(
            0, y, words, beside, ha="right", va="center_baseline", size=SMALL, colour=colours.muted, label=AT_AXIS
        )
    rules = LineCollection(
        [[(0, y), (1, y)] for y in heights], transform=axes.get_yaxis_transform(), colors=colours.grid, linewidths=0.8,
        zorder=0.6, label=RULE,
    )  # fmt: skip
    axes.add_collection(rules, autolim=False)


def _write_labels(drawn: Drawn, language: str, colours: Colours, pen: Pen) -> None:
    """Write values and changes at the points in view anew, where there is room for them."""
    from matplotlib.transforms import ScaledTranslation

    axes, lines, inches = drawn.axes, drawn.panel.lines, drawn.axes.figure.dpi_scale_trans
    per_point = axes.figure.dpi / 72
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    across, up = axes.bbox.width / per_point / (right - left), axes.bbox.height / per_point / (high - low)
    at = [((p.year - left) * across, (y - low) * up) for _, p, y in drawn.spots]
    factor = looks.scale(drawn.panel, language)[0]
    labels = [
        Label(n, at[n], f"{looks.APPROX[p.approx]}{p.value / factor:,.6g}", _change(line, p, language))
        for n, (line, p, y) in enumerate(drawn.spots)
        if p.value is not None and left <= p.year <= right and low <= y <= high
    ]
    # Of what finds no room, the latest years are missed most.
    labels.sort(key=lambda label: -drawn.spots[label.key][1].year)
    room = Box(-0.4 * across, 0.0, (right - left + 0.4) * across, (high - low) * up + 8)
    medians = [
        [((s.year - left) * across, (s.median / factor - low) * up) for s in run] for run in runs(drawn.panel.spreads)
    ]
    placed = place(labels, [*_strokes(drawn, at), *medians], room, sure=len(lines) == 1)
    for text in sorted(placed, key=lambda text: (text.key, text.small)):
        line, point, y = drawn.spots[text.key]
        colour = colours.muted if text.small else colours.text if len(lines) == 1 else _ink(line, colours)
        moved = ScaledTranslation(text.offset[0] / 72, text.offset[1] / 72, inches)
        look: dict[str, Any] = {"va": "bottom", "size": SIZES[text.small], "colour": colour, "label": AT_POINT}
        pen.write(point.year, y, text.text, axes.transData + moved, ha=text.side, **look)


def _ink(line: Line, colours: Colours) -> str:
    return str(looks.line_look(line.place, colours)["color"])


def _strokes(drawn: Drawn, at: list[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    """Yield the unbroken runs of the lines, in points."""
    run: list[tuple[float, float]] = []
    before: tuple[Line, Point] | None = None
    for (line, point, _), place_of in zip(drawn.spots, at, strict=True):
        if before is None or before[0] is not line or before[1].year + 1 != point.year:
            yield run
            run = []
        if point.value is not None:
            run.append(place_of)
            before = line, point
    yield run


def _change(line: Line, point: Point, language: str) -> str:
    change = line.change(point)
    if change is None:
        return ""
    message = "chart_points" if line.indicator.kind == "percent" else "chart_share"
    return say_in(language, message if change else "chart_same", change=change)
