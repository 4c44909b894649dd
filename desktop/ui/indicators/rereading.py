"""Reading every report again once the reviewers' own indicators are others: read by a job, kept one by one."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from db.touched import Touched
from desktop import workflow
from desktop.errors import UserError
from desktop.text import say, say_error
from desktop.ui.jobs import Job, asking
from desktop.ui.session import Session

REFRESH_MS = 400


class Rereading(QObject):
    """`begun` brings each job; `said` (sentence, is it a refusal) tells how it ended.

    Which reports wait is read from the store, so that what was stopped goes on at the next start.
    """

    begun = Signal(object)
    said = Signal(str, bool)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._held = False
        self._anew = False
        self._all = False
        self._kept: set[int] = set()
        self._count = 0
        self.job: Job | None = None
        self._refresh = QTimer(self)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.setSingleShot(True)
        self._refresh.timeout.connect(self._tell_all)
        session.touched.connect(self._follow)

    def read_all(self) -> None:
        """Read every report again from its original file, as after an update."""
        self._all = True
        self._start_anew()

    def start(self) -> None:
        """Read again what was read with other indicators than there are now; what is being read goes on."""
        store = self._session.store
        if self._held or store.read_only or self.job is not None:
            return
        waiting, read_again = workflow.outdated(store), workflow.extract_again
        if self._all:
            waiting, read_again = self._session.order(), workflow.read_sources_again
        if not waiting:
            return
        waiting = list(waiting)
        self._all, self._count = False, 0

        self.job = asking(store.path, lambda reading, progress: read_again(reading, waiting, progress))
        self.job.produced.connect(self._keep)
        self.job.ended.connect(self._end)
        self.begun.emit(self.job)
        self.job.start()

    def hold(self) -> None:
        """Stop for a while: an import comes first."""
        self._held = True
        if self.job is not None:
            self.job.cancel()

    def go_on(self) -> None:
        """Read on after a while, what was imported meanwhile too."""
        self._held = False
        self._start_anew()

    def _start_anew(self) -> None:
        """Read with the indicators of now, from the beginning where something is being read."""
        if self.job is None:
            self.start()
        elif not self._held:
            self._anew = True
            self.job.cancel()

    def _follow(self, touched: Touched) -> None:
        if touched.indicators:
            self._start_anew()

    def _keep(self, again: workflow.ReadAgain) -> None:
        try:
            workflow.keep_again(self._session.store, again)
        except UserError as error:
            if self.job is not None:
                self.job.cancel()
            self.said.emit(say_error(error), True)
            return
        self._session.checking.check_backlog([again.report_id])
        self._count += 1
        self._kept.add(again.report_id)
        if not self._refresh.isActive():
            self._refresh.start()

    def _end(self, error: UserError | None) -> None:
        stopped = self.job is not None and self.job.cancelled
        self.job = None
        self._refresh.stop()
        self._tell_all()
        if error is not None:
            self.said.emit(say_error(error), True)
        elif self._anew:
            self._anew = False
            self.start()
        elif stopped and not self._held:
            self.said.emit(say("read_again_later"), True)
        elif not stopped:
            self.said.emit(say("read_again", n=self._count), False)

    def _tell_all(self) -> None:
        kept, self._kept = frozenset(self._kept), set()
        if kept:
            self._session.touched.emit(Touched("", kept))
