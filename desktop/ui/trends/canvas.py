"""The chart in the window; matplotlib comes in on another thread, after the first paint and before it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QToolTip, QWidget

from desktop import charts
from desktop.progress import Progress
from desktop.text import say
from desktop.ui import theme
from desktop.ui.jobs import Job
from desktop.ui.trends.ring import Ring
from desktop.ui.trends.viewing import View

REDRAW_MS = 80
NEAR = 12  # pixels between the mouse and the point it means
MOVES = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
Spot = tuple[charts.Drawn, charts.Line, charts.Point, float]


class ChartCanvas(QWidget):
    """Shows one series; `point_clicked` brings the point (charts.Point) that is wanted at the desk.

    `tell` says in words what stands behind a point of a line: by hovering, and by the arrow keys.
    """

    point_clicked = Signal(object)

    def __init__(self, tell: Callable[[charts.Line, charts.Point], str]) -> None:
        super().__init__()
        self._tell = tell
        self._series: charts.SeriesData | None = None
        self._view: View | None = None
        self._canvas: Any = None  # a FigureCanvasQTAgg, which brings no types
        self._ring: Ring | None = None
        self._current: Spot | None = None
        self._loading: Job | None = None
        self._words = QLabel()
        self._words.setProperty("part", "muted")
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._redraw = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._redraw.timeout.connect(self.draw)

    @property
    def ready(self) -> bool:
        """Return whether a chart is drawn."""
        return self._view is not None

    @property
    def drawn(self) -> list[charts.Drawn]:
        """Return the panels that are shown."""
        return [] if self._view is None else self._view.drawn

    @property
    def current(self) -> charts.Point | None:
        """Return the point that is meant, by mouse or keys."""
        return None if self._current is None else self._current[2]

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
        self._canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._ring = Ring(self._canvas)
        for name, act in (
            ("button_press_event", self._press), ("button_release_event", self._release),
            ("motion_notify_event", self._hover), ("scroll_event", self._scroll),
            ("figure_leave_event", lambda _: self._mean(None)),
        ):  # fmt: skip
            self._canvas.mpl_connect(name, act)
        self._stack.addWidget(self._canvas)
        self.draw()

    def show_series(self, series: charts.SeriesData | None) -> None:
        """Draw a series, or say that nothing is chosen."""
        self._series = series
        if self._canvas is None:
            self.load()
        self.draw()

    def draw(self) -> None:
        """Draw the whole of what is shown again, in the size, language and colours of the moment."""
        series = self._series
        self._mean(None)
        if series is None or not series.points:
            self._view = None
            self._words.setText(say("trends_empty" if series is None else "trends_no_values"))
            self._stack.setCurrentIndex(0)
        elif self._canvas is None:
            self._words.setText(say("trends_loading"))
            self._stack.setCurrentIndex(0)
        else:
            self._words.clear()
            self._stack.setCurrentIndex(1)
            dark = theme.theme() is theme.DARK
            self._view = View(charts.draw(self._canvas.figure, series, dark=dark, names=False), series, dark=dark)
            self.setAccessibleName(say("chart_of", district=charts.districts_named(series)))
            self._canvas.draw_idle()

    def resizeEvent(self, _event: object) -> None:
        """Lay the panels out for the new size once it stays."""
        self._redraw.start()

    def zoom(self, notches: float) -> None:
        """Show less (more for negative notches) of the panel of the point that is meant, or of all."""
        if self._view is None:
            return
        if self._current is None:
            for panel in self._view.drawn:
                self._view.zoom(panel, notches)
        else:
            panel, _, point, y = self._current
            self._view.zoom(panel, notches, (point.year, y))
        self._moved()

    def _moved(self) -> None:
        """Follow the part that is in view."""
        if self._current is not None:
            self._mean(self._current)
        self._canvas.draw_idle()

    def _press(self, event: Any) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._view is None or event.button != 1:
            return
        if event.dblclick and self._view.changed:
            self.draw()
        else:
            self._view.take(event)

    def _release(self, event: Any) -> None:
        if self._view is None or event.button != 1:
            return
        self._view.leave()
        meant = None if self._view.dragged else self._near(event)
        if meant is not None:
            self.point_clicked.emit(meant[2])

    def _hover(self, event: Any) -> None:
        if self._view is None:
            return
        if self._view.drag(event):
            self._mean(None)
            self._canvas.draw_idle()
        else:
            meant = self._near(event)
            if meant is None or self._current is None or meant[2] is not self._current[2]:
                self._mean(meant)

    def _scroll(self, event: Any) -> None:
        panel = None if self._view is None else self._view.panel_at(event.inaxes)
        if self._view is not None and panel is not None:
            self._view.zoom(panel, event.step, (event.xdata, event.ydata))
            self._mean(None)
            self._canvas.draw_idle()

    def _near(self, event: Any) -> Spot | None:
        near: list[tuple[float, int, Spot]] = []
        for n, (x, y, spot) in enumerate(self._spots()):
            away = ((event.x - x) ** 2 + (event.y - y) ** 2) ** 0.5
            if away <= NEAR * self._canvas.device_pixel_ratio:
                near.append((away, n, spot))
        return min(near)[2] if near else None

    def _spots(self) -> Iterator[tuple[float, float, Spot]]:
        """Yield the points that are in view with their places, in pixels from the lower left."""
        for panel in self.drawn:
            (left, right), (low, high) = panel.axes.get_xlim(), panel.axes.get_ylim()
            for line, point, y in panel.spots:
                if left <= point.year <= right and low <= y <= high:
                    across, up = panel.axes.transData.transform((point.year, y))
                    yield across, up, (panel, line, point, y)

    def _mean(self, spot: Spot | None) -> None:
        """Put the ring around a point and tell what stands behind it; away with both where it is none."""
        if self._ring is None:
            return
        self._current = spot
        if spot is None:
            self._ring.hide()
            QToolTip.hideText()
            return
        panel, line, point, y = spot
        across, up = panel.axes.transData.transform((point.year, y)) / self._canvas.device_pixel_ratio
        place = QPoint(round(across), round(self._canvas.height() - up))
        self._ring.surround(place)
        words = self._tell(line, point)
        self.setAccessibleDescription(words)
        around = QRect(place, place).adjusted(-NEAR, -NEAR, NEAR, NEAR)
        QToolTip.showText(self._canvas.mapToGlobal(place + QPoint(6, 6)), words, self._canvas, around)

    def event(self, event: QEvent) -> bool:
        """Keep the arrow keys from those who would move the focus with them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in MOVES:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next year or line by the arrow keys, to the first or last by Home and End."""
        key = Qt.Key(event.key())
        if key in MOVES and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._step(*MOVES[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._step(10_000 if key == Qt.Key.Key_End else -10_000, 0)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys are, once they lead here."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.begin()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of the point."""
        super().focusOutEvent(event)
        self._mean(None)

    def begin(self) -> None:
        """Mean a point, where none is meant yet, from which the arrow keys go on."""
        self._step(0, 0)

    def _step(self, years: int, lines: int) -> None:
        """Mean the point so many points and lines further; the last one of the first line at first."""
        runs: dict[int, list[Spot]] = {}
        for panel in self.drawn:
            for line, point, y in panel.spots:
                runs.setdefault(id(line), []).append((panel, line, point, y))
        order = list(runs.values())
        if self._view is None or not order:
            return
        if self._current is None:
            chosen = order[0][-1]
        else:
            _, line, point, _ = self._current
            row = next((n for n, run in enumerate(order) if run[0][1] is line), 0)
            run = order[min(max(row + lines, 0), len(order) - 1)]
            near = min(range(len(run)), key=lambda n: abs(run[n][2].year - point.year))
            chosen = run[min(max(near + years, 0), len(run) - 1)]
        if self._view.changed:
            self._view.follow(chosen[0], chosen[2].year, chosen[3])
            self._canvas.draw_idle()
        self._mean(chosen)


def _import(_progress: Progress) -> Iterator[None]:
    import matplotlib.backends.backend_qtagg
    import matplotlib.figure  # noqa: F401  # which the former does not bring in

    yield None
