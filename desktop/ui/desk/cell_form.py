"""A line for a cell's number itself and the reason for it, under the evidence while it is asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.text import say
from desktop.ui.desk.escapable import Escapable


class CellForm(QWidget):
    """`written` (indicator, number as typed, reason) comes with Enter; `left` when the reviewer gives up."""

    written = Signal(str, str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._indicator = ""
        self._caption = QLabel()
        self.number, self.reason = Escapable(), Escapable()
        self.number.setObjectName("cell_number")
        self.reason.setObjectName("cell_reason")
        self._refusal = QLabel()
        self._refusal.setObjectName("cell_error")
        self._refusal.setProperty("part", "error")
        self._refusal.hide()
        fields = QHBoxLayout()
        fields.addWidget(self.number, 1)
        fields.addWidget(self.reason, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 2)
        layout.setSpacing(4)
        layout.addWidget(self._caption)
        layout.addLayout(fields)
        layout.addWidget(self._refusal, 0, Qt.AlignmentFlag.AlignLeft)
        self.number.returnPressed.connect(self._next)
        self.reason.returnPressed.connect(self._write)
        for line in (self.number, self.reason):
            line.left.connect(self._leave)
            line.textEdited.connect(self._refusal.hide)
        self.retranslate()
        self.hide()

    def ask(self, indicator: str, name: str, number: str, reason: str) -> None:
        """Ask for the number of one indicator's cell, beginning with what stands."""
        self._indicator = indicator
        self._caption.setText(say("cell_caption", indicator=name))
        self.number.setText(number)
        self.reason.setText(reason)
        self._refusal.hide()
        self.show()
        self.number.selectAll()
        self.number.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refuse(self, sentence: str, *, of_reason: bool) -> None:
        """Say at the fields why the entry was not taken, and go to the one that it is about."""
        line = self.reason if of_reason else self.number
        self._refusal.setText(sentence)
        self._refusal.show()
        line.setAccessibleDescription(sentence)
        line.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say what the fields are for in the language of the moment."""
        for line, hint in ((self.number, "cell_number_hint"), (self.reason, "cell_reason_hint")):
            line.setPlaceholderText(say(hint))
            line.setAccessibleName(say(hint))

    def _next(self) -> None:
        if self.number.text().strip():
            self.reason.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._write()

    def _write(self) -> None:
        self.written.emit(self._indicator, self.number.text(), self.reason.text())

    def _leave(self) -> None:
        self.hide()
        self.left.emit()
