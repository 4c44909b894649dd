"""The slim row at the top: the pages, and what is wanted on every page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QToolBar

from desktop.ui.button_bar import draw_arrow


class Switcher(QToolBar):
    """Page actions on the left, of which one is checked; the others behind them."""

    def __init__(self, pages: list[QAction], others: list[QAction]) -> None:
        super().__init__()
        self.setObjectName("switcher")
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setIconSize(QSize(18, 18))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._group = QActionGroup(self)
        for action in pages:
            action.setCheckable(True)
            self._group.addAction(action)
            self.addAction(action)
        self.addSeparator()
        for action in others:
            self.addAction(action)

    def retranslate(self) -> None:
        """Name and draw the arrow in the colours of the moment."""
        draw_arrow(self)
