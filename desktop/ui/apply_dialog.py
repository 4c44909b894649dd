"""Corrections made in an exported workbook: listed, then taken as one undoable change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QVBoxLayout, QWidget

from db.store import Store
from desktop import workflow
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.text import say, say_error
from desktop.ui.displays import enlarge
from desktop.ui.jobs import asking
from desktop.ui.session import Session
from desktop.ui.theme import restyle
from desktop.workflow import Corrections


class ApplyDialog(QDialog):
    """Shows what a workbook would change; `taken` (sentence) says what was done."""

    taken = Signal(str)

    def __init__(self, session: Session, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("apply_dialog")
        self.setWindowTitle(say("act_apply").rstrip("…"))
        self._session = session
        self._corrections: Corrections | None = None
        self.told = QLabel(say("apply_reading", name=path.name))
        self.told.setWordWrap(True)
        self.changes, self.misfits = QListWidget(), QListWidget()
        self._misfits_caption = QLabel(say("apply_misfits"))
        self._misfits_caption.setProperty("part", "heading")
        self.changes.setAccessibleName(say("act_apply").rstrip("…"))
        self.misfits.setAccessibleName(say("apply_misfits"))
        for part in (self._misfits_caption, self.misfits):
            part.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setText(say("close"))
        self.go = self.buttons.addButton(say("apply_take"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setObjectName("apply_go")
        self.go.setEnabled(False)
        self.go.setDefault(True)
        layout = QVBoxLayout(self)
        for widget in (self.told, self.changes, self._misfits_caption, self.misfits, self.buttons):
            layout.addWidget(widget)
        layout.setStretchFactor(self.changes, 2)
        enlarge(self, 720, 480)
        self.buttons.accepted.connect(self.take)
        self.buttons.rejected.connect(self.reject)
        self._read(path)

    def _read(self, path: Path) -> None:
        def read(store: Store, _progress: Progress) -> Iterator[Any]:
            corrections = workflow.read_corrections(store, path)
            yield corrections, workflow.correction_sentences(store, corrections)

        self.job = asking(self._session.store.path, read)
        self.job.produced.connect(self._show)
        self.job.ended.connect(self._end)
        self.job.start()

    def _show(self, read: tuple[Corrections, list[str]]) -> None:
        self._corrections, lines = read
        self.changes.addItems(lines)
        self.misfits.addItems([say_error(misfit) for misfit in self._corrections.misfits])
        for part in (self._misfits_caption, self.misfits):
            part.setVisible(bool(self._corrections.misfits))
        self.told.setText(say("apply_n_changes", n=len(lines), misfits=len(self._corrections.misfits)))
        self.go.setEnabled(bool(lines))
        (self.go if lines else self.changes).setFocus()

    def _end(self, error: UserError | None) -> None:
        if error is not None:
            self._refuse(error)

    def _refuse(self, error: UserError) -> None:
        restyle(self.told, "error")
        self.told.setText(say_error(error))

    def take(self) -> None:
        """Take all that is listed, as one change."""
        if self._corrections is None:
            return
        try:
            self._session.decide(workflow.apply_corrections, self._corrections)
        except UserError as error:
            self._refuse(error)
            return
        self.taken.emit(say("apply_taken", n=len(self._corrections.changes)))
        self.accept()
