"""Adjudication: what several people decided differently on the left, the one to be decided now beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from db import queries
from db.rows import Dispute
from db.store import Store
from desktop import workflow
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.text import say, say_error
from desktop.ui import memory
from desktop.ui.button_bar import ButtonBar
from desktop.ui.latest import Latest
from desktop.ui.merging.dispute_card import DisputeCard
from desktop.ui.merging.dispute_model import Column, DisputeModel
from desktop.ui.page import Page
from desktop.ui.reports.shapes import column, shape_rows, splitter
from desktop.ui.session import Session

WIDTHS = {Column.REPORT: 20, Column.REVIEWERS: 18}


class DisputePage(Page):
    """`place_wanted` (report, figure or None) asks for the desk; `said` (sentence, is it a refusal) tells."""

    place_wanted = Signal(int, object)

    def __init__(self, session: Session) -> None:
        super().__init__(session, "disputes")
        self._deciding = False
        self.asking = Latest(session.store, self)
        self.model = DisputeModel(session, self)
        self.table = QTableView()
        self.card = DisputeCard(session)
        self.bar = ButtonBar()
        self._told, self._empty = QLabel(), QLabel()
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.table.doubleClicked.connect(lambda: self.open_dispute())
        self.card.taken.connect(self.take)
        self.asking.came.connect(self._show)
        self.asking.ended.connect(self._end)
        session.touched.connect(self.outdate)
        session.reports_changed.connect(self.outdate)
        self.retranslate()

    def _lay_out(self) -> None:
        self.table.setModel(self.model)
        self.table.setObjectName("dispute_list")
        shape_rows(self.table, WIDTHS)
        self.table.horizontalHeader().setSectionResizeMode(Column.ABOUT, QHeaderView.ResizeMode.Stretch)
        self._told.setObjectName("dispute_told")
        self._head = QFrame()
        self._head.setProperty("part", "bar")
        line = QHBoxLayout(self._head)
        line.setContentsMargins(10, 5, 10, 5)
        line.addWidget(self._told, 1)
        self._empty.setProperty("part", "muted")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(40)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self.card)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._left = column(self._head, self.table, stretch=self.table)
        right = QWidget()
        column_right = QVBoxLayout(right)
        column_right.setContentsMargins(0, 0, 0, 0)
        column_right.setSpacing(0)
        column_right.addWidget(self.bar)
        for widget in (self._scroll, self._empty):
            column_right.addWidget(widget, 1)
        self.across = splitter(Qt.Orientation.Horizontal, [self._left, right], [520, 840])
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.across)

    def take_actions(self, actions: list[QAction]) -> None:
        """Put buttons for what can be done with a dispute above it."""
        self.bar.take_actions(actions)
        self._head.setMinimumHeight(self.bar.sizeHint().height())  # so that what is under both begins at one line

    def _read_again(self) -> None:
        """Read the disputes anew where they may be others."""

        def ask(store: Store, _progress: Progress) -> Iterator[Any]:
            yield queries.disputes(store)

        self.asking.ask(ask)
        self._tell()

    def outdate(self) -> None:
        """Let the page read the disputes again, but for what it decides itself."""
        if not self._deciding:
            super().outdate()

    def _show(self, disputes: list[Dispute]) -> None:
        before, row = self.card.dispute, self.table.currentIndex().row()
        self.model.show(disputes)
        if before is not None:
            same = (
                d for d in disputes if (d.report_id, d.kind, d.anchor) == (before.report_id, before.kind, before.anchor)
            )
            row = disputes.index(found) if (found := next(same, None)) is not None else row
        self._go_to(row)

    def _go_to(self, row: int) -> None:
        """Make a row the current one, the last where there are fewer."""
        if self.model.rows:
            self.table.setCurrentIndex(self.model.index(min(max(row, 0), len(self.model.rows) - 1), Column.REPORT))
        self._choose()

    def _end(self, error: UserError | None) -> None:
        self._tell_error(error)
        self._tell()

    def _choose(self) -> None:
        dispute = self.model.at(self.table.currentIndex())
        if dispute != self.card.dispute:
            self.card.show_dispute(dispute)
        self._tell()

    def _tell(self) -> None:
        many = len(self.model.rows)
        for part in (self._scroll, self.bar):
            part.setVisible(bool(many))
        self._left.setVisible(bool(many) or self.asking.busy)
        self._empty.setVisible(not many)
        self._empty.setText(say("disputes_reading" if self.asking.busy else "disputes_none"))
        self._told.setText(say("disputes_n", n=many) if many else "")

    def focus(self) -> None:
        """Put the focus where the work is."""
        self.table.setFocus()

    def first_side(self) -> None:
        """Choose the first side."""
        self.card.choose(0)

    def second_side(self) -> None:
        """Choose the second side."""
        self.card.choose(1)

    def side_before(self) -> None:
        """Choose the side on the left."""
        self.card.step(-1)

    def side_behind(self) -> None:
        """Choose the side on the right."""
        self.card.step(1)

    def type_own(self) -> None:
        """Begin a value of one's own."""
        if self.card.own.isVisible():
            self.card.own.setFocus()

    def type_why(self) -> None:
        """Begin to say why."""
        if self.card.dispute is not None:
            self.card.why.setFocus()

    def open_dispute(self) -> None:
        """Ask for the dispute's report at the desk, at its figure."""
        dispute = self.card.dispute
        if dispute is not None and dispute.report_id:
            figures = queries.figures(self._session.store, dispute.report_id)
            anchors = {side.anchor for side in dispute.sides if side.kind == "figure"} | {dispute.anchor}
            found = (figure.id for figure in figures if figure.anchor in anchors)
            self.place_wanted.emit(dispute.report_id, next(found, None))

    def take(self) -> None:
        """Take the chosen side, or what was typed instead, and go on to the next dispute."""
        dispute, side = self.card.dispute, self.card.side()
        if dispute is None or side is None:
            return
        own, why = self.card.own.text().strip(), self.card.why.text().strip()
        self._deciding = True
        try:
            if own:
                self._session.decide(workflow.decide_otherwise, dispute, own, why)
            else:
                self._session.decide(workflow.adjudicate, dispute, side, why)
        except UserError as error:
            self.card.refuse(say_error(error))
            return
        finally:
            self._deciding = False
        self._drop(dispute)
        self.said.emit(say("dispute_decided", n=len(self.model.rows)), False)
        self.table.setFocus()

    def _drop(self, decided: Dispute) -> None:
        """Let the decided dispute go, with those of its report that were settled by the same decision."""
        row = self.table.currentIndex().row()
        left = {_target(one) for one in queries.disputes(self._session.store, decided.report_id)}
        others = (one for one in self.model.rows if one is not decided)
        self.model.show([one for one in others if one.report_id != decided.report_id or _target(one) in left])
        self._go_to(row)
        if decided.kind not in ("figure", "cell", "finding"):  # what a report is bears on others
            self.outdate()

    def retranslate(self) -> None:
        """Say and draw everything in the language and colours of the moment."""
        self.table.setAccessibleName(say("act_page_disputes"))
        self.model.retranslate()
        self.bar.retranslate()
        self.card.retranslate()
        self._tell()

    def parts(self) -> memory.Parts:
        """Return what keeps its shape between starts."""
        return {"disputes_across": self.across, "dispute_list": self.table.horizontalHeader()}


def _target(dispute: Dispute) -> tuple[int, str, str]:
    return dispute.report_id, dispute.kind, dispute.anchor
