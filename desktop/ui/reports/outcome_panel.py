"""What an import could not take: each file with its sentence, until the reviewer puts the list away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QToolButton, QVBoxLayout

from desktop.text import say, say_error
from desktop.ui.icons import icon
from desktop.ui.sentence_list import SentenceList

if TYPE_CHECKING:
    from desktop.workflow import Failed, Imported


class OutcomePanel(QFrame):
    """Hidden until something failed or was skipped."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("outcome")
        self._failed: list[Failed] = []
        self._skipped: list[Failed] = []
        self._passed_over: list[Failed] = []
        self._heading = QLabel()
        self._heading.setProperty("part", "heading")
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.clicked.connect(self.clear)
        self._list = SentenceList()
        self._list.setObjectName("outcome_list")
        self._list.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self._list.setFixedHeight(6 * self.fontMetrics().lineSpacing())
        self._list.setIconSize(QSize(16, 16))
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 8)
        layout.addLayout(top)
        layout.addWidget(self._list)
        self.retranslate()

    def add(self, imported: Imported) -> None:
        """Add what an import left out."""
        self._failed += imported.failed
        self._skipped += imported.skipped
        self._passed_over += imported.passed_over
        self.retranslate()

    def clear(self) -> None:
        """Put the list away."""
        self._failed, self._skipped, self._passed_over = [], [], []
        self.retranslate()
        self.closed.emit()

    def retranslate(self) -> None:
        """Say everything in the language and colours of the moment."""
        rows = (
            (self._failed, "finding", "error"),
            (self._passed_over, "choose-not", "extracted"),
            (self._skipped, "redo", "extracted"),
        )
        self.setVisible(any(outcomes for outcomes, _, _ in rows))
        self._heading.setText(self._summary())
        self._close.setIcon(icon("close"))
        self._close.setToolTip(say("close_list"))
        self._close.setAccessibleName(say("close_list"))
        self._list.setAccessibleName(self._heading.text())
        self._list.clear()
        for outcomes, symbol, tint in rows:
            for outcome in outcomes:
                item = QListWidgetItem(icon(symbol, tint), say_error(outcome.error))
                item.setToolTip(outcome.name)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self._list.addItem(item)

    def _summary(self) -> str:
        """Return how many failed and how many were there already, as far as there are any."""
        counted = (("import_failed_files", self._failed), ("import_known_files", self._skipped))
        told = [say(name, n=len(outcomes)) for name, outcomes in counted if outcomes]
        return say("list_separator").join(told) or say("import_passed_over")
