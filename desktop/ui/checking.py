"""Checks beside the window's thread: what a decision touched is judged by a job, what comes of it is kept here."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from db.store import Store
from desktop import workflow
from desktop.errors import UserError
from desktop.ui.jobs import Job, asking, finish_all

AT_ONCE = 20  # reports a job: a decision made meanwhile waits for no more
FEW = 5  # reports of the backlog a job; their districts come with them
BEGIN_MS = 60  # first the window paints what the decision led to
BACKLOG_MS = 150  # between two batches of what nobody waits for
TELL_MS = 20
MARK_MS = 1500  # a pause in the work: another transaction, which no decision is to wait for


def _timer(milliseconds: int, act: Callable[[], None], parent: QObject) -> QTimer:
    made = QTimer(parent, singleShot=True, interval=milliseconds)
    made.timeout.connect(act)
    return made


class Checking(QObject):
    """Checks reports of one store: `changed` (ids) tells whose findings are others now, `failed` (UserError) why not.

    What was asked for last comes first. A report that is asked for again while it is being judged is judged again, and
    only that is kept. What is left unchecked is marked in the store, so that the next opening goes on with it.
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._waiting: dict[int, None] = {}
        self._backlog: dict[int, None] = {}
        self._news: set[int] = set()
        self._checked: set[int] = set()
        self._job: Job | None = None
        self._held = False
        self._start = _timer(BEGIN_MS, self._begin, self)
        self._tell = _timer(TELL_MS, self._tell_all, self)
        self._mark = _timer(MARK_MS, self._mark_all, self)

    @property
    def busy(self) -> bool:
        """Whether a report waits, is being checked, or has findings that nobody has been told of."""
        return self._start.isActive() or self._job is not None or bool(self._news)

    def check(self, report_ids: Iterable[int]) -> None:
        """Have some reports checked, and those that they concern."""
        if self._store.read_only:
            return
        for report_id in report_ids:
            self._waiting.pop(report_id, None)
            self._waiting[report_id] = None
            self._checked.discard(report_id)
        self._plan()

    def check_backlog(self, report_ids: Iterable[int]) -> None:
        """Have reports checked that nobody waits for, a few now and then while nothing else is to be checked."""
        if not self._store.read_only:
            self._backlog.update(dict.fromkeys(report_ids))
            self._plan()

    def hold(self) -> None:
        """Write nothing for a while: what runs comes to its end first, what is asked for meanwhile waits."""
        self.finish()
        self._held = True

    def go_on(self) -> None:
        """Check again, what has been asked for meanwhile too."""
        self._held = False
        self._plan()

    def _plan(self) -> None:
        if self._job is not None or self._held:
            return
        if self._waiting:
            self._start.start(min(BEGIN_MS, self._start.remainingTime()) if self._start.isActive() else BEGIN_MS)
        elif self._backlog and not self._start.isActive():
            self._start.start(BACKLOG_MS)

    def finish(self) -> None:
        """Before the store is closed: check the few that wait, leave many to the next opening, and return when done."""
        self._backlog.clear()
        if len(self._waiting) > AT_ONCE:
            self._waiting.clear()
        self._start.stop()
        if self._job is None:
            self._begin()
        finish_all()
        self._mark_all()

    def _begin(self) -> None:
        batch = [self._waiting.popitem()[0] for _ in range(min(AT_ONCE, len(self._waiting)))]
        batch = batch or list(itertools.islice(self._backlog, FEW))
        if not batch:
            return
        for report_id in batch:
            self._backlog.pop(report_id, None)
        self._job = asking(self._store.path, lambda store, progress: workflow.judge_reports(store, batch, progress))
        self._job.produced.connect(self._keep)
        self._job.ended.connect(self._end)
        self._job.start()

    def _keep(self, judged: tuple[int, Any]) -> None:
        report_id, found = judged
        if report_id in self._waiting:
            return
        try:
            if workflow.keep_findings(self._store, report_id, found):
                self._news.add(report_id)
            self._checked.add(report_id)
            self._backlog.pop(report_id, None)
            if not self._mark.isActive():
                self._mark.start()
        except UserError as error:
            self._give_up(error)
        if self._news and not self._tell.isActive():
            self._tell.start()

    def _end(self, error: UserError | None) -> None:
        self._job = None
        if error is not None:
            self._give_up(error)
        if self._waiting:
            self._begin()
        else:
            self._tell_all()
            self._plan()

    def _give_up(self, error: UserError) -> None:
        self._waiting.clear()
        self._backlog.clear()
        if self._job is not None:
            self._job.cancel()
        self.failed.emit(error)

    def _tell_all(self) -> None:
        self._tell.stop()
        news, self._news = frozenset(self._news), set()
        if news:
            self.changed.emit(news)

    def _mark_all(self) -> None:
        self._mark.stop()
        checked, self._checked = self._checked, set()
        if checked:
            try:
                self._store.mark_checked(checked)
            except UserError as error:
                self.failed.emit(error)
