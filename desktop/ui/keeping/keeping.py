"""Backups made beside the work, and what the File menu offers of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6 import QtWidgets
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop import workflow
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.text import say, say_error
from desktop.ui.jobs import Job
from desktop.ui.session import Session


class Keeping(QObject):
    """`said` (sentence, is it a refusal) tells what came of a backup; `begun` brings the job of one that was asked for.

    `restore_wanted` (backup, other study) asks for a backup in place of the store, which the window cannot outlive.
    """

    said = Signal(str, bool)
    begun = Signal(object)
    restore_wanted = Signal(object, bool)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._job: Job | None = None

    def start(self) -> None:
        """Back the store up as it was opened, beside the work; say so only where that fails."""
        if self._session.store.read_only or self._job is not None:
            return
        path = self._session.store.path
        self._run(lambda progress: workflow.keep_backup(path, progress), quietly=True)
        from db import queries

        lost = len(queries.lost(self._session.store))
        if lost:
            self.said.emit(say("lost_n", n=lost), True)

    def stop(self) -> None:
        """Give up the backup that is being made; the next opening makes one."""
        if self._job is not None:
            self._job.cancel()

    def back_up(self) -> None:
        """Ask for a file and copy the store to it."""
        folder = self._session.store.path.parent
        name, _ = QtWidgets.QFileDialog.getSaveFileName(
            self._window, say("act_back_up"), str(folder), f"{say('stores')} (*.hebao)",
            options=QtWidgets.QFileDialog.Option.DontConfirmOverwrite,
        )  # fmt: skip
        if name:
            self.back_up_to(Path(name))

    def back_up_to(self, to: Path) -> None:
        """Copy the store to a file."""
        path = self._session.store.path
        if self._job is not None:
            self._job.cancel()

        def copy(progress: Progress) -> Iterator[Any]:
            yield workflow.back_up(path, to, progress)

        self._run(copy, quietly=False)

    def restore(self) -> None:
        """Show the backups that there are, to put one in the place of the store."""
        from desktop.ui.keeping.restore_dialog import RestoreDialog

        dialog = RestoreDialog(self._session.store.path, self._window)
        dialog.chosen.connect(self.restore_wanted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def test_store(self) -> None:
        """Test the store and show what is wrong with it."""
        from desktop.ui.keeping.test_dialog import TestDialog

        dialog = TestDialog(self._session.store.path, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _run(self, work: Any, *, quietly: bool) -> None:
        job = Job(work)
        self._job = job
        if not quietly:
            job.produced.connect(lambda path: self.said.emit(say("backup_made", path=path), False))
            self.begun.emit(job)
        job.ended.connect(lambda error: self._end(job, error))
        job.start()

    def _end(self, job: Job, error: UserError | None) -> None:
        if self._job is job:
            self._job = None
        if error is not None:
            self.said.emit(say_error(error), True)
