"""One line under the evidence for what a reviewer has to say of a figure: a comment, a query, a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.text import say
from desktop.ui import keymap
from desktop.ui.desk.escapable import Escapable

Mode = Literal["comment", "query", "reject", "dismiss"]
CAPTIONS: Mapping[Mode, str] = {
    "comment": "note_comment",
    "query": "note_query",
    "reject": "note_reject",
    "dismiss": "note_dismiss",
}
HINTS: Mapping[Mode, str] = {
    "comment": "note_comment_hint",
    "query": "note_query_hint",
    "reject": "note_reject_hint",
    "dismiss": "note_dismiss_hint",
}


class NoteField(QWidget):
    """`written` (mode, text) comes with Enter; `left` when the reviewer leaves the field without writing."""

    written = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._mode: Mode = "comment"
        self._comment = ""
        self._asking = False
        self._caption = QLabel()
        self.line = Escapable()
        self.line.setObjectName("note")
        self._refusal = QLabel()
        self._refusal.setObjectName("note_error")
        self._refusal.setProperty("part", "error")
        self._refusal.hide()
        layout = QGridLayout(self)
        layout.setContentsMargins(10, 6, 10, 8)
        layout.addWidget(self._caption, 0, 0)
        layout.addWidget(self.line, 0, 1)
        layout.addWidget(self._refusal, 1, 1, Qt.AlignmentFlag.AlignLeft)
        self.line.returnPressed.connect(self._write)
        self.line.left.connect(self._leave)
        self.line.textEdited.connect(self._type)
        self.retranslate()

    def show_comment(self, comment: str, *, again: bool = False) -> None:
        """Show the comment of the current figure; `again`, of the same one as before, leaves what is being typed."""
        self._comment = comment
        if again and self._asking:
            return
        self._asking = False
        self._begin("comment")
        self.line.setText(comment)

    def ask(self, mode: Mode) -> None:
        """Take the focus and ask for a comment, a query or a reason."""
        self._begin(mode)
        self._asking = True
        self.setEnabled(True)
        self.line.setText("" if mode in ("reject", "dismiss") else self._comment)
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refuse(self, sentence: str) -> None:
        """Say at the field why an entry was not taken."""
        self._asking = True
        self._refusal.setText(sentence)
        self._refusal.show()
        self.line.setAccessibleDescription(sentence)

    def retranslate(self) -> None:
        """Say the caption and hint in the language of the moment."""
        self._caption.setText(say(CAPTIONS[self._mode]))
        self.line.setPlaceholderText(say(HINTS[self._mode], keys=keymap.shown("comment")))
        self.line.setAccessibleName(say(CAPTIONS[self._mode]))

    def _begin(self, mode: Mode) -> None:
        self._mode = mode
        self._refusal.hide()
        self.retranslate()

    def _type(self) -> None:
        self._asking = True
        self._refusal.hide()

    def _write(self) -> None:
        self._asking = False
        self.written.emit(self._mode, self.line.text().strip())

    def _leave(self) -> None:
        self.show_comment(self._comment)
        self.left.emit()
