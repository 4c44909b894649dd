"""Importing from the window: files are read by a job, each is entered into the store as it comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop import workflow
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.text import say
from desktop.ui.jobs import Job
from desktop.ui.session import Session
from desktop.workflow import Imported

REFRESH_MS = 400


class Importing(QObject):
    """One import after the other; `begun` brings the job, `finished` (Imported, its sentence) what came of it."""

    begun = Signal(object)
    finished = Signal(object, str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: list[list[Path]] = []
        self._imported = Imported()
        self.job: Job | None = None
        self._refresh = QTimer(self)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.setSingleShot(True)
        self._refresh.timeout.connect(session.reports_changed)

    def add(self, paths: Sequence[Path]) -> None:
        """Import files and folders, now or when the import that runs is done."""
        self._waiting.append(list(paths))
        if self.job is None:
            self._begin()

    def stop(self) -> None:
        """Give up what waits, and what runs at its next file; what is entered stays."""
        self._waiting.clear()
        if self.job is not None:
            self.job.cancel()

    def _begin(self) -> None:
        paths = self._waiting.pop(0)
        known, named_by = workflow.known_sources(self._session.store), workflow.catalogue(self._session.store)
        self._imported = Imported()

        def read(progress: Progress) -> Iterator[Any]:
            sources, failed = workflow.find_sources(paths)
            yield from failed
            yield from workflow.read_sources(sources, known, progress, named_by)

        self.job = Job(read)
        self.job.produced.connect(self._keep)
        self.job.ended.connect(self._end)
        self.begun.emit(self.job)
        self.job.start()

    def _keep(self, outcome: Any) -> None:
        before = len(self._imported.added)
        try:
            workflow.keep(self._session.store, outcome, self._imported)
        except UserError as error:
            self._imported.failed.append(workflow.Failed(outcome.document.name, error))
        self._session.checking.check_backlog(self._imported.added[before:])
        if not self._refresh.isActive():
            self._refresh.start()

    def _end(self, error: UserError | None) -> None:
        imported, job = self._imported, self.job
        if error is not None:
            imported.failed.append(workflow.Failed("", error))
        self.job = None
        self._refresh.stop()
        self._session.reports_changed.emit()
        counts = {"skipped": len(imported.skipped), "failed": len(imported.failed)}
        sentence = say("imported_reports", n=len(imported.added), **counts)
        if job is not None and job.cancelled:
            sentence = f"{say('import_cancelled')} {sentence}"
        self.finished.emit(imported, sentence)
        if self._waiting:
            self._begin()
