"""The one thing asked at first start, in a bar and not in a dialog: whose decisions these are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton

from desktop.errors import UserError
from desktop.text import say, say_error
from desktop.ui.session import Session


class ReviewerBar(QFrame):
    """`named` comes when a name was given."""

    named = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("reviewer_bar")
        self.setProperty("part", "notice")
        self._session = session
        self._question = QLabel()
        self.line = QLineEdit()
        self.line.setObjectName("reviewer_name")
        self.line.setMaximumWidth(220)
        self._button = QPushButton()
        self._refusal = QLabel()
        self._refusal.setProperty("part", "error")
        self._refusal.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 5, 10, 5)
        for widget in (self._question, self.line, self._button, self._refusal):
            layout.addWidget(widget)
        layout.addStretch(1)
        self._button.clicked.connect(self._take)
        self.line.returnPressed.connect(self._take)
        self.line.textEdited.connect(self._refusal.hide)
        self.retranslate()
        self.hide()

    def ask(self) -> None:
        """Show the bar with the name that stands, and take the focus."""
        self.line.setText(self._session.reviewer)
        self.line.selectAll()
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._question.setText(say("reviewer_question"))
        self.line.setAccessibleName(say("reviewer_question"))
        self.line.setPlaceholderText(say("reviewer_hint"))
        self._button.setText(say("reviewer_take"))
        self._refusal.hide()

    def _take(self) -> None:
        try:
            self._session.name_reviewer(self.line.text())
        except UserError as error:
            self._refusal.setText(say_error(error))
            self._refusal.show()
            return
        self.hide()
        self.named.emit(self._session.reviewer)
