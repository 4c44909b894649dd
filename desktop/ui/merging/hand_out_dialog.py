"""Handing out: a part of the store for one colleague or several, told beforehand how many reports each gets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from db.store import Store
from desktop import workflow
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.text import say, say_error
from desktop.ui.displays import enlarge
from desktop.ui.jobs import Job, asking
from desktop.ui.latest import Latest
from desktop.ui.merging.hand_out_form import HandOutForm
from desktop.ui.progress_strip import ProgressStrip
from desktop.ui.sentence_list import SentenceList
from desktop.ui.session import Session
from desktop.ui.theme import restyle
from desktop.ui.wording import local_time

WAIT_MS = 200  # after the last key


class HandOutDialog(QDialog):
    """`handed_out` (sentence) says what was written."""

    handed_out = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hand_out_dialog")
        self.setWindowTitle(say("act_hand_out").rstrip("…"))
        self._session = session
        self.job: Job | None = None
        self.form = HandOutForm(session)
        self.counting = Latest(session.store, self)
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self.told = QLabel()
        self.told.setObjectName("hand_out_told")
        self.told.setWordWrap(True)
        self._caption = QLabel(say("hand_out_before"))
        self._caption.setProperty("part", "heading")
        self.out = SentenceList()
        self.out.setObjectName("handed_out")
        self.out.setAccessibleName(say("hand_out_before"))
        self.strip = ProgressStrip()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setText(say("close"))
        self.go = self.buttons.addButton(self.windowTitle(), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setObjectName("hand_out_go")
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        for widget in (self.form, self.told):
            layout.addWidget(widget)
        layout.addWidget(self.strip, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._caption)
        layout.addWidget(self.out, 1)
        layout.addStretch()
        layout.addWidget(self.buttons)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(button is self.go)
        self.go.setDefault(True)
        self.resize(600, 0)
        self.form.changed.connect(self._wait.start)
        self._wait.timeout.connect(self._count)
        self.counting.came.connect(self._show_counts)
        self.counting.ended.connect(self._end_counting)
        self.buttons.accepted.connect(self.start)
        self.buttons.rejected.connect(self.reject)
        self._list()
        self._count()
        self.form.names.setFocus()

    def _list(self) -> None:
        """Show what was handed out before, and what has come back of it."""
        before = workflow.handed_out(self._session.store)
        self.out.clear()
        for one in before:
            back = say("hand_out_back", n=one.came_back) if one.came_back else say("hand_out_out")
            told = [local_time(one.at), one.to, one.file, say("n_reports", n=one.reports)]
            told += [say("hand_out_was_blind")] if one.blind else []
            self.out.addItem(" · ".join([*told, back]))
        for part in (self._caption, self.out):
            part.setVisible(bool(before))
        if before:
            enlarge(self, self.width(), max(self.height(), 560))

    def _count(self) -> None:
        self._wait.stop()
        part, colleagues = self.form.part(), self.form.colleagues()

        def ask(store: Store, _progress: Progress) -> Iterator[Any]:
            yield colleagues, workflow.deal(store, part, max(len(colleagues), 1))

        self.counting.ask(ask)

    def _show_counts(self, counted: tuple[list[str], list[list[int]]]) -> None:
        names, hands = counted
        shared = set.intersection(*map(set, hands))
        if not names:
            self._tell(say("hand_out_would", n=len(hands[0])))
            return
        told = [say("hand_out_gets", name=name, n=len(hand)) for name, hand in zip(names, hands, strict=True)]
        sentence = say("list_separator").join(told)
        several = len(names) > 1 and bool(shared)
        self._tell(say("hand_out_shared", told=sentence, n=len(shared)) if several else sentence)

    def _end_counting(self, error: UserError | None) -> None:
        if error is not None:
            self._tell(say_error(error), refused=True)

    def start(self) -> None:
        """Write the stores, off the window's thread."""
        self._wait.stop()
        self.counting.drop()
        if not self.form.colleagues():
            self._tell(say("hand_out_nobody"), refused=True)
            self.form.names.setFocus()
            return
        if not self._session.reviewer:
            self._session.reviewer_needed.emit()
            self._tell(say_error(UserError("reviewer_unnamed")), refused=True)
            return
        part, files = self.form.part(), self.form.files()
        if len(files) < len(self.form.colleagues()):
            self._tell(say("hand_out_same_file", path=next(iter(files))), refused=True)
            return
        blind, sources = self.form.blind.isChecked(), self.form.sources.isChecked()

        def write(store: Store, progress: Progress) -> Iterator[Any]:
            yield from workflow.write_hand_out(store, part, files, progress, blind=blind, sources=sources)

        self.job = asking(self._session.store.path, write)
        self.job.produced.connect(lambda made: self._record(made, blind))
        self.job.ended.connect(self._end)
        self.strip.follow(self.job)
        self._busy(True)
        self.job.start()

    def _busy(self, busy: bool) -> None:
        self.form.setEnabled(not busy)
        self.go.setEnabled(not busy)

    def _record(self, made: list[workflow.Handed], blind: bool) -> None:
        try:
            self._session.decide(workflow.record_hand_out, made, blind=blind)
        except UserError as error:
            self._tell(say_error(error), refused=True)
            return
        told = [say("hand_out_done", n=len(one.report_ids), to=one.to, path=one.path) for one in made]
        self._tell("\n".join(told))
        self._list()
        self.handed_out.emit(told[0] if len(told) == 1 else say("hand_out_done_all", n=len(told)))

    def _end(self, error: UserError | None) -> None:
        cancelled = self.job is not None and self.job.cancelled
        self.job = None
        self._busy(False)
        if error is not None:
            self._tell(say_error(error), refused=True)
        elif cancelled:
            self._tell(say("hand_out_cancelled"))

    def _tell(self, sentence: str, *, refused: bool = False) -> None:
        restyle(self.told, "error" if refused else "")
        self.told.setText(sentence)

    def done(self, result: int) -> None:
        """Close; what is being written is given up first."""
        self.counting.drop()
        if self.job is None:
            super().done(result)
            return
        self.job.ended.connect(lambda: self.done(result))
        self.job.cancel()
