"""The line above the desk: which report, where it stands, the way to its neighbours, and signing it off."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton

from desktop.text import say
from desktop.ui.desk.opened import Opened
from desktop.ui.icons import icon
from desktop.ui.wording import REPORT_STATE_NAMES, report_name


class Elided(QLabel):
    """A label of one line that ends in dots where there is no room, its whole text in the tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        """Show `text` as far as there is room."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._elide()

    def resizeEvent(self, _event: object) -> None:
        """Fit the text into the new width."""
        self._elide()

    def _elide(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))


class DeskHeader(QFrame):
    """Shows one opened report."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "bar")
        self._name = QLabel()
        self._name.setProperty("part", "heading")
        self._name.setObjectName("desk_report")
        self._title = Elided()
        self._title.setProperty("part", "muted")
        self._symbol = QLabel()
        self._state = QLabel()
        self._state.setObjectName("desk_state")
        self._counts = QLabel()
        self._counts.setProperty("part", "muted")
        self._counts.setObjectName("desk_counts")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(8, 4, 8, 4)
        self._layout.setSpacing(8)
        for widget in (self._name, self._title, self._counts, self._symbol, self._state):
            self._layout.addWidget(widget, 1 if widget is self._title else 0)
        self._opened: Opened | None = None

    def take_actions(self, before: list[QAction], after: list[QAction]) -> None:
        """Put buttons for actions in front of the name and behind the state."""
        for place, action in enumerate(before):
            self._layout.insertWidget(place, action_button(action, text=False))
        for action in after:
            self._layout.addWidget(action_button(action, text=True))

    def show_report(self, opened: Opened | None) -> None:
        """Show where a report stands."""
        self._opened = opened
        if opened is None:
            for label in (self._name, self._state, self._counts):
                label.clear()
            self._symbol.clear()
            self._title.show_text("")
            return
        report = opened.report
        self._name.setText(report_name(report))
        self._title.show_text(report.title or report.source_name)
        self._state.setText(say(REPORT_STATE_NAMES[report.state]))
        self._symbol.setPixmap(icon(f"report-{report.state}", report.state).pixmap(16))
        decided = len(opened.figures) - opened.undecided
        counts = say("decided_of", decided=decided, total=len(opened.figures))
        findings = sum(not row.dismissed for row in opened.findings)
        self._counts.setText(f"{counts} · {say('n_findings', n=findings)}" if findings else counts)

    def retranslate(self) -> None:
        """Say it again in the language of the moment, in the colours of the moment."""
        self.show_report(self._opened)


def action_button(action: QAction, *, text: bool) -> QToolButton:
    """Return a button for an action, with its text beside the icon or the icon alone."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setAutoRaise(True)
    style = Qt.ToolButtonStyle
    button.setToolButtonStyle(style.ToolButtonTextBesideIcon if text else style.ToolButtonIconOnly)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
