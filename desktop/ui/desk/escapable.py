"""A line to type into that Escape leaves."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit


class Escapable(QLineEdit):
    """`left` comes with Escape."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape mean to leave."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
