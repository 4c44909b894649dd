"""The ring around the point that is meant: a small widget over the chart, so that nothing has to be drawn again."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.ui.theme import theme

SIZE = 23


class Ring(QWidget):
    """Lies over its parent and lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(SIZE, SIZE)
        self.hide()

    def surround(self, middle: QPoint) -> None:
        """Show the ring around a place of the parent."""
        self.move(middle - self.rect().center())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it in the colour of what is chosen, over a rim of the ground that parts it from any line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((theme().base, 4.0), (theme().accent, 2.0)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawEllipse(QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5))
