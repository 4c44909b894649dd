"""A chart on paper: drawn at the printer's resolution off the window's thread, laid onto the page on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from desktop import charts
from desktop.progress import Progress

FINEST = 600  # dots per inch: finer ones are more than an eye sees and hundreds of megabytes


def printer() -> QPrinter:
    """Return a printer that takes the paper across."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setPageOrientation(QPageLayout.Orientation.Landscape)
    return made


def drawing(series: charts.SeriesData, on: QPrinter) -> Callable[[Progress], Iterator[Any]]:
    """Return the work of drawing a chart as large as a printer's page: it yields the picture."""
    page = on.pageLayout().paintRect(QPageLayout.Unit.Inch)
    inches, dpi = (page.width(), page.height()), min(on.resolution(), FINEST)

    def work(_progress: Progress) -> Iterator[Any]:
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        canvas: Any = FigureCanvasAgg(charts.picture(series, inches=inches, dpi=dpi))
        canvas.draw()
        pixels = canvas.buffer_rgba()
        yield QImage(pixels, pixels.shape[1], pixels.shape[0], QImage.Format.Format_RGBA8888).copy()

    return work


def put_on_paper(picture: QImage, on: QPrinter) -> bool:
    """Lay a picture onto the page; return whether the printer took it."""
    painter = QPainter()
    if not painter.begin(on):
        return False
    painter.drawImage(QRectF(painter.viewport()), picture)
    return painter.end()
