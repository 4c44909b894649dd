"""The row of names under a chart of several lines: each shows its line, or lets it go, by a click or the space bar."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QToolBar

from desktop import charts
from desktop.text import say
from desktop.ui import theme

SWATCH = QSize(26, 12)
DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)


class LinesBar(QToolBar):
    """`changed` follows each toggle; `hidden` are the names of the districts let go, "" the spread of the peers."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("chart_lines")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(SWATCH)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.hidden: frozenset[str] = frozenset()
        self._offered: object = None

    def offer(self, series: charts.SeriesData | None) -> None:
        """Offer the lines of a series; what was let go stays so while there is such a line."""
        names = {} if series is None else dict(enumerate(series.districts))
        spread = series is not None and any(panel.spreads for panel in series.panels)
        words = say("chart_against", whose=series.against) if spread and series is not None else ""
        if len(names) + bool(words) < 2:
            names, words = {}, ""
        shown = (names, words, theme.theme() is theme.DARK)
        if shown == self._offered:
            return
        self._offered = shown
        self.clear()
        colours = charts.DARK if shown[2] else charts.LIGHT
        for place, name in names.items():
            self._add(name, name, _swatch(colours, place))
        if words:
            self._add("", words, _swatch(colours, None))
        self.hidden &= {*names.values(), *([""] if words else [])}
        self.setVisible(bool(names))

    def _add(self, key: str, words: str, swatch: QIcon) -> None:
        action = QAction(swatch, words.replace("&", "&&"), self)
        action.setCheckable(True)
        action.setChecked(key not in self.hidden)
        action.setToolTip(say("tip_chart_line", line=words))
        action.toggled.connect(lambda shown: self._toggle(key, shown))
        self.addAction(action)
        button = self.widgetForAction(action)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _toggle(self, key: str, shown: bool) -> None:
        self.hidden = self.hidden - {key} if shown else self.hidden | {key}
        self.changed.emit()


def _swatch(colours: charts.Colours, place: int | None) -> QIcon:
    """Return a piece of a district's line, or of the band of the peers."""
    drawn = QPixmap(SWATCH * 2)
    drawn.setDevicePixelRatio(2)
    drawn.fill(QColor(colours.band) if place is None else Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    style = Qt.PenStyle.DashLine if place is None else DASHES[place % len(DASHES)]
    painter.setPen(QPen(QColor(colours.muted if place is None else colours.lines[place]), 2, style))
    painter.drawLine(0, SWATCH.height() // 2, SWATCH.width(), SWATCH.height() // 2)
    painter.end()
    return QIcon(drawn)
