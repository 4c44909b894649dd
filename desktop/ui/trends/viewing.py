"""Zoom and pan: the part of a panel that is in view, by wheel, by drag and by key."""

from __future__ import annotations

from typing import Any

from desktop import charts

STEP = 0.8  # of what is in view, a notch of the wheel or a key
SLACK = 4  # pixels that a press may wander and still be a click

Range = tuple[float, float]


class View:
    """What is in view of one chart; `changed` says that anything but the whole of it is."""

    def __init__(self, drawn: list[charts.Drawn], series: charts.SeriesData, *, dark: bool) -> None:
        self.drawn, self._series, self._dark = drawn, series, dark
        self.changed = False
        self._grip: tuple[charts.Drawn, float, float, Range, Range] | None = None
        self.dragged = False

    def panel_at(self, axes: Any) -> charts.Drawn | None:
        """Return the panel on some axes."""
        return next((panel for panel in self.drawn if panel.axes is axes), None)

    def zoom(self, panel: charts.Drawn, notches: float, at: tuple[float, float] | None = None) -> None:
        """Show less of a panel (more for negative notches) around a place in its data, its middle by itself."""
        (left, right), (low, high) = panel.axes.get_xlim(), panel.axes.get_ylim()
        x, y = at or ((left + right) / 2, (low + high) / 2)
        share = STEP**notches
        self._show(
            panel, (x - (x - left) * share, x + (right - x) * share), (y - (y - low) * share, y + (high - y) * share)
        )

    def follow(self, panel: charts.Drawn, x: float, y: float) -> None:
        """Bring a place into view."""
        (left, right), (low, high) = panel.axes.get_xlim(), panel.axes.get_ylim()
        if not (left <= x <= right and low <= y <= high):
            across, up = x - (left + right) / 2, y - (low + high) / 2
            self._show(panel, (left + across, right + across), (low + up, high + up))

    def take(self, event: Any) -> None:
        """Take hold of the panel under the mouse."""
        panel = self.panel_at(event.inaxes)
        self.dragged = False
        if panel is not None:
            self._grip = panel, event.x, event.y, panel.axes.get_xlim(), panel.axes.get_ylim()

    def drag(self, event: Any) -> bool:
        """Let the panel that is held follow the mouse; return whether it did."""
        if self._grip is None:
            return False
        panel, x, y, (left, right), (low, high) = self._grip
        if not self.dragged and max(abs(event.x - x), abs(event.y - y)) <= SLACK:
            return False
        self.dragged = True
        across = (x - event.x) / panel.axes.bbox.width * (right - left)
        up = (y - event.y) / panel.axes.bbox.height * (high - low)
        self._show(panel, (left + across, right + across), (low + up, high + up))
        return True

    def leave(self) -> None:
        """Let go."""
        self._grip = None

    def _show(self, panel: charts.Drawn, across: Range, up: Range) -> None:
        self.changed = True
        charts.show_part(panel, self._series, across, up, dark=self._dark)
