"""Reports: the matrix of districts and years, the reports of the chosen cell, their facts, what failed to import."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from db import queries
from db.rows import ReportRow
from desktop import workflow
from desktop.errors import UserError
from desktop.text import say, say_error
from desktop.ui import memory
from desktop.ui.desk.header import action_button
from desktop.ui.reports.facts_form import FactsForm
from desktop.ui.reports.legend import Legend
from desktop.ui.reports.matrix_delegate import MatrixDelegate
from desktop.ui.reports.matrix_model import MatrixModel
from desktop.ui.reports.outcome_panel import OutcomePanel
from desktop.ui.reports.report_model import Column, ReportModel
from desktop.ui.reports.welcome import Welcome
from desktop.ui.session import Session
from desktop.ui.wording import REPORT_STATE_NAMES


class ReportsPage(QWidget):
    """`report_wanted` asks for a report at the desk; `said` (sentence, is it a refusal) tells what came of an act."""

    report_wanted = Signal(int)
    said = Signal(str, bool)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("reports")
        self._session = session
        self._all: list[ReportRow] = []
        self.welcome = Welcome()
        self.filter = QLineEdit()
        self.filter.setObjectName("filter")
        self.filter.setClearButtonEnabled(True)
        self.matrix_model = MatrixModel(self)
        self.matrix = QTableView()
        self.matrix.setModel(self.matrix_model)
        self.matrix.setObjectName("matrix")
        self.matrix.setItemDelegate(MatrixDelegate(self.matrix))
        self.list_model = ReportModel(self)
        self.list = QTableView()
        self.list.setModel(self.list_model)
        self.list.setObjectName("report_list")
        self.facts = FactsForm(session)
        self.legend = Legend()
        self.outcome = OutcomePanel()
        self._lay_out()
        self.filter.textChanged.connect(lambda: self.refresh())
        self.matrix.selectionModel().currentChanged.connect(self._show_cell)
        self.matrix.doubleClicked.connect(lambda: self.open_report())
        self.list.selectionModel().currentRowChanged.connect(self._show_report)
        self.list.doubleClicked.connect(lambda: self.open_report())
        self.retranslate()
        self.refresh()

    def _lay_out(self) -> None:
        for table in (self.matrix, self.list):
            table.setShowGrid(table is self.matrix)
            table.setTabKeyNavigation(False)
            table.setCornerButtonEnabled(False)
            table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
            table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
            table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 11)
            table.horizontalHeader().setHighlightSections(False)
        digit = self.fontMetrics().horizontalAdvance("0")
        self.matrix.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.matrix.verticalHeader().setHighlightSections(False)
        self.matrix.verticalHeader().setMinimumWidth(16 * digit)
        self.filter.setContentsMargins(6, 5, 6, 5)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.verticalHeader().hide()
        columns = self.list.horizontalHeader()
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        widths = {Column.COUNTS: 6, Column.REPORT: 20, Column.STATE: 14, Column.DECIDED: 9, Column.FINDINGS: 7}
        for column, digits in widths.items():
            self.list.setColumnWidth(column, digits * digit)
        columns.setStretchLastSection(True)
        self._buttons = QFrame()
        self._buttons.setProperty("part", "bar")
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(6, 2, 6, 2)
        scroll = QScrollArea()
        scroll.setWidget(self.facts)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        aside = _column(self._buttons, scroll)
        self.right = _splitter(Qt.Orientation.Vertical, [self.list, aside], [220, 500])
        left = _column(self.filter, self.matrix, self.legend)
        self.across = _splitter(Qt.Orientation.Horizontal, [left, self.right], [800, 560])
        full = _column(self.across, self.outcome, stretch=self.across)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(_column(self.welcome))
        self._stack.addWidget(full)

    def take_actions(self, actions: list[QAction]) -> None:
        """Put buttons for what can be done with a report above its facts."""
        layout = self._buttons.layout()
        assert isinstance(layout, QHBoxLayout)
        for action in actions:
            layout.addWidget(action_button(action, text=True))
        layout.addStretch(1)

    def refresh(self) -> None:
        """Read the reports again; what is chosen stays chosen."""
        chosen = self.current()
        self._all = queries.reports(self._session.store, withdrawn=True)
        wanted = self.filter.text().strip()
        standing = [report for report in self._all if not report.withdrawn and _fits(report, wanted)]
        self.matrix_model.show(standing)
        self.legend.count(self.matrix_model.counts())
        empty = not self._all and self.outcome.isHidden()
        self._stack.setCurrentIndex(0 if empty else 1)
        self._show_cell(self.matrix.currentIndex())
        if chosen is not None:
            self.show_report(chosen.id)

    def show_report(self, report_id: int) -> None:
        """Choose a report, in the matrix and in the list."""
        index = self.matrix_model.index_of(report_id)
        if index.isValid() and index != self.matrix.currentIndex():
            self.matrix.setCurrentIndex(index)
        for row, report in enumerate(self.list_model.reports):
            if report.id == report_id:
                self.list.setCurrentIndex(self.list_model.index(row, Column.REPORT))
                self._show_report()
                return

    def current(self) -> ReportRow | None:
        """Return the report chosen in the list."""
        index = self.list.currentIndex()
        return self.list_model.reports[index.row()] if index.isValid() else None

    def open_report(self) -> None:
        """Ask for the chosen report at the desk."""
        report = self.current()
        if report is not None and not report.withdrawn:
            self.report_wanted.emit(report.id)

    def choose(self) -> None:
        """Let the chosen file count for its district and year."""
        self._decide(workflow.choose, "report_chosen")

    def withdraw(self) -> None:
        """Withdraw the chosen report, or bring it back."""
        report = self.current()
        if report is not None and report.withdrawn:
            self._decide(workflow.bring_back, "report_brought_back")
        else:
            self._decide(workflow.withdraw, "report_was_withdrawn")

    def retranslate(self) -> None:
        """Say everything in the language and colours of the moment."""
        self.filter.setPlaceholderText(say("filter_districts"))
        self.filter.setAccessibleName(say("filter_districts"))
        self.matrix.setAccessibleName(say("matrix"))
        self.list.setAccessibleName(say("list_of_reports"))
        for part in (self.welcome, self.legend, self.facts, self.outcome, self.list_model):
            part.retranslate()
        widest = max(self.fontMetrics().horizontalAdvance(say(name)) for name in REPORT_STATE_NAMES.values())
        digit = self.fontMetrics().horizontalAdvance("0")
        self.matrix.horizontalHeader().setDefaultSectionSize(widest + 14 * digit)
        current = self.matrix.currentIndex()
        row, column = current.row(), current.column()
        self.matrix_model.retranslate()
        if row >= 0:
            self.matrix.setCurrentIndex(self.matrix_model.index(row, column))

    def parts(self) -> memory.Parts:
        """Return what keeps its shape between starts."""
        columns = self.list.horizontalHeader()
        return {"reports_across": self.across, "reports_right": self.right, "reports_list": columns}

    def _decide(self, verb: Callable[..., object], done: str) -> None:
        report = self.current()
        if report is None:
            return
        try:
            self._session.decide(verb, report.id)
        except UserError as error:
            self.said.emit(say_error(error), True)
            return
        self.said.emit(say(done, name=report.source_name), False)

    def _show_cell(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        """List the reports of a cell, withdrawn ones included; all reports where no cell is chosen."""
        reports = self._all
        if index.isValid():
            row, year = self.matrix_model.rows[index.row()], self.matrix_model.years[index.column()]
            key = (row.adcode, None if row.adcode else row.name, year)
            reports = [r for r in self._all if (r.adcode, None if r.adcode else r.district, r.year) == key]
        self.list_model.show(reports)
        if reports and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.list_model.index(0, Column.REPORT))
        self._show_report()

    def _show_report(self) -> None:
        self.facts.show_report(self.current())


def _fits(report: ReportRow, wanted: str) -> bool:
    named = (report.district, report.city, report.province, report.adcode)
    return not wanted or any(wanted in name for name in named if name)


def _column(*widgets: QWidget, stretch: QWidget | None = None) -> QWidget:
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for widget in widgets:
        layout.addWidget(widget, 1 if widget is stretch else 0)
    return made


def _splitter(orientation: Qt.Orientation, widgets: list[QWidget], sizes: list[int]) -> QSplitter:
    made = QSplitter(orientation)
    for widget in widgets:
        made.addWidget(widget)
    made.setSizes(sizes)
    made.setChildrenCollapsible(False)
    made.setHandleWidth(5)
    return made
