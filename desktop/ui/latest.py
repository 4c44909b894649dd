"""Questions to the store that take long, asked of a copy opened for reading: only the last one asked is answered."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from db.store import Store
from desktop.errors import UserError
from desktop.ui.jobs import Job, Question, asking


class Latest(QObject):
    """`came` brings each part of the answer, then comes `ended`, with the UserError that stopped it or None."""

    came = Signal(object)
    ended = Signal(object)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = store.path
        self._job: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether an answer is on its way."""
        return self._job is not None

    def ask(self, question: Question) -> None:
        """Ask this instead of what was asked before."""
        self.drop()
        job = self._job = asking(self._path, question)
        job.produced.connect(lambda part: self._pass_on(job, part))
        job.ended.connect(lambda error: self._end(job, error))
        job.start()

    def drop(self) -> None:
        """Wait for no answer any more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _pass_on(self, job: Job, part: Any) -> None:
        if job is self._job:
            self.came.emit(part)

    def _end(self, job: Job, error: UserError | None) -> None:
        if job is self._job:
            self._job = None
            self.ended.emit(error)
