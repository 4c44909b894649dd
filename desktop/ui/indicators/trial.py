"""What an indicator would take, tried while it is written: figures and their sentences, found by a job."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from db import queries
from db.store import Store
from desktop import workflow
from desktop.indicators import Catalogue
from desktop.progress import Progress
from desktop.text import say
from desktop.ui.jobs import Job, asking
from desktop.ui.session import Session
from desktop.ui.wording import printed, report_name

WAIT_MS = 350
SHOWN = 200  # figures listed; the rest is counted
COLUMNS = ("own_column_printed", "own_column_sentence", "own_column_before", "own_column_report")


class Trial(QWidget):
    """`done` follows each trial that came to its end; the last one asked for is the one shown."""

    done = Signal()

    def __init__(self, session: Session, report_id: int | None) -> None:
        super().__init__()
        self._session = session
        self._asked: tuple[Catalogue, str] | None = None
        self._due = False
        self._job: Job | None = None
        self._takes: list[tuple[str, workflow.Taken]] = []
        self.taken = self.others = self.reports = 0
        self.scope = self._scopes(report_id)
        self.told = QLabel()
        self.told.setObjectName("own_told")
        self.told.setWordWrap(True)
        self.table = _table()
        caption = QLabel(say("own_try"))
        caption.setProperty("part", "heading")
        caption.setBuddy(self.scope)
        top = QHBoxLayout()
        top.addWidget(caption)
        top.addWidget(self.scope)
        top.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(9, 0, 9, 0)
        layout.addLayout(top)
        layout.addWidget(self.told)
        layout.addWidget(self.table, 1)
        self._wait = QTimer(self)
        self._wait.setInterval(WAIT_MS)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._begin)
        self.scope.activated.connect(self._ask_again)

    def _scopes(self, report_id: int | None) -> QComboBox:
        made = QComboBox()
        made.setObjectName("own_scope")
        made.setAccessibleName(say("own_try"))
        every = [report.id for report in queries.reports(self._session.store)]
        if report_id is not None:
            name = report_name(queries.report(self._session.store, report_id))
            made.addItem(say("own_try_here", report=name), [report_id])
        made.addItem(say("own_try_all", n=len(every)), every)
        return made

    def ask(self, known: Catalogue, indicator: str) -> None:
        """Try an indicator of a catalogue soon, unless another is asked for before."""
        self._asked = (known, indicator)
        self._ask_again()

    def _ask_again(self) -> None:
        if self._asked is not None:
            self._due = True
            self.told.setText(say("own_trying"))
            self._wait.start()

    def refuse(self, sentence: str) -> None:
        """Show no figures, and why none can be looked for yet."""
        self.stop()
        self._takes = []
        self._show(sentence)

    def stop(self) -> None:
        """Give up what runs and what waits."""
        self._asked, self._due = None, False
        self._wait.stop()
        if self._job is not None:
            self._job.cancel()

    def _begin(self) -> None:
        if self._asked is None or not self._due:
            return
        if self._job is not None:
            self._job.cancel()  # its end begins this one
            return
        (known, indicator), ids = self._asked, self.scope.currentData()
        self._due = False
        self._takes, self.taken, self.others, self.reports = [], 0, 0, 0

        def read(store: Store, progress: Progress) -> Iterator[Any]:
            yield from workflow.try_indicator(store, known, indicator, ids, progress)

        self._job = asking(self._session.store.path, read)
        self._job.produced.connect(lambda tried: self._add(tried, indicator))
        self._job.ended.connect(self._end)
        self._job.ended.connect(self._job.deleteLater)
        self._job.start()

    def _add(self, tried: workflow.Tried, indicator: str) -> None:
        self.reports += bool(tried.taken)
        self.taken += len(tried.taken)
        self.others += sum(figure.before not in (None, indicator) for figure in tried.taken)
        if tried.taken and len(self._takes) < SHOWN:
            name = report_name(tried.report)
            self._takes += [(name, figure) for figure in tried.taken[: SHOWN - len(self._takes)]]

    def _end(self) -> None:
        stopped = self._job is not None and self._job.cancelled
        self._job = None
        if self._due:
            self._begin()
        elif not stopped:
            self._show(self._summary())
            self.done.emit()

    def _summary(self) -> str:
        if not self.taken:
            return say("own_takes_nothing")
        told = say("own_takes", n=self.taken, reports=self.reports, others=self.others)
        return f"{told} {say('own_takes_first', n=SHOWN)}" if self.taken > SHOWN else told

    def _show(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.setAccessibleName(sentence)
        self.table.setRowCount(len(self._takes))
        for row, (report, figure) in enumerate(self._takes):
            before = self._session.indicator_name(figure.before)
            for column, words in enumerate((printed(figure.quote), printed(figure.sentence), before, report)):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                self.table.setItem(row, column, item)


def _table() -> QTableWidget:
    made = QTableWidget(0, len(COLUMNS))
    made.setObjectName("own_found")
    made.setAccessibleName(say("own_found"))
    made.setHorizontalHeaderLabels([say(column) for column in COLUMNS])
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setTabKeyNavigation(False)
    made.setWordWrap(False)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    made.setShowGrid(False)
    made.verticalHeader().hide()
    header = made.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for column, width in ((0, 90), (2, 170), (3, 130)):
        header.resizeSection(column, width)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    return made
