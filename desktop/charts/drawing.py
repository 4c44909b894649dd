"""A series onto a matplotlib Figure: small multiples on a fixed grid, whose axes serve the next chart as well."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING

from desktop.charts import looks
from desktop.charts.fonts import families
from desktop.charts.legend import draw_legend, legend_rows
from desktop.charts.lettering import Drawn, write_numbers
from desktop.charts.looks import Colours
from desktop.charts.series import Panel, SeriesData, Spread, runs
from desktop.text import say_in

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# A panel's title in inches: how far it may reach beyond the axes, a letter of it; and its letters in a line at most.
BESIDE = 0.6
LETTER = {"zh": 0.145, "en": 0.085}
TITLES = (10.0, 8.5)  # points
MOST_LETTERS = {"zh": 26, "en": 52}
ALONE = 0.15  # years to either side that a year's quartiles take up where its neighbours have none


def grid(panels: int) -> tuple[int, int]:
    """Return (columns, rows) for so many panels."""
    columns = 1 if panels <= 1 else 2 if panels <= 4 else 3 if panels <= 9 else 4
    return columns, max(1, math.ceil(panels / columns))


def draw(figure: Figure, series: SeriesData, *, dark: bool = False, names: bool = True) -> list[Drawn]:
    """Draw `series` onto `figure`, an indicator a panel, in place of what was there, and return the panels.

    Years without a value are gaps; the marks tell the states apart, and a legend says how. It names the lines too,
    unless `names` is off.
    """
    import matplotlib

    colours = looks.DARK if dark else looks.LIGHT
    figure.set_facecolor(colours.ground)
    with matplotlib.rc_context({"font.family": list(families(series.language)), "axes.unicode_minus": False}):
        under = legend_rows(figure, series, names=names)
        drawn = []
        for axes, panel in zip(_axes(figure, series, colours, len(under)), series.panels, strict=True):
            drawn.append(_draw_panel(axes, panel, series, colours))
            write_numbers(drawn[-1], series, colours)
        for old in (*figure.texts, *figure.lines, *figure.patches, *figure.artists):
            old.remove()
        if series.years:
            height = figure.get_size_inches()[1]
            figure.text(0.5, 1 - 0.16 / height, _title(series), ha="center", va="top", fontsize=13, color=colours.text)
        draw_legend(figure, under, colours, several=len(series.districts) > 1)
    return drawn


def _axes(figure: Figure, series: SeriesData, colours: Colours, under: int) -> list[Axes]:
    """Return empty axes for the panels: those of the last chart, where that had as many in the same colours."""
    columns, rows = grid(len(series.panels))
    made_for = f"{series.language} {colours.ground} {len(series.panels)}"  # a label of axes is shown nowhere
    if [axes.get_label() for axes in figure.axes] != [made_for] * len(series.panels):
        figure.clear()
        for n in range(len(series.panels)):
            _dress(figure.add_subplot(rows, columns, n + 1, label=made_for), colours)
    width, height = (max(3.0, inches) for inches in figure.get_size_inches())
    counts = 0.15 if any(panel.spreads for panel in series.panels) else 0.0
    # A fixed grid in inches: room for the titles, the legend and the numbers at the axes at any size.
    figure.subplots_adjust(
        left=0.75 / width, right=1 - 0.25 / width, bottom=(0.6 + counts + 0.25 * under) / height, top=1 - 0.9 / height,
        wspace=0.75 / max(width / columns - 1, 0.4), hspace=(0.8 + counts) / max(height / rows - 1.2, 0.4),
    )  # fmt: skip
    for axes in figure.axes:
        for artist in (*axes.lines, *axes.collections):
            artist.remove()
    return list(figure.axes)


def _dress(axes: Axes, colours: Colours) -> None:
    """Give axes the looks that no chart changes; the numbers and rules at them are drawn by hand, far sooner."""
    from matplotlib.ticker import NullLocator

    axes.set_facecolor(colours.ground)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(NullLocator())
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(colours.muted)


def _title(series: SeriesData) -> str:
    first, last = series.years[0], series.years[-1]
    return say_in(series.language, "chart_title", district=districts_named(series), first=first, last=last)


def districts_named(series: SeriesData) -> str:
    """Return the names of the districts, of many the first ones and how many they are."""
    shown, number = series.districts[:3], len(series.districts)
    listed = say_in(series.language, "chart_and").join(shown)
    return listed if number == len(shown) else say_in(series.language, "chart_districts", listed=listed, n=number)


def _write_title(axes: Axes, name: str, unit: str, language: str, colours: Colours) -> None:
    """Write a panel's title in two lines at most: smaller where it is long, its end left out where it is longer."""
    title = say_in(language, "chart_panel", name=name, unit=unit)
    room = axes.bbox.width / axes.figure.dpi + BESIDE
    for size in TITLES:
        letters = max(8, min(int(room / LETTER[language] * TITLES[0] / size), MOST_LETTERS[language]))
        wrapped = textwrap.wrap(title, letters)
        if len(wrapped) <= 2:
            break
    else:
        short = say_in(language, "chart_panel", name="…", unit=unit)
        wrapped = textwrap.wrap(title, max(letters, len(short)), max_lines=2, placeholder=short)
    axes.set_title("\n".join(wrapped), fontsize=size, color=colours.text, pad=10, y=1.0, parse_math=False)


def _draw_panel(axes: Axes, panel: Panel, series: SeriesData, colours: Colours) -> Drawn:
    factor, unit = looks.scale(panel, series.language)
    _write_title(axes, panel.indicator.name(series.language), unit, series.language, colours)
    axes.set_xlim((series.years[0] - 0.5, series.years[-1] + 0.5) if series.years else (0, 1))
    axes.set_ylim(looks.limits(panel, factor))
    _draw_spreads(axes, panel.spreads, factor, colours)
    floor, years = axes.get_ylim()[0], series.years
    spots = []
    for line in panel.lines:
        values = {p.year: p.value / factor for p in line.points if p.value is not None}
        look = looks.line_look(line.place, colours)
        # A year without a value is not a number, and the line breaks there.
        axes.plot(years, [values.get(year, math.nan) for year in years], linewidth=1.5, zorder=2, **look)
        spots += [(line, point, values.get(point.year, floor)) for point in line.points]
        for state in looks.MARKS:
            points = [point for point in line.points if point.state == state]
            if points:
                heights = [values.get(point.year, floor) for point in points]
                mark = looks.mark_look(state, look["color"], colours.ground)
                axes.plot([p.year for p in points], heights, clip_on=False, zorder=3, **mark)
    doubted = [(point.year, y) for _, point, y in spots if point.findings]
    if doubted:
        axes.plot(*zip(*doubted, strict=True), clip_on=False, zorder=3.5, **looks.finding_look(colours))
    return Drawn(axes, panel, tuple(spots))


def show_part(
    drawn: Drawn, series: SeriesData, across: tuple[float, float], up: tuple[float, float], *, dark: bool = False
) -> None:
    """Bring a part of a panel into view: its years and its heights, each from the lowest to the highest."""
    axes = drawn.axes
    axes.set_xlim(across)
    axes.set_ylim(up)
    for artist in axes.lines:
        artist.set_clip_on(True)
    write_numbers(drawn, series, looks.DARK if dark else looks.LIGHT)


def _draw_spreads(axes: Axes, spreads: tuple[Spread, ...], factor: float, colours: Colours) -> None:
    """Draw quartiles as a band and the median as a line in it, both broken where a year has none."""
    from matplotlib.collections import LineCollection, PolyCollection

    reaching = [(run, _reach(run)) for run in runs(spreads)]
    if not reaching:
        return
    bands, medians = [], []
    for run, xs in reaching:
        repeat = len(xs) // len(run)
        lower, upper, median = (
            [value / factor for value in values for _ in range(repeat)]
            for values in ([s.lower for s in run], [s.upper for s in run], [s.median for s in run])
        )
        bands.append([*zip(xs, lower, strict=True), *reversed(list(zip(xs, upper, strict=True)))])
        medians.append(list(zip(xs, median, strict=True)))
    axes.add_collection(PolyCollection(bands, facecolor=colours.band, edgecolor="none", zorder=0.5), autolim=False)
    look = {"color": colours.muted, "linestyle": looks.MEDIAN, "linewidth": 1.2}
    axes.add_collection(LineCollection(medians, zorder=1.5, **look), autolim=False)


def _reach(run: list[Spread]) -> list[float]:
    if len(run) == 1:
        return [run[0].year - ALONE, run[0].year + ALONE]
    return [float(spread.year) for spread in run]
