"""How high a line of a list is."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication


def line_size() -> QSize:
    """Return the size of a line with air above and below its words."""
    return QSize(0, QFontMetrics(QApplication.font()).height() + 7)
