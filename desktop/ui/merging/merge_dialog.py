"""Merging: what is in the files, how far it is, and what came of it, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from db import queries
from db.rows import PersonRow
from desktop import workflow
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.text import say, say_error
from desktop.ui.displays import enlarge
from desktop.ui.jobs import Job
from desktop.ui.progress_strip import ProgressStrip
from desktop.ui.sentence_list import SentenceList
from desktop.ui.session import Session
from desktop.ui.theme import restyle

if TYPE_CHECKING:
    from desktop.workflow import Merged


class MergeDialog(QDialog):
    """Modal, so that nobody writes the store meanwhile: the job does, by a connection of its own.

    `begun` and `ended` come around the job; `merged` (Merged) brings what came of each file; `disputes_wanted` asks for
    the page of disputes.
    """

    begun = Signal()
    ended = Signal()
    merged = Signal(object)
    disputes_wanted = Signal()

    def __init__(self, session: Session, files: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("merge_dialog")
        self.setWindowTitle(say("act_merge").rstrip("…"))
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self._session = session
        self._files: list[Path] = []
        self.job: Job | None = None
        self.told = QLabel()
        self.told.setObjectName("merge_told")
        self.told.setWordWrap(True)
        self.list = SentenceList()
        self.list.setObjectName("merge_list")
        self.list.setSpacing(2)
        self.list.setAccessibleName(self.windowTitle())
        self.strip = ProgressStrip()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setText(say("close"))
        self.go = self.buttons.addButton(self.windowTitle(), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setObjectName("merge_go")
        self.disputes = self.buttons.addButton(say("merge_to_disputes"), QDialogButtonBox.ButtonRole.ActionRole)
        self.disputes.setObjectName("merge_disputes")
        self.disputes.hide()
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        self._offers = QVBoxLayout()
        layout.addWidget(self.told)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.strip, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(self._offers)
        layout.addWidget(self.buttons)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(button is self.go)
        self.go.setDefault(True)
        enlarge(self, 620, 380)
        self.buttons.accepted.connect(self.start)
        self.buttons.rejected.connect(self.reject)
        self.disputes.clicked.connect(self._go_to_disputes)
        self._look(files)
        self.go.setFocus()

    def _look(self, files: Sequence[Path]) -> None:
        """Tell what is in the files; those that are no stores are refused at once."""
        for path in files:
            try:
                held, _ = workflow.backup_contents(self._session.store.path, path)
            except UserError as error:
                self.list.addItem(say_error(error))
                continue
            self._files.append(path)
            self.list.addItem(say("merge_holds", name=path.name, n=held.reports, changes=held.last_change))
        self._tell(say("merge_about") if self._files else say("merge_no_store"), refused=not self._files)
        self.go.setEnabled(bool(self._files))

    def start(self) -> None:
        """Merge one file after the other, off the window's thread; one that was merged stays when the next fails."""
        store, files = self._session.store, tuple(self._files)

        def merge(progress: Progress) -> Iterator[Any]:
            with store.beside() as writing:
                for path in files:
                    yield workflow.merge(writing, path, progress)

        self.begun.emit()
        self.job = Job(merge)
        self.job.produced.connect(self._show)
        self.job.ended.connect(self._end)
        self.strip.follow(self.job)
        self.list.clear()
        self.go.setEnabled(False)
        self._tell(say("merge_working"))
        self.job.start()

    def _show(self, merged: Merged) -> None:
        for sentence in workflow.merged_sentences(merged):
            self.list.addItem(sentence)
        self.merged.emit(merged)

    def _end(self, error: UserError | None) -> None:
        cancelled = self.job is not None and self.job.cancelled
        self.job = None
        self.ended.emit()
        self.go.hide()
        if error is not None:
            self._tell(say_error(error), refused=True)
        elif cancelled:
            self._tell(say("merge_cancelled"))
        else:
            self._tell(say("merge_done"))
        self._ask_who_is_who()
        waiting = sum(queries.dispute_counts(self._session.store).values())
        self.disputes.setVisible(bool(waiting))
        button = self.disputes if waiting else self.buttons.button(QDialogButtonBox.StandardButton.Close)
        button.setDefault(True)
        button.setFocus()

    def _ask_who_is_who(self) -> None:
        """Offer to say of two reviewers of one name that they are one person: each of his stores named him anew."""
        first: dict[str, PersonRow] = {}
        for row in queries.people(self._session.store):
            if row.reviewer_id == row.same_as and first.setdefault(row.name, row) is not row:
                one = first[row.name]
                words = say("merge_same_person", name=row.name, store=one.store, other=row.store)
                offer = QPushButton(words.replace("&", "&&"))
                offer.setAutoDefault(False)
                offer.clicked.connect(partial(self._are_one, offer, row.reviewer_id, one.reviewer_id))
                self._offers.addWidget(offer)

    def _are_one(self, offer: QPushButton, reviewer_id: str, same_as: str) -> None:
        try:
            self._session.decide(workflow.same_person, reviewer_id, same_as)
        except UserError as error:
            self._tell(say_error(error), refused=True)
            return
        offer.setEnabled(False)
        offer.setText(say("merge_is_one_person"))

    def _go_to_disputes(self) -> None:
        self.accept()
        self.disputes_wanted.emit()

    def _tell(self, sentence: str, *, refused: bool = False) -> None:
        restyle(self.told, "error" if refused else "")
        self.told.setText(sentence)

    def done(self, result: int) -> None:
        """Close; a merge that runs is given up first, which leaves the store as it was."""
        if self.job is None:
            super().done(result)
            return
        self.job.ended.connect(lambda: self.done(result))
        self.job.cancel()
