"""What an empty store shows: where to drop files, and a way to look at the sample reports."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from desktop.text import say
from desktop.ui.icons import icon

WIDTH = 520


class Welcome(QFrame):
    """A place to drop reports on, with a button under the words for each action that is offered."""

    def __init__(self, offered: list[QAction]) -> None:
        super().__init__()
        self.setObjectName("welcome")
        self._symbol = QLabel()
        self._heading = QLabel()
        font = self._heading.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        self._heading.setFont(font)
        self._about = QLabel()
        self._about.setWordWrap(True)
        self._about.setProperty("part", "muted")
        self._about.setFixedWidth(WIDTH)
        for label in (self._symbol, self._heading, self._about):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setSpacing(14)
        layout.addStretch(2)
        for label in (self._symbol, self._heading, self._about):
            layout.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(self._row)
        layout.addStretch(3)
        self._offer(offered)
        self.retranslate()

    def _offer(self, actions: list[QAction]) -> None:
        self._row.addStretch(1)
        for action in actions:
            button = QPushButton(action.icon(), action.text())
            button.setProperty("action", action.objectName())
            button.clicked.connect(action.trigger)
            action.changed.connect(lambda button=button, action=action: _follow(button, action))
            self._row.addWidget(button)
            self.setFocusProxy(self.focusProxy() or button)
        self._row.addStretch(1)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._symbol.setPixmap(icon("import", "missing", 40).pixmap(40))
        self._heading.setText(say("welcome"))
        self._about.setText(say("welcome_about"))
        self._about.setMinimumHeight(self._about.heightForWidth(WIDTH))


def _follow(button: QPushButton, action: QAction) -> None:
    button.setText(action.text().replace("&", ""))
    button.setIcon(action.icon())
