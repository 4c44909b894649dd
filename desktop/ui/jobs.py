"""Long work off the window's thread: plain data in, plain data out; the caller commits each result as it comes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QThreadPool, QTimer, Signal, Slot

from db.store import Store
from desktop import workflow
from desktop.errors import UserError
from desktop.progress import Cancelled, Progress

STEP_MS = 5
AHEAD = 8  # results that may wait for the window, so that a job of thousands stays small
Work = Callable[[Progress], Iterator[Any]]
Question = Callable[[Store, Progress], Iterator[Any]]

_running: set[Job] = (
    set()
)  # a job outlives the dialog that began it: what closes must not take it from under its thread


class Job(QObject):
    """One piece of work on a thread of the pool; all its signals arrive on the thread that made it.

    `produced` brings each result, `stepped` (done, total, what) how far it is, then `ended` comes once: None, or the
    UserError that stopped it. `cancelled` tells the two quiet ends apart.
    """

    stepped = Signal(int, int, str)
    produced = Signal(object)
    ended = Signal(object)
    _arrived = Signal(object)
    _finished = Signal(object)

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self.progress = Progress(report=self.stepped.emit)
        self.cancelled = False
        self.running = False
        self._room = threading.Semaphore(AHEAD)
        self._arrived.connect(self._deliver)
        self._finished.connect(self._finish)

    def start(self) -> None:
        """Begin on a thread of the global pool."""
        self.running = True
        _running.add(self)
        QThreadPool.globalInstance().start(self._run)

    def cancel(self) -> None:
        """Ask the work to stop at its next step; what is done stays."""
        self.progress.cancel()
        self._room.release(AHEAD)

    def _run(self) -> None:
        outcome: BaseException | None = None
        try:
            for result in self._work(self.progress):
                self._room.acquire()
                self._arrived.emit(result)
        except BaseException as error:
            outcome = error
        self._finished.emit(outcome)

    @Slot(object)
    def _deliver(self, result: Any) -> None:
        try:
            self.produced.emit(result)
        finally:  # room for the next one once the window has had its turn, however fast they come
            QTimer.singleShot(0, self._room.release)

    @Slot(object)
    def _finish(self, outcome: BaseException | None) -> None:
        self.running = False
        _running.discard(self)
        self.cancelled = isinstance(outcome, Cancelled)
        self.ended.emit(outcome if isinstance(outcome, UserError) else None)
        self.deleteLater()  # here: what Python finds to be garbage it may find, and take down, on another thread
        if outcome is not None and not isinstance(outcome, UserError | Cancelled):
            raise outcome


def asking(store: Path, question: Question) -> Job:
    """Return a job that asks `question` of a store, which it opens for itself, to read only."""

    def work(progress: Progress) -> Iterator[Any]:
        with workflow.open_store(store, create=False, read_only=True) as reading:
            yield from question(reading, progress)

    return Job(work)


def finish_all() -> None:
    """Return once no job runs any more, those among them that begin as others end; their signals arrive meanwhile."""
    while _running:
        QThreadPool.globalInstance().waitForDone(STEP_MS)
        QCoreApplication.processEvents()
