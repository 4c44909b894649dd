"""The legend under a chart: lines, quartiles, and which mark is which state; in rows that the figure has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from desktop.charts import looks
from desktop.charts.looks import Colours
from desktop.charts.series import SeriesData
from desktop.text import say_in

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SIZE = 9
WIDE = 0.3  # inches of a handle
HANDLE = 0.55  # inches of an entry besides its words
ROW = 0.25  # inches


class Entry(NamedTuple):
    """One entry: a kind ("line", "band", "mark" or "finding"), which of them, and its words."""

    kind: str
    which: int | str
    words: str

    @property
    def inches(self) -> float:
        """Return how wide it is, about."""
        return HANDLE + SIZE / 72 * sum(1.0 if character > "\u2e7f" else 0.6 for character in self.words)


def legend_rows(figure: Figure, series: SeriesData, *, names: bool) -> list[list[Entry]]:
    """Return the entries of the legend in rows that fit the figure; `names` has the lines and quartiles among them."""
    entries = [*(_whose(series) if names else ()), *_marks(series)]
    rows: list[list[Entry]] = []
    width = figure.get_size_inches()[0] - 0.2
    for entry in entries:
        if not rows or sum(other.inches for other in rows[-1]) + entry.inches > width:
            rows.append([])
        rows[-1].append(entry)
    return rows


def _whose(series: SeriesData) -> list[Entry]:
    shown = {line.place: line.district for panel in series.panels for line in panel.lines}
    entries = [Entry("line", place, shown[place]) for place in sorted(shown)]
    if any(panel.spreads for panel in series.panels):
        return [*entries, Entry("band", "", say_in(series.language, "chart_against", whose=series.against))]
    return entries if len(entries) > 1 else []


def _marks(series: SeriesData) -> list[Entry]:
    points = [point for line in series.lines for point in line.points]
    states = {point.state for point in points}
    entries = [Entry("mark", s, say_in(series.language, f"state_{s}")) for s in looks.MARKS if s in states]
    if any(point.findings for point in points):
        entries.append(Entry("finding", "", say_in(series.language, "chart_finding")))
    return entries


def draw_legend(figure: Figure, rows: list[list[Entry]], colours: Colours, *, several: bool) -> None:
    """Draw the rows of the legend at the foot of the figure; of `several` lines the marks take no colour.

    By hand: a Legend of matplotlib lays itself out at each draw, which takes as long as a whole panel.
    """
    from matplotlib.text import Text

    width, _ = figure.get_size_inches()
    ink = colours.muted if several else colours.lines[0]
    inches = figure.dpi_scale_trans
    for n, row in enumerate(reversed(rows)):
        x, y = (width - sum(entry.inches for entry in row)) / 2, (n + 0.55) * ROW
        for entry in row:
            handle = _handle(entry, x, y, colours, ink)
            handle.set_transform(inches)
            look: dict[str, Any] = {
                "fontsize": SIZE,
                "color": colours.text,
                "va": "center_baseline",
                "parse_math": False,
            }
            figure.add_artist(handle)
            figure.add_artist(Text(x + WIDE + 0.08, y, entry.words, transform=inches, gid="legend", **look))
            x += entry.inches


def _handle(entry: Entry, x: float, y: float, colours: Colours, ink: str) -> Any:
    """Return an entry's piece of line, band or mark, from x on, in inches."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle

    if entry.kind == "line":
        return Line2D([x, x + WIDE], [y, y], linewidth=1.5, **looks.line_look(int(entry.which), colours))
    if entry.kind == "band":
        return Rectangle(
            (x, y - 0.06), WIDE, 0.12, facecolor=colours.band, edgecolor=colours.muted, linestyle=looks.MEDIAN
        )
    if entry.kind == "finding":
        return Line2D([x + WIDE / 2], [y], **looks.finding_look(colours) | {"markersize": 10})
    return Line2D([x + WIDE / 2], [y], **looks.mark_look(str(entry.which), ink, colours.ground))
