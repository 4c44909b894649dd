"""A series onto a matplotlib Figure: small multiples on a fixed grid."""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.charts.fonts import families
from desktop.charts.series import Line, Point, SeriesData
from desktop.text import say_in

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Colours:
    """What a chart is painted in."""

    ground: str
    text: str
    muted: str
    grid: str
    line: str


LIGHT = Colours("#ffffff", "#1f2429", "#57606a", "#e3e6ea", "#0a5aa8")
DARK = Colours("#17191c", "#e2e5e9", "#a0a9b3", "#33383e", "#7ab8f5")

# Shape as well as filling tells the states apart, so that a grey print does too: state -> (marker, filled).
MARKS = {
    "verified": ("o", "full"),
    "auto": ("D", "half"),
    "extracted": ("o", "hollow"),
    "queried": ("^", "hollow"),
    "not_reported": ("x", "hollow"),
}
APPROX = {"more": ">", "about": "≈", "less": "<", None: ""}
# A panel's title in inches: how far it may reach beyond the axes, a letter of it; and its letters in a line at most.
BESIDE = 0.6
LETTER = {"zh": 0.145, "en": 0.085}
MOST_LETTERS = {"zh": 26, "en": 52}
STEEP = 0.12  # of a panel's height a year: steeper, a line would run through a label that stands above its point


def grid(panels: int) -> tuple[int, int]:
    """Return (columns, rows) for so many panels."""
    columns = 1 if panels <= 1 else 2 if panels <= 4 else 3 if panels <= 9 else 4
    return columns, max(1, math.ceil(panels / columns))


def draw(figure: Figure, series: SeriesData, *, dark: bool = False) -> list[tuple[Axes, Line]]:
    """Draw `series` onto an emptied `figure`, an indicator a panel, and return each panel with its line.

    Years without a value are gaps; the marks tell the states apart, and a legend says how.
    """
    import matplotlib

    colours = DARK if dark else LIGHT
    figure.clear()
    figure.set_facecolor(colours.ground)
    columns, rows = grid(len(series.lines))
    width, height = (max(3.0, inches) for inches in figure.get_size_inches())
    with matplotlib.rc_context({"font.family": list(families(series.language)), "axes.unicode_minus": False}):
        # A fixed grid in inches: room for the titles, the legend and the numbers at the axes at any size.
        figure.subplots_adjust(
            left=0.75 / width, right=1 - 0.25 / width, bottom=0.85 / height, top=1 - 0.9 / height,
            wspace=0.75 / max(width / columns - 1, 0.4), hspace=0.8 / max(height / rows - 1.2, 0.4),
        )  # fmt: skip
        panels = [(figure.add_subplot(rows, columns, n), line) for n, line in enumerate(series.lines, 1)]
        for axes, line in panels:
            _draw_panel(axes, line, series, colours)
        if years := series.years:
            title = say_in(series.language, "chart_title", district=series.district, first=years[0], last=years[-1])
            figure.text(0.5, 1 - 0.16 / height, title, ha="center", va="top", fontsize=13, color=colours.text)
        _draw_legend(figure, series, colours)
    return panels


def _draw_panel(axes: Axes, line: Line, series: SeriesData, colours: Colours) -> None:
    factor, unit = _scale(line, series.language)
    name = line.indicator.name(series.language)
    title = say_in(series.language, "chart_panel", name=name, unit=unit)
    room = axes.bbox.width / axes.figure.dpi + BESIDE
    letters = int(room / LETTER[series.language])
    wrapped = "\n".join(textwrap.wrap(title, max(8, min(letters, MOST_LETTERS[series.language]))))
    axes.set_title(wrapped, fontsize=10, color=colours.text, pad=10)
    years = series.years
    values = {p.year: p.value / factor for p in line.points if p.value is not None}
    # A year without a value is not a number, and the line breaks there.
    axes.plot(years, [values.get(year, math.nan) for year in years], color=colours.line, linewidth=1.5, zorder=2)
    _prepare_axes(axes, line, series, values, colours)
    floor = axes.get_ylim()[0]
    for state in MARKS:
        points = [point for point in line.points if point.state == state]
        if points:
            heights = [values.get(point.year, floor) for point in points]
            axes.plot([p.year for p in points], heights, clip_on=False, zorder=3, **_mark(state, colours))
    for point in line.points:
        if point.value is not None:
            _label(axes, line, point, values, colours, series.language)


def _prepare_axes(axes: Axes, line: Line, series: SeriesData, values: dict[int, float], colours: Colours) -> None:
    from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

    years = series.years
    axes.set_facecolor(colours.ground)
    axes.set_xlim((years[0] - 0.5, years[-1] + 0.5) if years else (0, 1))
    axes.xaxis.set_major_locator(FixedLocator(list(years)[:: max(1, math.ceil(len(years) / 12))]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda year, _: f"{year:.0f}"))
    percent = line.indicator.kind == "percent"
    low, high = _limits(list(values.values()), percent=percent)
    axes.set_ylim(low, high)
    # The room above 100% is for labels only.
    top = 100.0 if percent and max(values.values(), default=0.0) <= 100 < high else high
    whole = line.indicator.kind == "count"
    ticks = MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10], integer=whole).tick_values(low, top)
    axes.yaxis.set_major_locator(FixedLocator([tick for tick in ticks if low <= tick <= top]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
    axes.grid(axis="y", color=colours.grid, linewidth=0.8)
    axes.tick_params(colors=colours.muted, labelsize=8, length=0, pad=6, labelfontfamily=families(series.language)[0])
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(colours.muted)


def _limits(values: list[float], *, percent: bool) -> tuple[float, float]:
    """Return the lowest and highest y: from 0 for counts; around the values for percents, which crowd below 100."""
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    if percent:
        room = max(high - low, 3.0)
        floor = low - 0.5 * room
        return (max(0.0, floor) if low >= 0 else floor), high + 0.6 * room
    room = (high - min(low, 0.0)) or 1.0
    return (low - 0.3 * room if low < 0 else 0.0), high + 0.4 * room


def _mark(state: str, colours: Colours) -> dict[str, Any]:
    """Return the look of a point; hollow marks are filled with the ground, so that the line does not show through."""
    marker, filling = MARKS[state]
    return {
        "marker": marker, "fillstyle": "left" if filling == "half" else "full", "linestyle": "none", "markersize": 7,
        "color": colours.line, "markerfacecolor": colours.ground if filling == "hollow" else colours.line,
        "markerfacecoloralt": colours.ground, "markeredgecolor": colours.line,
    }  # fmt: skip


def _label(axes: Axes, line: Line, point: Point, values: dict[int, float], colours: Colours, language: str) -> None:
    """Write the value and, in small print, the change against the year before, where the line leaves room."""
    from matplotlib.patheffects import withStroke

    y = values[point.year]
    change, told = line.change(point), ""
    if change is not None:
        message = "chart_points" if line.indicator.kind == "percent" else "chart_share"
        told = say_in(language, message if change else "chart_same", change=change)
    low, high = axes.get_ylim()
    rises = {year: values.get(year, y) - y > STEEP * (high - low) for year in (point.year - 1, point.year + 1)}
    look: dict[str, Any] = {
        "textcoords": "offset points", "va": "bottom", "zorder": 4,
        "path_effects": [withStroke(linewidth=2.5, foreground=colours.ground)],
    }  # fmt: skip
    side, x = "center", 0
    if rises[point.year + 1] and not rises[point.year - 1]:
        side, x = "right", 5
    elif rises[point.year - 1] and not rises[point.year + 1]:
        side, x = "left", -5
    below = all(rises.values()) and y - low > 0.3 * (high - low)
    shown = f"{APPROX[point.approx]}{y:,.6g}"
    at = (point.year, y)
    axes.annotate(shown, at, (x, -18 if below else 6), ha=side, fontsize=9, color=colours.text, **look)
    axes.annotate(told, at, (x, -29 if below else 18), ha=side, fontsize=7.5, color=colours.muted, **look)


def _scale(line: Line, language: str) -> tuple[float, str]:
    """Return what values are divided by, and the unit as the panel's title says it."""
    unit = line.indicator.unit
    largest = max((abs(p.value) for p in line.points if p.value is not None), default=0.0)
    if line.indicator.kind == "percent":
        return 1.0, unit
    if language == "zh":
        return (1e8, f"亿{unit}") if largest >= 1e8 else (1e4, f"万{unit}") if largest >= 1e5 else (1.0, unit)
    unit = say_in(language, "chart_yuan") if line.indicator.kind == "money" else unit
    if largest >= 1e6:
        return 1e6, say_in(language, "chart_millions", unit=unit)
    return (1e3, say_in(language, "chart_thousands", unit=unit)) if largest >= 1e5 else (1.0, unit)


def _draw_legend(figure: Figure, series: SeriesData, colours: Colours) -> None:
    from matplotlib.lines import Line2D

    states = {point.state for line in series.lines for point in line.points}
    handles = [
        Line2D([], [], label=say_in(series.language, f"state_{state}"), **_mark(state, colours))
        for state in MARKS
        if state in states
    ]
    if handles:
        figure.legend(
            handles=handles, loc="lower center", ncols=len(handles), frameon=False, fontsize=9, handletextpad=0.2,
            labelcolor=colours.text,
        )  # fmt: skip
