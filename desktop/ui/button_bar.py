"""A row of buttons: what has no room goes behind an arrow, so that what stands beside keeps its own."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolBar, QToolButton

from desktop.text import say
from desktop.ui.icons import icon


class ButtonBar(QToolBar):
    """Buttons for actions, reached by Tab like all others."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "bar")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(16, 16))

    def take_actions(self, actions: list[QAction]) -> None:
        """Put a button for each action into the bar."""
        for action in actions:
            self.addAction(action)
            self.widgetForAction(action).setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def retranslate(self) -> None:
        """Name and draw the arrow in the colours of the moment."""
        draw_arrow(self)


def draw_arrow(bar: QToolBar) -> None:
    """Name and draw the arrow that leads to a bar's last buttons: Qt leaves it nameless, and black on any ground."""
    more = bar.findChild(QToolButton, "qt_toolbar_ext_button")
    if more is not None:
        more.setIcon(icon("more"))
        more.setAccessibleName(say("more_actions"))
        more.setToolTip(say("more_actions"))
