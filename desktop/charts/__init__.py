"""Cells in, a matplotlib Figure out: indicators of districts over the years, before their peers; never pyplot.

matplotlib is imported inside the functions, since that takes a second.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.charts.drawing import districts_named, draw, grid, show_part
from desktop.charts.lettering import Drawn
from desktop.charts.looks import DARK, LIGHT, MOST_DISTRICTS, Colours
from desktop.charts.series import COLUMNS, Line, Panel, Point, SeriesData, Spread
from desktop.errors import UserError
from desktop.files import whole, write_csv

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = [
    "DARK", "LIGHT", "MOST_DISTRICTS", "Colours", "Drawn", "Line", "Panel", "Point", "SeriesData", "Spread",
    "districts_named", "draw", "grid", "picture", "save", "show_part",
]  # fmt: skip

PANEL_INCHES = (4.6, 3.0)
DOTS_PER_INCH = 150
# What would tell one writing of a file from the next.
UNDATED: dict[str, dict[str, None]] = {".png": {}, ".svg": {"Date": None}, ".pdf": {"CreationDate": None}}


def picture(series: SeriesData, *, inches: tuple[float, float] | None = None, dpi: float = DOTS_PER_INCH) -> Figure:
    """Return `series` drawn on a figure of its own, of a size that suits it where none is given."""
    from matplotlib.figure import Figure

    columns, rows = grid(len(series.panels))
    size = inches or (PANEL_INCHES[0] * columns * (1.4 if columns == 1 else 1), PANEL_INCHES[1] * rows + 1.0)
    figure = Figure(figsize=size, dpi=dpi)
    draw(figure, series)
    return figure


def save(series: SeriesData, to: Path) -> list[Path]:
    """Draw `series` into a .png, .svg or .pdf, its data beside it as NAME-data.csv, and return both paths.

    The same series makes the same bytes. UserError where the ending is another or the file cannot be written.
    """
    ending = to.suffix.lower()
    if ending not in UNDATED:
        raise UserError("chart_format_unknown", name=to.name)
    import matplotlib

    figure = picture(series)
    data = to.with_name(f"{to.stem}-data.csv")
    with whole(to) as new, matplotlib.rc_context({"svg.hashsalt": "hebao"}):
        figure.savefig(new, format=ending[1:], metadata=UNDATED[ending])
        write_csv(new.with_name(data.name), COLUMNS, series.rows())
    return [to, data]
