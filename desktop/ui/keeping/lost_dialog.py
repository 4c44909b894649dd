"""Decisions that lost their place when a text was read anew: each is placed again or dropped, beside the desk."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QListWidgetItem, QPushButton, QVBoxLayout

from db import queries
from db.rows import LostRow
from desktop import workflow
from desktop.errors import UserError
from desktop.text import say, say_error
from desktop.ui.displays import enlarge
from desktop.ui.pages import Pages
from desktop.ui.sentence_list import SentenceList
from desktop.ui.session import Session
from desktop.ui.wording import STATE_NAMES, local_time, number, printed, report_name


class LostDialog(QDialog):
    """Not modal: a place is selected at the desk. `said` (sentence, is it a refusal) tells what came of a decision."""

    said = Signal(str, bool)

    def __init__(self, session: Session, pages: Pages) -> None:
        super().__init__(pages.window())
        self.setObjectName("lost_dialog")
        self.setWindowTitle(say("act_lost").rstrip("…"))
        self._session, self._pages = session, pages
        self._rows: list[LostRow] = []
        self.about = QLabel()
        self.about.setWordWrap(True)
        self.list = SentenceList()
        self.list.setObjectName("lost_list")
        self.list.setSpacing(3)
        self.list.setAccessibleName(self.windowTitle())
        self.place, self.drop, close = (QPushButton(say(name)) for name in ("lost_place", "lost_drop", "close"))
        self.place.setToolTip(say("lost_place_tip"))
        self.drop.setToolTip(say("lost_drop_tip"))
        for button in (self.place, self.drop, close):
            button.setAutoDefault(False)
        line = QHBoxLayout()
        line.addWidget(self.place)
        line.addWidget(self.drop)
        line.addStretch(1)
        line.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.about)
        layout.addWidget(self.list)
        layout.addLayout(line)
        enlarge(self, 560, 380)
        self.list.currentRowChanged.connect(self._show)
        self.place.clicked.connect(self._place)
        self.drop.clicked.connect(self._drop)
        close.clicked.connect(self.reject)
        session.touched.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read the list again, staying where one was."""
        at = self.list.currentRow()
        self._rows = queries.lost(self._session.store)
        self.list.blockSignals(True)
        self.list.clear()
        for row in self._rows:
            self.list.addItem(QListWidgetItem(self._told(row)))
        self.list.setCurrentRow(min(max(at, 0), len(self._rows) - 1))
        self.list.blockSignals(False)
        self.about.setText(say("lost_about", n=len(self._rows)) if self._rows else say("lost_none"))
        for button in (self.place, self.drop):
            button.setEnabled(bool(self._rows))

    def _told(self, row: LostRow) -> str:
        value = row.value
        report = report_name(queries.report(self._session.store, row.report_id))
        decided = (
            f"{number(value['value'])} {value['unit']} · {self._session.indicator_name(value['indicator'])}"
            f" · {say(STATE_NAMES[value['state']])}"
        )
        quoted = f"…{printed(row.before)}【{printed(row.quote)}】{printed(row.after)}…"
        return f"{report}\n{quoted}\n{decided} · {row.reviewer} · {local_time(row.decided_at)}"

    def _current(self) -> LostRow | None:
        at = self.list.currentRow()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def _show(self) -> None:
        row = self._current()
        if row is not None:
            self._pages.open_report(row.report_id)

    def _place(self) -> None:
        row, desk = self._current(), self._pages.desk
        span = desk.text.selected()
        if row is None:
            return
        if desk.opened is None or desk.opened.report.id != row.report_id or span is None:
            self._pages.open_report(row.report_id)
            self.said.emit(say("lost_select_first"), True)
            return
        self._decide(workflow.place_again, row, *span)

    def _drop(self) -> None:
        row = self._current()
        if row is not None:
            self._decide(workflow.drop_lost, row)

    def _decide(self, verb: object, row: LostRow, *span: int) -> None:
        try:
            self._session.decide(verb, row.report_id, row.anchor, *span)  # type: ignore[arg-type]  # a verb
        except UserError as error:
            self.said.emit(say_error(error), True)
