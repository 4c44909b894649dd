"""Importing from the window: a job reads the files, what has come is entered into the store between two events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop import workflow
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.text import say
from desktop.ui.jobs import Job
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.workflow import Failed, Imported, Reading

REFRESH_MS = 400


class Importing(QObject):
    """One import after the other; `begun` brings the job, `finished` (Imported, its sentence) what came of it."""

    begun = Signal(object)
    finished = Signal(object, str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: list[list[Path]] = []
        self._imported: Imported
        self._arrived: list[Reading | Failed] = []
        self.job: Job | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._enter)
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
        self._imported = workflow.Imported()

        def read(progress: Progress) -> Iterator[Any]:
            sources, failed = workflow.find_sources(paths)
            yield from failed
            yield from workflow.read_sources(sources, known, progress, named_by)

        self.job = Job(read)
        self.job.produced.connect(self._keep)
        self.job.ended.connect(self._end)
        self.begun.emit(self.job)
        self.job.start()

    def _keep(self, outcome: Reading | Failed) -> None:
        self._arrived.append(outcome)
        if not self._soon.isActive():
            self._soon.start()

    def _enter(self) -> None:
        """Enter what has come, all in one transaction: a job brings only so much in a turn."""
        self._soon.stop()
        arrived, self._arrived = self._arrived, []
        before = len(self._imported.added)
        for outcome in arrived:
            if isinstance(outcome, workflow.Failed):
                workflow.keep(self._session.store, outcome, self._imported)
        try:
            readings = [outcome for outcome in arrived if isinstance(outcome, workflow.Reading)]
            workflow.keep_readings(self._session.store, readings, self._imported)
        except UserError as error:  # nothing can be written any more
            self.stop()
            self._imported.failed.append(workflow.Failed("", error))
        self._session.checking.check_backlog(self._imported.added[before:])
        if not self._refresh.isActive():
            self._refresh.start()

    def _end(self, error: UserError | None) -> None:
        self._enter()
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
