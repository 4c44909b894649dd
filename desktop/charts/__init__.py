"""Cells in, a matplotlib Figure out: one district's indicators over the years; never pyplot.

matplotlib is imported inside the functions, since that takes a second.
"""

from __future__ import annotations

from pathlib import Path

from desktop.charts.drawing import draw, grid
from desktop.charts.series import COLUMNS, Line, Point, SeriesData
from desktop.errors import UserError
from desktop.files import whole, write_csv

__all__ = ["Line", "Point", "SeriesData", "draw", "save"]

PANEL_INCHES = (4.6, 3.0)
DOTS_PER_INCH = 150
# What would tell one writing of a file from the next.
UNDATED: dict[str, dict[str, None]] = {".png": {}, ".svg": {"Date": None}, ".pdf": {"CreationDate": None}}


def save(series: SeriesData, to: Path) -> list[Path]:
    """Draw `series` into a .png, .svg or .pdf, its data beside it as NAME-data.csv, and return both paths.

    The same series makes the same bytes. UserError where the ending is another or the file cannot be written.
    """
    ending = to.suffix.lower()
    if ending not in UNDATED:
        raise UserError("chart_format_unknown", name=to.name)
    import matplotlib
    from matplotlib.figure import Figure

    columns, rows = grid(len(series.lines))
    figure = Figure(figsize=(PANEL_INCHES[0] * columns, PANEL_INCHES[1] * rows + 1.0), dpi=DOTS_PER_INCH)
    draw(figure, series)
    data = to.with_name(f"{to.stem}-data.csv")
    with whole(to) as new, matplotlib.rc_context({"svg.hashsalt": "hebao"}):
        figure.savefig(new, format=ending[1:], metadata=UNDATED[ending])
        write_csv(new.with_name(data.name), COLUMNS, series.rows())
    return [to, data]
