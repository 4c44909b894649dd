"""The chart in the window; matplotlib comes in on another thread, after the first paint and before it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from desktop import charts
from desktop.progress import Progress
from desktop.text import say
from desktop.ui import theme
from desktop.ui.jobs import Job

REDRAW_MS = 80
NEAR = 12  # pixels between a click and the point it means


class ChartCanvas(QWidget):
    """Shows one series; `point_clicked` brings the point (charts.Point) that a click means."""

    point_clicked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._series: charts.SeriesData | None = None
        self._panels: list[tuple[Any, charts.Line]] = []
        self._canvas: Any = None  # a FigureCanvasQTAgg, which brings no types
        self._loading: Job | None = None
        self._words = QLabel()
        self._words.setProperty("part", "muted")
        self._words.setWordWrap(True)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._words)
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(REDRAW_MS)
        self._redraw.timeout.connect(self.draw)

    @property
    def ready(self) -> bool:
        """Return whether a chart is drawn."""
        return self._canvas is not None and bool(self._panels)

    def load(self) -> None:
        """Bring matplotlib in on another thread, once."""
        if self._canvas is None and self._loading is None:
            self._loading = Job(_import)
            self._loading.ended.connect(self._make)
            self._loading.start()

    def _make(self) -> None:
        from matplotlib.backends import backend_qtagg
        from matplotlib.figure import Figure

        make: Any = backend_qtagg.FigureCanvasQTAgg
        self._canvas = make(Figure())
        self._canvas.setMinimumSize(320, 240)
        self._canvas.mpl_connect("button_press_event", self._click)
        self._stack.addWidget(self._canvas)
        self.draw()

    def show_series(self, series: charts.SeriesData | None) -> None:
        """Draw a series, or say that nothing is chosen."""
        self._series = series
        if self._canvas is None:
            self.load()
        self.draw()

    def draw(self) -> None:
        """Draw what is shown again, in the size, language and colours of the moment."""
        series = self._series
        if series is None or not series.points:
            self._panels = []
            self._words.setText(say("trends_empty"))
            self._stack.setCurrentIndex(0)
        elif self._canvas is None:
            self._words.setText(say("trends_loading"))
            self._stack.setCurrentIndex(0)
        else:
            self._words.clear()
            self._stack.setCurrentIndex(1)
            self._panels = charts.draw(self._canvas.figure, series, dark=theme.theme() is theme.DARK)
            self._canvas.setAccessibleName(say("chart_of", district=series.district))
            self._canvas.draw_idle()

    def resizeEvent(self, _event: object) -> None:
        """Lay the panels out for the new size once it stays."""
        self._redraw.start()

    def _click(self, event: Any) -> None:
        nearest: tuple[float, Any] | None = None
        for axes, line in self._panels:
            if axes is not event.inaxes:
                continue
            for marker, point in zip(axes.lines[1:], line.points, strict=False):
                x, y = axes.transData.transform((marker.get_xdata()[0], marker.get_ydata()[0]))
                distance = ((event.x - x) ** 2 + (event.y - y) ** 2) ** 0.5
                if distance <= NEAR and (nearest is None or distance < nearest[0]):
                    nearest = distance, point
        if nearest is not None:
            self.point_clicked.emit(nearest[1])


def _import(_progress: Progress) -> Iterator[None]:
    import matplotlib.backends.backend_qtagg  # noqa: F401

    yield None
