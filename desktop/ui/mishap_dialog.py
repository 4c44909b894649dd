"""What is shown of an error that nobody foresaw, and of a last time that ended badly."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import faults
from desktop.text import say
from desktop.ui.displays import enlarge


class MishapDialog(QDialog):
    """What happened, what to do, and what the log says, to be copied; the error's own words only where one agrees."""

    def __init__(self, error: BaseException, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("mishap_dialog")
        self.setWindowTitle(say("mishap_title"))
        self._error = error
        about = QLabel(say("mishap"))
        about.setWordWrap(True)
        self.details = QPlainTextEdit(faults.described(error))
        self.details.setReadOnly(True)
        self.details.setAccessibleName(say("mishap_details"))
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.words = QCheckBox(say("mishap_words"))
        self.words.setObjectName("mishap_words")
        self.words.toggled.connect(lambda on: self.details.setPlainText(faults.described(error, words=on)))
        buttons = QDialogButtonBox()
        copy = buttons.addButton(say("mishap_copy"), QDialogButtonBox.ButtonRole.ActionRole)
        folder = buttons.addButton(say("mishap_folder"), QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton(say("mishap_go_on"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.details.toPlainText()))
        folder.clicked.connect(show_folder)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        for widget in (about, self.details, self.words, buttons):
            layout.addWidget(widget)
        enlarge(self, 620, 360)
        close.setFocus()

    def done(self, result: int) -> None:
        """Write the error's words to the log where that was agreed to, and close."""
        if self.words.isChecked():
            faults.note(faults.described(self._error, words=True))
        super().done(result)


class EndedBadly(QFrame):
    """A bar that says that the last time ended badly, and where the log is."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ended_badly")
        self.setProperty("part", "notice")
        told = QLabel(say("ended_badly"))
        told.setWordWrap(True)
        told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        folder, close = QPushButton(say("mishap_folder")), QPushButton(say("close"))
        folder.clicked.connect(show_folder)
        close.clicked.connect(self.deleteLater)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 10, 5)
        row.addWidget(told, 1)
        row.addWidget(folder)
        row.addWidget(close)


def show_folder() -> None:
    """Open the folder of the log with whatever the system opens folders with."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(faults.log_file().parent)))
